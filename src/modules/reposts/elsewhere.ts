import { listSites, type SiteRow } from '#modules/organisations'
import { documentsNamed, type Listed, publicByIds } from '#modules/publications'
import type { Database } from '#platform/db/database'
import type { Entry } from './queries.ts'

/** What is public on this installation under the title or number of a proposal. */
export interface SameElsewhere {
  site: SiteRow
  item: Listed
}

/** On the proposal's own site, placed there by another one perhaps, and on others. */
export async function sameOnSites(
  db: Database,
  now: Date,
  entry: Pick<Entry, 'siteId' | 'title' | 'docNo' | 'publicationId'>,
): Promise<{ here: SameElsewhere[]; elsewhere: SameElsewhere[] }> {
  const names = { docNos: entry.docNo ? [entry.docNo] : [], titles: [entry.title] }
  const sites = await listSites(db)
  const found = await Promise.all(sites.map(site => documentsNamed(db, site.id, names)))
  const ids = [...new Set(found.flat().map(one => one.publicationId))].filter(
    id => id !== entry.publicationId,
  )
  const shown = await Promise.all(
    sites.map(async site => (await publicByIds(db, now, site.id, ids)).map(item => ({ site, item }))),
  )
  const all = shown.flat()
  const here = all.filter(one => one.site.id === entry.siteId)
  const known = new Set(here.map(one => one.item.id))
  return { here, elsewhere: all.filter(one => one.site.id !== entry.siteId && !known.has(one.item.id)) }
}
