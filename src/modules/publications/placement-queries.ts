import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/** Shows a publication in exactly these columns, the first being the main one. */
export async function replacePlacements(
  db: Database,
  publicationId: string,
  columnIds: readonly string[],
  sortAt: Date | null,
): Promise<void> {
  await db.deleteFrom('placements').where('publicationId', '=', publicationId).execute()
  const main = columnIds[0] ?? null
  await sql`insert into placements (site_id, column_id, publication_id, main, sort_at)
    select c.site_id, c.id, ${publicationId}, c.id = ${main}::uuid, ${sortAt}
    from columns c where c.id = any(${[...columnIds]}::uuid[])`.execute(db)
}

export interface Placement {
  columnId: string
  column: string
  path: string
  site: string
  main: boolean
}

/** Where a publication is shown, the main column first. */
export async function listPlacements(db: Database, publicationId: string): Promise<Placement[]> {
  const { rows } = await sql<Placement>`
    select pl.column_id, c.name as column, c.path, s.short_name as site, pl.main
    from placements pl join columns c on c.id = pl.column_id join site_names s on s.id = pl.site_id
    where pl.publication_id = ${publicationId} order by pl.main desc, s.name, c.sort_order, c.path`.execute(
    db,
  )
  return rows
}
