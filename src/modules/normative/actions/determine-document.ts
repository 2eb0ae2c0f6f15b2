import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import {
  type AnswerWord,
  answerWords,
  determine,
  type Exclusion,
  exclusions,
  type Outcome,
  outcomes,
} from '../definition.ts'
import { mayDecideDefinition, mayPrepare } from '../policy.ts'
import { findDetermination } from '../review-queries.ts'
import { governmentOf, reviewersOf } from '../settings-queries.ts'
import { documentNamed } from './document-named.ts'

const answer = z.enum(Object.keys(answerWords) as [AnswerWord], '请回答：是、不是，或者拿不准。')

export const determineInput = z.object({
  publicationId: z.uuid(),
  /** How many revisions its writer had seen; 0: none. */
  seen: z.coerce.number().int().min(0).default(0),
  maker: answer,
  rights: answer,
  general: answer,
  repeated: answer,
  exclusion: z.enum(Object.keys(exclusions) as [Exclusion], '请选择。'),
  market: z.enum(['yes', 'no'], '请回答是否涉及经营者的经济活动。'),
})

/** Answers the questions of R-NOR-01 and R-NOR-02 about a draft. @returns what they amount to. */
export async function determineDocument(
  ctx: Context,
  input: z.output<typeof determineInput>,
): Promise<Outcome> {
  const { publicationId, seen, market, exclusion, ...said } = input
  const answers = { ...said, exclusion, market }
  const found = determine(answers)
  await record(ctx, publicationId, seen, { answers, ...found, decided: false })
  return found.outcome
}

export const decideDefinitionInput = z.object({
  publicationId: z.uuid(),
  seen: z.coerce.number().int().min(1),
  outcome: z.enum(['normative', 'not-normative'], '请选择是或者不是。'),
  reason: z.string().trim().min(4, '请写明理由（至少 4 个字）。').max(500, '理由最多 500 字。'),
})

/** The legality officer decides what the answers leave open, or decides otherwise than they say. */
export async function decideDefinition(
  ctx: Context,
  input: z.output<typeof decideDefinitionInput>,
): Promise<void> {
  const before = await findDetermination(ctx.db, input.publicationId)
  if (!before) throw conflict('normative.not-determined', '还没有填写认定的问题，请先填写。')
  await record(ctx, input.publicationId, input.seen, {
    answers: before.answers,
    outcome: input.outcome,
    rules: before.rules,
    reason: input.reason,
    decided: true,
  })
}

async function record(
  ctx: Context,
  publicationId: string,
  seen: number,
  row: { answers: object; outcome: Outcome; rules: string[]; reason: string; decided: boolean },
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const document = await documentNamed({ ...ctx, db }, { id: publicationId })
    if (row.decided) {
      const { legality } = await reviewersOf(db, await governmentOf(db, document.organId))
      const deciders = [document.organId, ...(legality ? [legality] : [])]
      permit(
        mayDecideDefinition(ctx.actor, deciders),
        'normative.may-not-decide',
        '由合法性审核员决定是不是规范性文件。',
      )
    } else permit(mayPrepare(ctx.actor, document.organId), 'normative.may-not-prepare')
    const done = await db
      .insertInto('normativeDeterminations')
      .values({
        publicationId,
        revision: seen + 1,
        ...row,
        answers: JSON.stringify(row.answers),
        recordedBy: actorName(ctx.actor),
        recordedById: actorId(ctx.actor),
        recordedAt: ctx.clock.now(),
      })
      .onConflict(on => on.columns(['publicationId', 'revision']).doNothing())
      .returning('revision')
      .executeTakeFirst()
    const latest = await findDetermination(db, publicationId)
    if (!done || latest?.revision !== seen + 1)
      throw conflict('normative.determined-meanwhile', '您打开之后同事已经认定过。请看过再改。')
    await recordAct(db, ctx, {
      act: 'normative.determined',
      sentence: `认定《${document.title}》：${outcomes[row.outcome]}（${row.reason}）`,
      object: { kind: 'publication', id: publicationId, label: document.title },
    })
  })
}
