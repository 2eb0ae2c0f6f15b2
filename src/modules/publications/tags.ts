import type { Database } from '#platform/db/database'
import { publicationsAbout } from './citation-queries.ts'

/** What cached pages are made from, as names: see `dependsOn` of a page. */
export const publicationTag = (id: string) => `publication:${id}`
export const columnTag = (id: string) => `column:${id}`
/** Lists over the whole site: home, library, search, site map, navigation. */
export const listsTag = (siteId: string) => `lists:${siteId}`

/** Everything that reads differently when a publication changes: itself, what speaks of it, its columns, the lists of its sites. */
export async function tagsOf(db: Database, publication: { id: string; siteId: string }): Promise<string[]> {
  const placements = await db
    .selectFrom('placements')
    .select(['columnId', 'siteId'])
    .where('publicationId', '=', publication.id)
    .execute()
  const about = await publicationsAbout(db, [publication.id])
  const sites = new Set([publication.siteId, ...placements.map(placement => placement.siteId)])
  return [
    publicationTag(publication.id),
    ...about.map(publicationTag),
    ...placements.map(placement => columnTag(placement.columnId)),
    ...[...sites].map(listsTag),
  ]
}
