import { z } from 'zod'
import { invalid } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { periodEnds } from '../clock.ts'
import { fileLetter, letterFields } from '../letters/file-letter.ts'
import type { LetterKind } from '../letters/letter.ts'
import { type By, type Once, onRequest } from '../on-request.ts'
import { type Case, listLetters } from '../queries.ts'
import { dayOf, dayOrToday, words } from './act-input.ts'

/** The letter that was served to the applicant, and the day of it: from then their period runs. */
async function servedLetter(
  db: Database,
  ctx: Context,
  facts: Case,
  kind: LetterKind,
  typed: Parameters<typeof fileLetter>[4],
): Promise<{ letterId: string; on: string } | null> {
  const letterId = await fileLetter(db, ctx, facts, kind, typed)
  const letter = (await listLetters(db, facts.request.id)).find(one => one.id === letterId)
  return letterId && letter?.service ? { letterId, on: letter.service.on } : null
}

export const correctionInput = z.object({
  missing: words(4, 1000, '请逐项写明要补正什么；补正只能告知一次。'),
  days: z.coerce.number('请填写天数。').int().min(7, '至少7个工作日。').max(30, '最多30个工作日。'),
  ...letterFields,
})

/** Once, within seven working days, everything that is missing, with a reasonable period (R-REQ-12, 16). */
export const askCorrection = (
  ctx: Context,
  id: string,
  input: z.output<typeof correctionInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'ask-correction',
    'desk',
    async (db, facts) => {
      const served = await servedLetter(db, ctx, facts, 'correction-notice', input)
      // Without it the pipeline refuses; the day only has to be one
      const on = served?.on ?? ctx.clock.today()
      if (on < (facts.request.receivedOn ?? on))
        throw invalid('requests.day-before', '补正告知书的送达日期不能早于收到申请之日。')
      return {
        on,
        letterId: served?.letterId ?? null,
        changes: {
          correctionAskedOn: on,
          correctionDue: periodEnds(on, input.days, 'R-REQ-16', facts.calendar),
        },
        reason: input.missing,
        facts: { days: input.days },
      }
    },
    once,
  )

export const repliedInput = z.object({
  words: words(2, 5000, '请写明补充的内容。'),
  on: dayOrToday,
})

/** The corrected request: the answer is reckoned anew from the day it came (R-REQ-13). */
export const receiveCorrection = (
  ctx: Context,
  id: string,
  by: By,
  input: z.output<typeof repliedInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'receive-correction',
    by,
    async (db, { request }) => {
      const correctedOn = dayOf(
        by === 'desk' ? input.on : null,
        ctx.clock.today(),
        request.correctionAskedOn ?? request.arrivedOn,
        '收到补正',
      )
      await keepWords(db, ctx, id, 'correction', input.words)
      return {
        on: correctedOn,
        changes: { correctedOn },
        tell: { to: 'officer', title: '收到补正', sentence: '答复期限从收到补正之日起重新计算。' },
      }
    },
    once,
  )

/** Personal data: what the applicant wrote, apart from the course of the case. */
async function keepWords(
  db: Database,
  ctx: Pick<Context, 'clock'>,
  requestId: string,
  about: string,
  text: string,
): Promise<void> {
  await db
    .insertInto('requestWords')
    .values({ id: uuidv7(), requestId, about, words: text, writtenAt: ctx.clock.now() })
    .execute()
}

/** Nothing came in time: deemed abandoned (R-REQ-14). */
export const lapseCorrection = (ctx: Context, id: string, once: Once = {}) =>
  onRequest(ctx, id, 'lapse-correction', 'desk', async () => ({}), once)

export const reasonsInput = z.object({
  facts: words(4, 1000, '请写明数量、频次明显超过合理范围的事实。'),
  days: z.coerce.number('请填写天数。').int().min(7, '至少7个工作日。').max(30, '最多30个工作日。'),
  ...letterFields,
})

/** Clearly too many or too often: the applicant is asked why (R-REQ-27). */
export const askReasons = (ctx: Context, id: string, input: z.output<typeof reasonsInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'ask-reasons',
    'desk',
    async (db, facts) => {
      const served = await servedLetter(db, ctx, facts, 'reasons-notice', input)
      const on = served?.on ?? ctx.clock.today()
      return {
        on,
        letterId: served?.letterId ?? null,
        changes: { reasonsAskedOn: on, reasonsDue: periodEnds(on, input.days, 'R-REQ-27', facts.calendar) },
        reason: input.facts,
        facts: { days: input.days },
      }
    },
    once,
  )

export const receiveReasons = (
  ctx: Context,
  id: string,
  by: By,
  input: z.output<typeof repliedInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'receive-reasons',
    by,
    async (db, { request }) => {
      const on = dayOf(
        by === 'desk' ? input.on : null,
        ctx.clock.today(),
        request.reasonsAskedOn ?? request.arrivedOn,
        '收到理由',
      )
      await keepWords(db, ctx, id, 'reasons', input.words)
      return { on, tell: { to: 'officer', title: '申请人说明了理由', sentence: '请判断理由是否合理。' } }
    },
    once,
  )

export const withdrawInput = z.object({ words: z.string().trim().max(500, '最多 500 字。').default('') })

/** The applicant does not want it any more (R-REQ-46). */
export const withdraw = (
  ctx: Context,
  id: string,
  by: By,
  input: z.output<typeof withdrawInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'withdraw',
    by,
    async db => {
      if (input.words !== '') await keepWords(db, ctx, id, 'withdrawal', input.words)
      return { tell: { to: 'officer', title: '申请人撤回了申请', sentence: '不用再答复。' } }
    },
    once,
  )
