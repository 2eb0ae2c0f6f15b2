import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { findDraft, lockPublication } from '../draft-queries.ts'
import { mayDraft } from '../policy.ts'
import { procedureOf } from '../procedure.ts'

/** Throws a draft away for good. A publication that never was public stays as an empty row that no list shows. */
export async function discardDraft(ctx: Context, publicationId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, publicationId)
    const draft = publication && (await findDraft(db, publicationId))
    if (!publication || !draft) throw notFound('publications.no-draft', '没有可以放弃的稿子。')
    permit(mayDraft(ctx.actor, publication.organId), 'publications.may-not-draft')
    await procedureOf(publication, ctx.clock.now())?.discarding(db)
    if (draft.submittedAt)
      throw conflict('publications.submitted', '稿子正在审查。请等审查人退回，或者先修改一次把它取回。')
    await db.deleteFrom('editions').where('id', '=', draft.id).execute()
    await recordAct(db, ctx, {
      act: 'publications.draft-discarded',
      sentence: `放弃《${draft.title}》的稿子`,
      object: { kind: 'publication', id: publicationId, label: draft.title },
    })
  })
}
