import { z } from 'zod'
import { invalid } from '#lib/errors'
import { findStaff } from '#modules/people'
import type { Context } from '#platform/context'
import { receiptRules } from '../clock.ts'
import { type By, type Once, onRequest } from '../on-request.ts'
import { codeDigest, codeOfForm } from '../secrets.ts'
import { dayOf, dayOrToday, optionalWords, words } from './act-input.ts'

/** Within ten minutes, as though it had never been sent (S-ACC-06); the number stays taken. */
export const takeBack = (ctx: Context, id: string, by: By, once: Once = {}) =>
  onRequest(ctx, id, 'take-back', by, async () => ({}), once)

export const confirmInput = z.object({
  on: dayOrToday,
  how: words(2, 200, '请写明怎样与申请人确认的，例如“电话确认”。'),
})

/** Both sides confirm: from this day the answer is reckoned (R-REQ-08…10). */
export const confirmReceipt = (
  ctx: Context,
  id: string,
  input: z.output<typeof confirmInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'confirm-receipt',
    'desk',
    async (_, { request }) => {
      const receivedOn = dayOf(input.on, ctx.clock.today(), request.arrivedOn, '确认')
      return {
        on: receivedOn,
        changes: { receivedOn },
        reason: `${input.how}。${receiptRules[request.channel].words}`,
        tell: { to: 'officer', title: '申请已经确认收到，请办理', sentence: '答复期限从确认之日起计算。' },
      }
    },
    once,
  )

export const contactInput = z.object({ how: words(4, 300, '请写明怎样联系、结果如何；不要写姓名、电话。') })

/** The applicant could not be reached: the clock waits until they are (R-REQ-10). */
export const noteContact = (
  ctx: Context,
  id: string,
  input: z.output<typeof contactInput>,
  once: Once = {},
) => onRequest(ctx, id, 'note-contact', 'desk', async () => ({ reason: input.how }), once)

export const assignInput = z.object({ officerId: z.uuid('请选择承办人。') })

export const assign = (ctx: Context, id: string, input: z.output<typeof assignInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'assign',
    'desk',
    async db => {
      const officer = await findStaff(db, input.officerId)
      if (officer?.state !== 'active')
        throw invalid('requests.no-such-officer', '没有这个人，或者账号已经停用。请重新选择。')
      return {
        changes: { officerId: officer.id },
        facts: { officer: officer.name },
        tell: { to: 'officer', title: '一件依申请公开分给您办理', sentence: '请在期限内办理。' },
      }
    },
    once,
  )

export const renewInput = z.object({
  checked: z.literal('yes', '请先核对申请人的身份。'),
  reason: optionalWords(200),
})

/** A lost code: who asks has shown who they are; the old one no longer opens anything. @returns the new one, told this once. */
export async function renewCode(
  ctx: Context,
  id: string,
  input: z.output<typeof renewInput>,
  formKey: string,
): Promise<string> {
  const code = await codeOfForm(formKey)
  await onRequest(
    ctx,
    id,
    'renew-code',
    'desk',
    async () => ({ changes: { codeDigest: await codeDigest(code) }, reason: input.reason }),
    { formKey },
  )
  return code
}
