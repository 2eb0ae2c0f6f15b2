import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { aboutIt, from, type ListedRow, listed, listedColumns, shownOn } from './list-queries.ts'
import type { Listed } from './public-view.ts'
import { isPublic } from './visibility.ts'

/** These publications, in this order, as lists show them; those that the site does not show to the public are left out. */
export async function publicByIds(
  db: Database,
  now: Date,
  siteId: string,
  ids: readonly string[],
): Promise<Listed[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ListedRow>`
    select ${listedColumns} ${from} ${aboutIt(now)}
    where p.id = any(${ids}) and ${isPublic(now)} and ${shownOn(siteId)}
    order by array_position(${ids}::uuid[], p.id)`.execute(db)
  return rows.map(row => listed(row, now))
}
