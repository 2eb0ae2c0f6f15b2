import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { findDraft, lockPublication, updateDraft } from '../draft-queries.ts'
import { replaceRelations } from '../draft-relations.ts'
import type { RevisionWay } from '../draft-revisions.ts'
import { filing } from '../filing.ts'
import { mayDraft } from '../policy.ts'
import { procedureOf } from '../procedure.ts'
import { insertReviewStep } from '../review-steps.ts'
import { checkColumns, draftInput, draftParts, useFilesOf } from './draft-input.ts'

export const saveDraftInput = draftInput.extend({
  publicationId: z.uuid(),
  /** The revision the editor began from. */
  revision: z.coerce.number().int().min(1),
})
export type SaveDraftInput = z.output<typeof saveDraftInput>

/**
 * Saves the draft. Changing a submitted draft takes it back from review.
 * @throws conflict `publications.edited-meanwhile` when somebody saved after the editor had opened it; the caller shows both
 * texts, nothing is lost.
 */
export async function saveDraft(
  ctx: Context,
  input: SaveDraftInput,
  way: RevisionWay = 'typed',
): Promise<{ revision: number }> {
  const { publicationId, revision, ...draft } = input
  const parts = draftParts(draft)
  return inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, publicationId)
    const before = publication && (await findDraft(db, publicationId))
    if (!publication || !before)
      throw notFound('publications.no-draft', '没有可以修改的稿子：也许同事刚刚已经发布或者放弃了它。')
    permit(mayDraft(ctx.actor, publication.organId), 'publications.may-not-draft')
    if (publication.leftHow) throw conflict('publications.left', '这件发布物已经撤下，稿子不能再改。')
    await procedureOf(publication, ctx.clock.now())?.changing(db, parts.text.title)
    if (way === 'autosave' && before.submittedAt)
      throw conflict('publications.submitted', '稿子正在等待审查，自动保存不会把它取回。')
    await checkColumns(db, publication.siteId, parts.columnIds)
    const saved = await updateDraft(
      db,
      before.id,
      revision,
      {
        text: parts.text,
        columnIds: parts.columnIds,
        shownUntil: parts.shownUntil,
        editedBy: actorName(ctx.actor),
        editedById: actorId(ctx.actor),
        editedAt: ctx.clock.now(),
      },
      way,
    )
    if (!saved)
      throw conflict(
        'publications.edited-meanwhile',
        `您打开之后，${before.editedBy}保存过这份稿子。您的文字还在下面，没有丢。`,
      )
    if (before.submittedAt) {
      await db.updateTable('editions').set({ submittedAt: null }).where('id', '=', before.id).execute()
      await insertReviewStep(db, ctx, before, 'taken-back')
    }
    await useFilesOf(db, before.id, parts)
    if (parts.filedUnder)
      await filing().choose(
        db,
        ctx,
        { publication, edition: { id: before.id, title: parts.text.title } },
        parts.filedUnder,
      )
    await replaceRelations(db, before.id, parts.relations, parts.text.effectiveFrom ?? ctx.clock.today())
    // A text that is being typed is saved every few seconds; the revisions say when
    if (way === 'autosave') return { revision: revision + 1 }
    await recordAct(db, ctx, {
      act: 'publications.draft-saved',
      sentence: `修改《${parts.text.title}》的稿子`,
      object: { kind: 'publication', id: publicationId, label: parts.text.title },
    })
    return { revision: revision + 1 }
  })
}
