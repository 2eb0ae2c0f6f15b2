import { dutiesTag, meetDuties } from '#modules/duties'
import { listImported, openedAt } from '#modules/publications'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { type Entry, findEntry, listDrafted, updateEntry } from '../queries.ts'
import { rule, subjectKind } from './read-new.ts'

/**
 * What became of drafts: public, the duty was met when it opened; thrown away, the proposal stands open again.
 * @returns how many were settled.
 */
export async function settleDrafts(ctx: Context): Promise<number> {
  const drafted = await listDrafted(ctx.db)
  const ids = drafted.flatMap(entry => entry.publicationId ?? [])
  const now = ctx.clock.now()
  const [openings, items] = await Promise.all([openedAt(ctx.db, now, ids), listImported(ctx.db, now, ids)])
  const gone = new Set(items.filter(item => item.state === 'discarded').map(item => item.id))
  let settled = 0
  for (const { id, publicationId } of drafted) {
    if (publicationId === null) continue
    const opened = openings.get(publicationId)
    if (!opened && !gone.has(publicationId)) continue
    settled += await inTransaction(ctx.db, async db => {
      const entry = await findEntry(db, id, { lock: true })
      if (entry?.state !== 'drafted' || entry.publicationId !== publicationId) return 0
      if (opened) {
        const title = items.find(item => item.id === publicationId)?.title ?? entry.title
        await meetRepost(db, ctx, entry, { publicationId, title, at: opened })
        await updateEntry(db, id, { state: 'published' })
      } else
        await updateEntry(db, id, { state: 'open', publicationId: null, decidedBy: null, decidedAt: null })
      return 1
    })
  }
  return settled
}

/** The duty ends at the moment when readers could see it. */
export async function meetRepost(
  db: Database,
  ctx: Pick<Context, 'actor'>,
  entry: Pick<Entry, 'id' | 'siteId'>,
  shown: { publicationId: string; title: string; at: Date },
): Promise<void> {
  const subject = { kind: subjectKind, id: entry.id }
  await meetDuties(
    db,
    { actor: ctx.actor, clock: clockAt(() => shown.at) },
    { siteId: entry.siteId, rules: [rule], subject },
    { kind: 'publication', id: shown.publicationId, label: shown.title },
  )
  await announceChange(db, [dutiesTag(entry.siteId)])
}
