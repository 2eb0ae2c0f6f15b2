import { z } from 'zod'
import { fromBeijing } from '#lib/beijing-time'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { pastRefused } from '../backdating.ts'
import { findDraft, lockPublication } from '../draft-queries.ts'
import { filing } from '../filing.ts'
import { mayReview } from '../policy.ts'
import { procedureOf } from '../procedure.ts'
import { insertReviewStep } from '../review-steps.ts'
import { filedUnder } from './draft-input.ts'
import { publish } from './publish.ts'
import { noteFindings } from './submit-draft.ts'

/** The recorded review before publication (R-EXC-09, R-EXC-10): opinion, openness attribute, and when. */
export const reviewInput = z
  .object({
    publicationId: z.uuid(),
    revision: z.coerce.number().int().min(1),
    decision: z.enum(['publish', 'return'], '请选择“通过并发布”或者“退回修改”。'),
    /** The reviewer says that he read it for secrets, of whatever kind (R-EXC-10). */
    secrecyChecked: z.preprocess(value => value === true || value === 'yes', z.boolean()),
    openness: z.enum(['proactive', 'on-request', 'withheld'], '请确认公开属性。').default('proactive'),
    /** What the reviewer chose to publish it under; left out, what the drafter chose. */
    filedUnder,
    opinion: z.string().trim().min(2, '请写明审查意见：它会留在记录里。').max(1000, '审查意见最多 1000 字。'),
    publishAt: z
      .string()
      .trim()
      .default('')
      .transform((text, check) => {
        if (text === '') return undefined
        const at = fromBeijing(text)
        if (!at)
          check.addIssue({ code: 'custom', message: '定时发布的时间不存在，请写成 2026-11-23 09:00。' })
        return at ?? undefined
      }),
  })
  .superRefine((review, check) => {
    if (review.decision === 'publish' && !review.secrecyChecked)
      check.addIssue({
        code: 'custom',
        path: ['secrecyChecked'],
        message: '发布之前请先做保密审查，并在这里勾选。拿不准的，请退回并报主管部门或者保密部门确定。',
      })
  })
export type ReviewInput = z.output<typeof reviewInput>

/** Publishes what was reviewed, at once or by schedule, or returns it to the drafter with the reason. */
export async function reviewDraft(
  ctx: Context,
  input: ReviewInput,
): Promise<'published' | 'scheduled' | 'returned'> {
  if (input.decision === 'publish') await noteFindings(ctx, input.publicationId)
  return inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, input.publicationId)
    const draft = publication && (await findDraft(db, input.publicationId))
    if (!publication || !draft)
      throw notFound('publications.no-draft', '没有待审查的稿子：也许同事刚刚已经办了。')
    permit(
      mayReview(ctx.actor, { organId: publication.organId, editedById: draft.editedById }),
      'publications.may-not-review',
      '发布前审查由保密审查员或政务公开办办理，并且不能是最后修改稿子的人。',
    )
    if (!draft.submittedAt)
      throw conflict('publications.not-submitted', '稿子还没有送审，或者已经被取回修改。')
    if (input.decision === 'return') {
      await db.updateTable('editions').set({ submittedAt: null }).where('id', '=', draft.id).execute()
      await insertReviewStep(db, ctx, draft, 'returned', input.opinion)
      await recordAct(db, ctx, {
        act: 'publications.returned',
        sentence: `退回《${draft.title}》：${input.opinion}`,
        object: { kind: 'publication', id: publication.id, label: draft.title },
      })
      return 'returned'
    }
    await procedureOf(publication, ctx.clock.now())?.refuseReview(db)
    if (input.openness !== 'proactive')
      throw invalid(
        'publications.not-proactive',
        '公开属性不是“主动公开”的稿子不能发布。请退回，并在意见里写明理由。',
      )
    // A slip of the hand in the date must not publish at once
    if (input.publishAt && input.publishAt <= ctx.clock.now())
      throw await pastRefused(db, ctx, input.publishAt, {
        kind: 'publication',
        id: publication.id,
        label: draft.title,
      })
    if (input.filedUnder) await filing().choose(db, ctx, { publication, edition: draft }, input.filedUnder)
    const { publicAt } = await publish(
      { ...ctx, db },
      { publicationId: publication.id, revision: input.revision, publicAt: input.publishAt },
      { kind: 'review', opinion: input.opinion },
    )
    return publicAt > ctx.clock.now() ? 'scheduled' : 'published'
  })
}
