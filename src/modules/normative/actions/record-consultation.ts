import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayPrepare } from '../policy.ts'
import { findConsultation } from '../review-queries.ts'
import { documentNamed } from './document-named.ts'

const day = (label: string) =>
  z
    .preprocess(blankAsNull, z.string().refine(isPlainDate, `${label}不是存在的日期。`).nullable())
    .default(null)
const count = z
  .preprocess(blankAsNull, z.coerce.number().int().min(0).max(1_000_000).nullable())
  .default(null)

export const consultationInput = z
  .object({
    publicationId: z.uuid(),
    seen: z.coerce.number().int().min(0).default(0),
    market: z.preprocess(value => value === true || value === 'yes', z.boolean()),
    fromOn: day('开始日期'),
    untilOn: day('截止日期'),
    place: z.string().trim().max(300, '最多 300 字。').default(''),
    received: count,
    adopted: count,
    feedback: z.string().trim().max(3000, '最多 3000 字。').default(''),
    feedbackOn: day('反馈日期'),
    exemptReason: z
      .preprocess(blankAsNull, z.string().trim().min(4, '请写明理由（至少 4 个字）。').max(300).nullable())
      .default(null),
  })
  .superRefine((said, check) => {
    const issue = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message })
    if (said.exemptReason !== null) {
      if (said.fromOn || said.untilOn) issue('exemptReason', '写了征求意见的日期，就不填不征求意见的理由。')
      return
    }
    if (!said.fromOn) issue('fromOn', '请填写开始日期；没有征求意见的，写明理由。')
    if (!said.untilOn) issue('untilOn', '请填写截止日期。')
    if (said.fromOn && said.untilOn && said.untilOn < said.fromOn) issue('untilOn', '截止日期早于开始日期。')
    if (said.adopted !== null && (said.received === null || said.adopted > said.received))
      issue('adopted', '采纳的意见比收到的多，请核对。')
  })

/** Records how the public was asked and what became of it, or why it was not (R-NOR-05); put right by a further revision. */
export async function recordConsultation(
  ctx: Context,
  input: z.output<typeof consultationInput>,
): Promise<void> {
  const { publicationId, seen, ...said } = input
  await inTransaction(ctx.db, async db => {
    const document = await documentNamed({ ...ctx, db }, { id: publicationId })
    permit(mayPrepare(ctx.actor, document.organId), 'normative.may-not-prepare')
    const done = await db
      .insertInto('normativeConsultations')
      .values({
        publicationId,
        revision: seen + 1,
        ...said,
        recordedBy: actorName(ctx.actor),
        recordedById: actorId(ctx.actor),
        recordedAt: ctx.clock.now(),
      })
      .onConflict(on => on.columns(['publicationId', 'revision']).doNothing())
      .returning('revision')
      .executeTakeFirst()
    if (!done || (await findConsultation(db, publicationId))?.revision !== seen + 1)
      throw conflict('normative.recorded-meanwhile', '您打开之后同事登记过。请看过再改。')
    await recordAct(db, ctx, {
      act: 'normative.consultation-recorded',
      sentence: said.exemptReason
        ? `登记《${document.title}》不公开征求意见：${said.exemptReason}`
        : `登记《${document.title}》征求意见 ${said.fromOn} 至 ${said.untilOn}`,
      object: { kind: 'publication', id: publicationId, label: document.title },
    })
  })
}
