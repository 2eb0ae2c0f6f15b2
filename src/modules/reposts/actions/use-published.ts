import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { openedAt } from '#modules/publications'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { sameOnSites } from '../elsewhere.ts'
import { mayRepost } from '../policy.ts'
import { findEntry, updateEntry } from '../queries.ts'
import { meetRepost } from './settle-drafts.ts'
import { mustBeOpen, siteOf, unknownEntry } from './settled-entry.ts'

export const usePublishedInput = z.object({ id: z.uuid(), publicationId: z.uuid('请选择已经公开的那一件。') })

/** No second copy: what our site shows already, its own or placed in a column of ours by another site, is the repost. */
export async function usePublished(
  ctx: Context,
  { id, publicationId }: z.output<typeof usePublishedInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const entry = await findEntry(db, id, { lock: true })
    if (!entry) throw unknownEntry()
    const site = await siteOf(db, entry.siteId)
    permit(mayRepost(ctx.actor, site.organId), 'reposts.may-not-repost')
    mustBeOpen(entry)
    const now = ctx.clock.now()
    const { here } = await sameOnSites(db, now, entry)
    const chosen = here.find(one => one.item.id === publicationId)
    const opened = (await openedAt(db, now, [publicationId])).get(publicationId)
    if (!chosen || !opened)
      throw conflict('reposts.not-here', '这一件现在没有在本站公开，或者不是同一份文件。请刷新页面再看。')
    // What was public before the source published it is reposted by this decision
    const at = entry.startedAt && opened >= entry.startedAt ? opened : now
    await meetRepost(db, ctx, entry, { publicationId, title: chosen.item.title, at })
    await updateEntry(db, id, {
      state: 'placed',
      publicationId,
      decidedBy: actorName(ctx.actor),
      decidedAt: now,
    })
    await recordAct(db, ctx, {
      act: 'reposts.placed',
      sentence: `${entry.feedName}的《${entry.title}》本站已经公开，不再另发`,
      object: { kind: 'repost', id, label: entry.title },
    })
  })
}
