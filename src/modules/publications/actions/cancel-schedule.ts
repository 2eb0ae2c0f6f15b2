import { sql } from 'kysely'
import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { copyUses } from '#modules/files'
import { removeEdition, setEntryEnd } from '#modules/search'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import {
  findDraft,
  hasInterval,
  insertDraft,
  listEditions,
  lockPublication,
  textOfEdition,
} from '../draft-queries.ts'
import { copyRelations } from '../draft-relations.ts'
import { logLeaves } from '../log-leaves.ts'
import { mayWithdraw } from '../policy.ts'
import { insertPublishingAct } from '../publishing-acts.ts'
import { tagsOf } from '../tags.ts'
import { endOfShowing } from './publish.ts'

/** Stops a scheduled edition before it opens; its text becomes a draft again. */
export async function cancelSchedule(ctx: Context, publicationId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, publicationId)
    if (!publication) throw notFound('publications.unknown', '没有这件发布物。')
    permit(mayWithdraw(ctx.actor, publication.organId), 'publications.may-not-withdraw')
    const now = ctx.clock.now()
    const [scheduled, before] = (await listEditions(db, publicationId)).filter(hasInterval)
    if (!scheduled?.publicFrom || scheduled.publicFrom <= now)
      throw conflict('publications.not-scheduled', '它已经公开，不能取消定时。需要停止公开时请用“撤下”。')
    if (await findDraft(db, publicationId))
      throw conflict(
        'publications.draft-waits',
        '它还有一份没有办完的稿子。请先发布或者放弃那份稿子，再取消定时。',
      )
    // An empty interval: sealed, and never open
    await sql`update editions set public_until = public_from where id = ${scheduled.id}`.execute(db)
    if (before?.publicUntil?.getTime() === scheduled.publicFrom.getTime()) {
      await sql`update editions set public_until = ${endOfShowing(before)} where id = ${before.id}`.execute(
        db,
      )
      await setEntryEnd(db, before.id, endOfShowing(before))
    }
    if (!before) {
      await db
        .updateTable('publications')
        .set({ firstPublicAt: null, sortAt: null })
        .where('id', '=', publicationId)
        .execute()
      await db.deleteFrom('placements').where('publicationId', '=', publicationId).execute()
    }
    await removeEdition(db, scheduled.id)
    const editionId = await insertDraft(db, {
      publicationId,
      siteId: publication.siteId,
      number: scheduled.number + 1,
      text: textOfEdition(scheduled),
      columnIds: scheduled.columnIds,
      shownUntil: scheduled.shownUntil,
      // Who cancels has written nothing: whoever wrote it still may not clear it (R-EXC-13)
      editedBy: scheduled.editedBy,
      editedById: scheduled.editedById,
      editedAt: scheduled.editedAt,
    })
    await copyRelations(db, scheduled.id, editionId)
    await copyUses(db, scheduled.id, editionId)
    const actId = await insertPublishingAct(db, ctx, {
      publication,
      editionId: scheduled.id,
      act: 'unscheduled',
      publicAt: now,
    })
    await recordAct(db, ctx, {
      act: 'publications.unscheduled',
      sentence: `取消《${scheduled.title}》的定时发布`,
      object: { kind: 'publication', id: publicationId, label: scheduled.title },
    })
    await logLeaves(db, ctx, [actId])
    await announceChange(db, await tagsOf(db, publication))
  })
}
