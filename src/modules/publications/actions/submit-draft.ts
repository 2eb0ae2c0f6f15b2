import { conflict, invalid, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { filesOfEdition } from '#modules/files'
import { guardPersonalData, lookThrough } from '#modules/personal-data'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { findDraft, lockPublication, publicationOf, textOfEdition, wasPublic } from '../draft-queries.ts'
import { whatReviewMisses } from '../edition.ts'
import { kindOf } from '../kind.ts'
import { subjectOf } from '../personal-data-subject.ts'
import { mayDraft, mayReview } from '../policy.ts'
import { procedureOf } from '../procedure.ts'
import { insertReviewStep } from '../review-steps.ts'

/** Hands a whole draft to review. @throws invalid naming everything that still is missing. */
export async function submitDraft(
  ctx: Context,
  input: { publicationId: string; revision: number },
): Promise<void> {
  await noteFindings(ctx, input.publicationId)
  await inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, input.publicationId)
    const draft = publication && (await findDraft(db, input.publicationId))
    if (!publication || !draft) throw notFound('publications.no-draft', '没有可以送审的稿子。')
    permit(mayDraft(ctx.actor, publication.organId), 'publications.may-not-draft')
    if (draft.revision !== input.revision)
      throw conflict('publications.edited-meanwhile', `${draft.editedBy}刚刚改过这份稿子，请先看过再送审。`)
    if (publication.leftHow) throw conflict('publications.left', '这件发布物已经撤下，稿子不能再送审。')
    await procedureOf(publication, ctx.clock.now())?.refuseReview(db)
    // Pressed twice: it waits for review already
    if (draft.submittedAt) return
    const missing = whatReviewMisses(kindOf(publication.kind), textOfEdition(draft), {
      columnIds: draft.columnIds,
      wasPublic: wasPublic(publication, ctx.clock.now()),
      files: await filesOfEdition(db, draft.id),
    })
    const all = Object.values(missing)
    if (all.length > 0) throw invalid('publications.incomplete', `还不能送审：${all.join('')}`)
    await guardPersonalData({ ...ctx, db }, subjectOf(publication, draft, await filesOfEdition(db, draft.id)))
    await db
      .updateTable('editions')
      .set({ submittedAt: ctx.clock.now() })
      .where('id', '=', draft.id)
      .execute()
    await insertReviewStep(db, ctx, draft, 'submitted')
    await recordAct(db, ctx, {
      act: 'publications.submitted',
      sentence: `把《${draft.title}》送去发布前审查`,
      object: { kind: 'publication', id: publication.id, label: draft.title },
    })
  })
}

/**
 * Looks the draft through for personal data before the act: what is found stays on record also when the act is refused for it,
 * and no file is read twice (X5).
 */
export async function noteFindings(ctx: Context, publicationId: string): Promise<void> {
  const draft = await findDraft(ctx.db, publicationId)
  const publication = draft && (await publicationOf(ctx.db, publicationId))
  if (!draft || !publication || !mayDraftOrReview(ctx, publication.organId)) return
  await lookThrough(ctx, subjectOf(publication, draft, await filesOfEdition(ctx.db, draft.id)))
}

const mayDraftOrReview = (ctx: Context, organId: string) =>
  mayDraft(ctx.actor, organId) || mayReview(ctx.actor, { organId, editedById: null })
