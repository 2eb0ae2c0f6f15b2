import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { copyUses } from '#modules/files'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { findDraft, insertDraft, listEditions, lockPublication, textOfEdition } from '../draft-queries.ts'
import { copyRelations } from '../draft-relations.ts'
import { mayDraft } from '../policy.ts'

/** Begins a corrected edition from the newest sealed one; readers keep seeing that until the new one is published. @returns the draft. */
export async function startEdition(
  ctx: Context,
  publicationId: string,
): Promise<{ publicId: string; revision: number; columnIds: string[] }> {
  return inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, publicationId)
    if (!publication) throw notFound('publications.unknown', '没有这件发布物。')
    permit(mayDraft(ctx.actor, publication.organId), 'publications.may-not-draft')
    if (publication.leftHow) throw conflict('publications.left', '这件发布物已经撤下，不能再改。')
    const open = await findDraft(db, publicationId)
    const { publicId } = publication
    if (open) return { publicId, revision: open.revision, columnIds: open.columnIds }
    const [latest] = await listEditions(db, publicationId)
    if (!latest) throw notFound('publications.unknown', '没有可以更正的版本。')
    const editionId = await insertDraft(db, {
      publicationId,
      siteId: publication.siteId,
      number: latest.number + 1,
      text: { ...textOfEdition(latest), changeNote: null },
      columnIds: latest.columnIds,
      shownUntil: latest.shownUntil,
      editedBy: actorName(ctx.actor),
      editedById: actorId(ctx.actor),
      editedAt: ctx.clock.now(),
    })
    await copyRelations(db, latest.id, editionId)
    await copyUses(db, latest.id, editionId)
    await recordAct(db, ctx, {
      act: 'publications.edition-started',
      sentence: `开始更正《${latest.title}》（第 ${latest.number + 1} 版）`,
      object: { kind: 'publication', id: publicationId, label: latest.title },
    })
    return { publicId, revision: 1, columnIds: latest.columnIds }
  })
}
