import { sql } from 'kysely'
import { z } from 'zod'
import { conflict } from '#lib/errors'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { limits, periodEnds } from '../clock.ts'
import { type Charge, chargeByPages, chargeByPieces, chargeInWords } from '../fees.ts'
import { fileLetter, letterFields } from '../letters/file-letter.ts'
import { type Once, onRequest } from '../on-request.ts'
import { type Case, listLetters } from '../queries.ts'
import type { Request } from '../request.ts'
import { dayOf, dayOrToday, optionalWords, words } from './act-input.ts'

export const feeInput = z.object({
  basis: z.enum(['pieces', 'pages'], '请选择按件还是按量计收。'),
  pages: z.preprocess(
    value => (value === '' ? undefined : value),
    z.coerce.number('请填写页数。').int('请填写整数。').min(1).max(100_000).optional(),
  ),
  howToPay: words(4, 300, '请写明缴纳方式。'),
  ...letterFields,
})

/** Requests of the same applicant to the same organ in the calendar month, received before this one (R-FEE-11). */
async function receivedBefore(db: Database, request: Request): Promise<number> {
  if (request.receivedOn === null) return 0
  const { rows } = await sql<{ pieces: number }>`
    select coalesce(sum((select count(*) from request_items i where i.request_id = r.id)), 0)::int as pieces
    from requests r
    where r.organ_id = ${request.organId} and r.id <> ${request.id} and r.state <> 'taken-back'
      and date_trunc('month', r.received_on) = date_trunc('month', ${request.receivedOn}::date)
      and (r.received_on, r.number) < (${request.receivedOn}::date, ${request.number})
      and exists (select from request_applicants a join request_applicants own
        on own.id_digest = a.id_digest and own.request_id = ${request.id} and own.role = 'applicant'
        where a.request_id = r.id and a.role = 'applicant' and a.id_digest <> '')`.execute(db)
  return rows[0]?.pieces ?? 0
}

export async function chargeOf(
  db: Database,
  { request, items }: Pick<Case, 'request' | 'items'>,
  { basis, pages }: { basis: 'pieces' | 'pages'; pages?: number | undefined },
): Promise<Charge> {
  return basis === 'pages'
    ? chargeByPages(pages ?? 0)
    : chargeByPieces(await receivedBefore(db, request), items.length)
}

/** The notice states basis, reckoning, amount and how to pay; unpaid in twenty working days means abandoned (R-FEE-06, 07). */
export const notifyFee = (ctx: Context, id: string, input: z.output<typeof feeInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'notify-fee',
    'desk',
    async (db, facts) => {
      const charge = await chargeOf(db, facts, input)
      if (charge.amount === 0)
        throw conflict('requests.nothing-to-charge', '按标准计算在免费范围内，不收费（109号）。')
      const letterId = await fileLetter(db, ctx, facts, 'fee-notice', input)
      const letter = (await listLetters(db, id)).find(one => one.id === letterId)
      const on = letter?.service?.on ?? ctx.clock.today()
      return {
        on,
        letterId,
        changes: {
          feeNotifiedOn: on,
          paymentDue: periodEnds(on, limits.payment.amount, limits.payment.rule, facts.calendar),
        },
        reason: `${chargeInWords(charge)}${input.howToPay}`,
        facts: { basis: charge.basis, quantity: charge.quantity, amount: charge.amount },
      }
    },
    once,
  )

export const paymentInput = z.object({ on: dayOrToday, receipt: optionalWords(100) })

/** The answer is reckoned anew from the day after the payment is complete (R-FEE-08). */
export const recordPayment = (
  ctx: Context,
  id: string,
  input: z.output<typeof paymentInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'record-payment',
    'desk',
    async (_, { request }) => {
      const paidOn = dayOf(input.on, ctx.clock.today(), request.feeNotifiedOn ?? request.arrivedOn, '缴费')
      return { on: paidOn, changes: { paidOn }, facts: input.receipt ? { receipt: input.receipt } : {} }
    },
    once,
  )

export const lapsePayment = (ctx: Context, id: string, once: Once = {}) =>
  onRequest(ctx, id, 'lapse-payment', 'desk', async () => ({}), once)

export const reviveInput = z.object({
  on: dayOrToday,
  reason: words(5, 500, '请写明恢复办理的理由：会留在记录里。'),
})

/** A lapse that was wrong is put right, with its reason: the correction, or the payment, had come in on that day. */
export const revive = (ctx: Context, id: string, input: z.output<typeof reviveInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'revive',
    'desk',
    async (_, { request }) => {
      const isUnpaid = request.state === 'unpaid'
      const since = (isUnpaid ? request.feeNotifiedOn : request.correctionAskedOn) ?? request.arrivedOn
      const on = dayOf(input.on, ctx.clock.today(), since, isUnpaid ? '缴费' : '收到补正')
      return {
        to: 'processing',
        on,
        changes: {
          ...(isUnpaid ? { paidOn: on } : { correctedOn: on }),
          endedOn: null,
          endedAt: null,
          reportRow: null,
        },
        reason: input.reason,
      }
    },
    once,
  )
