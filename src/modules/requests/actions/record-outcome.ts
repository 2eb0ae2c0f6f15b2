import { z } from 'zod'
import { conflict, invalid } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Once, onRequest } from '../on-request.ts'
import { procedureNames } from '../request.ts'
import { id as choice, day, dayOf, dayOrToday, optionalWords, words } from './act-input.ts'

export const outcomeInput = z.object({
  procedure: z.enum(procedureNames, '请选择是复议还是诉讼。'),
  body: words(4, 100, '请填写复议机关或者法院。'),
  caseNumber: optionalWords(60),
  filedOn: day,
})

/** 行政复议、行政诉讼: section four of the annual report counts each case. */
export const recordOutcome = (
  ctx: Context,
  id: string,
  input: z.output<typeof outcomeInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'record-outcome',
    'desk',
    async (db, { request }) => {
      dayOf(input.filedOn, ctx.clock.today(), request.arrivedOn, '受理')
      await db
        .insertInto('requestOutcomes')
        .values({
          ...input,
          id: uuidv7(),
          requestId: id,
          recordedBy: actorName(ctx.actor),
          recordedAt: ctx.clock.now(),
        })
        .execute()
      return { on: input.filedOn, facts: { procedure: input.procedure } }
    },
    once,
  )

export const outcomeResultInput = z.object({
  outcomeId: choice,
  result: z.enum(['upheld', 'corrected', 'other'], '请选择结果。'),
  decidedOn: dayOrToday,
  note: optionalWords(500),
})

export const endOutcome = (
  ctx: Context,
  id: string,
  input: z.output<typeof outcomeResultInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'end-outcome',
    'desk',
    async (db, { outcomes }) => {
      const outcome = outcomes.find(one => one.id === input.outcomeId)
      if (!outcome) throw invalid('requests.unknown-outcome', '没有这件复议或者诉讼。请刷新页面后再选。')
      if (outcome.result !== 'pending') throw conflict('requests.outcome-ended', '这一件已经登记过结果。')
      const decidedOn = dayOf(input.decidedOn, ctx.clock.today(), outcome.filedOn, '审结')
      await db
        .updateTable('requestOutcomes')
        .set({ result: input.result, decidedOn, note: input.note })
        .where('id', '=', outcome.id)
        .execute()
      return { on: decidedOn, facts: { procedure: outcome.procedure, result: input.result } }
    },
    once,
  )
