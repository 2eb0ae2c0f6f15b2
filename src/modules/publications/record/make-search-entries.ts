import { sql } from 'kysely'
import { insertEntries } from '#modules/search'
import type { Database } from '#platform/db/database'
import { type EditionRow, textOfEdition } from '../draft-queries.ts'
import { entriesOf } from '../search-entry.ts'
import { isPublic } from '../visibility.ts'

interface OpenRow extends Omit<EditionRow, 'publicFrom'> {
  organId: string
  kind: string
  archive: boolean
  sortAt: Date
  publicFrom: Date
  siteIds: string[]
}

/**
 * The rows by which publications are listed and found, made from what can be seen of them now. In the order in which the editions
 * were published, since what is equally new stands in that order.
 */
export async function makeSearchEntries(db: Database, now: Date): Promise<void> {
  // Only the ids are put in order: the texts of a large library would not fit anywhere
  await sql`declare open_editions cursor for
    select e.id from editions e where ${isPublic(now)} order by e.sealed_at, e.id`.execute(db)
  for (;;) {
    const { rows } = await sql<{ id: string }>`fetch 200 from open_editions`.execute(db)
    if (rows.length === 0) break
    const opened = await openRows(
      db,
      rows.map(row => row.id),
    )
    await insertEntries(db, opened.flatMap(entriesOfRow))
  }
  await sql`close open_editions`.execute(db)
}

async function openRows(db: Database, ids: readonly string[]): Promise<OpenRow[]> {
  const { rows } = await sql<OpenRow>`
    select e.*, p.organ_id, p.kind, p.archive, p.sort_at, array(
      select p.site_id union select pl.site_id from placements pl where pl.publication_id = p.id) as site_ids
    from unnest(${ids}::uuid[]) with ordinality as one(id, place)
    join editions e on e.id = one.id join publications p on p.id = e.publication_id order by one.place`.execute(
    db,
  )
  return rows
}

const entriesOfRow = (row: OpenRow) =>
  entriesOf({
    publication: { id: row.publicationId, organId: row.organId, kind: row.kind, archive: row.archive },
    edition: { id: row.id, text: textOfEdition(row), columnIds: row.columnIds },
    sortAt: row.sortAt,
    publicFrom: row.publicFrom,
    publicUntil: row.publicUntil,
    siteIds: row.siteIds,
  })
