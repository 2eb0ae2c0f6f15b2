import { dutiesAbout, dutiesTag, meetDuties } from '#modules/duties'
import { listOrgans } from '#modules/organisations'
import { type Listed, openedAt, publicByIds } from '#modules/publications'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { subjectKind } from './actions/owe.ts'
import { findItem, type Link, listLinks } from './queries.ts'

/**
 * What is public under an item meets its oldest open duty, within the caller's transaction: one duty for each text that opened. It is
 * met when the text opened, not when somebody noted it; what was public before the duty began meets nothing, nor do archive items.
 * @returns the duties that ended.
 */
export async function settleLinks(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  item: { id: string },
): Promise<string[]> {
  const links = await listLinks(db, { itemIds: [item.id] })
  const known = links.length > 0 ? await findItem(db, item) : null
  if (!known) return []
  const { siteId } = known
  const about = { siteId, kind: subjectKind, id: item.id }
  let open = (await dutiesAbout(db, about)).filter(duty => !duty.metAt && !duty.waivedAt)
  if (open.length === 0) return []
  const met: string[] = []
  const organs = await listOrgans(db, { includeAbolished: true })
  for (const { link, row, opened } of await freshTexts(db, ctx, siteId, links)) {
    const organ = organs.find(one => one.key === row.organKey)
    const duty = open.find(one => one.organId === organ?.id && one.startedAt <= opened)
    if (!duty) continue
    const fact = { kind: 'publication', id: row.id, label: row.title }
    const then = { actor: ctx.actor, clock: clockAt(() => opened) }
    open = open.filter(one => one !== duty)
    const ended = await meetDuties(db, then, { ids: [duty.id] }, fact)
    // Somebody has ended it meanwhile: the text still may meet another
    if (ended.length === 0) continue
    met.push(duty.id)
    await db
      .updateTable('cataloguePublications')
      .set({ settledAt: opened })
      .where('itemId', '=', item.id)
      .where('publicationId', '=', link.publicationId)
      .execute()
  }
  if (met.length > 0) await announceChange(db, [dutiesTag(siteId)])
  return met
}

/** Texts that have met nothing yet, the oldest first. */
async function freshTexts(
  db: Database,
  ctx: Pick<Context, 'clock'>,
  siteId: string,
  links: readonly Link[],
): Promise<{ link: Link; row: Listed; opened: Date }[]> {
  const now = ctx.clock.now()
  const ids = links.map(link => link.publicationId)
  const [rows, openings] = await Promise.all([publicByIds(db, now, siteId, ids), openedAt(db, now, ids)])
  return links
    .flatMap(link => {
      const row = rows.find(one => one.id === link.publicationId)
      const opened = openings.get(link.publicationId)
      if (!row || !opened || row.archive || (link.settledAt && opened <= link.settledAt)) return []
      return [{ link, row, opened }]
    })
    .toSorted((a, b) => a.opened.getTime() - b.opened.getTime())
}
