import type { Database } from '#platform/db/database'
import { nameOf } from './item.ts'
import { findItem, listLinks } from './queries.ts'

/** The items under which a publication stands on a site, with their addresses, for its page. */
export async function itemsAbout(
  db: Database,
  siteId: string,
  publicationId: string,
): Promise<{ title: string; address: string }[]> {
  const links = await listLinks(db, { publicationId })
  const items = await Promise.all(links.map(link => findItem(db, { id: link.itemId })))
  return items.flatMap(item =>
    item && item.siteId === siteId && !item.retiredAt
      ? [{ title: nameOf(item.content), address: `/catalogue/${item.key}` }]
      : [],
  )
}
