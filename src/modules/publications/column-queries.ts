import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { isPublic } from './visibility.ts'

export interface ColumnRow {
  id: string
  siteId: string
  path: string
  name: string
  description: string
  keywords: string
  type: string
  updateLimitDays: number | null
  sortOrder: number
}

/** A column as readers see it: how much stands in it and when something last came. */
export interface ColumnUse extends ColumnRow {
  items: number
  newestAt: Date | null
}

/** All columns of a site in the order of the navigation. */
export async function listColumns(db: Database, siteId: string): Promise<ColumnRow[]> {
  return db
    .selectFrom('columns')
    .select([
      'id',
      'siteId',
      'path',
      'name',
      'description',
      'keywords',
      'type',
      'updateLimitDays',
      'sortOrder',
    ])
    .where('siteId', '=', siteId)
    .orderBy('sortOrder')
    .orderBy('path')
    .execute()
}

/** Columns that have something for the public, themselves or below them; an empty one is not shown (S-PLT-06, S-UPD-05). */
export async function listColumnsInUse(
  db: Database,
  now: Date,
  siteId: string,
  organId?: string,
): Promise<ColumnUse[]> {
  const { rows } = await sql<ColumnUse>`
    select c.id, c.site_id, c.path, c.name, c.description, c.keywords, c.type, c.update_limit_days, c.sort_order,
      count(distinct e.publication_id)::int as items,
      max(p.sort_at) filter (where not p.archive) as newest_at
    from columns c
    join columns below on below.site_id = c.site_id and (below.id = c.id or below.path like c.path || '/%')
    join placements pl on pl.column_id = below.id
    join publications p on p.id = pl.publication_id
    join editions e on e.publication_id = p.id and ${isPublic(now)}
    where c.site_id = ${siteId} ${organId ? sql`and p.organ_id = ${organId}` : sql``}
    group by c.id order by c.sort_order, c.path`.execute(db)
  return rows
}

/** Every column of a site with what stands in it and below it, and when something last came: archive items freshen nothing. */
export async function listColumnUses(
  db: Database,
  now: Date,
  siteId: string,
): Promise<(ColumnUse & { revision: number; ownItems: number })[]> {
  const { rows } = await sql<ColumnUse & { revision: number; ownItems: number }>`
    select c.id, c.site_id, c.path, c.name, c.description, c.keywords, c.type, c.update_limit_days, c.sort_order, c.revision,
      count(distinct e.publication_id)::int as items,
      count(distinct e.publication_id) filter (where below.id = c.id)::int as own_items,
      max(p.first_public_at) filter (where not p.archive and e.id is not null) as newest_at
    from columns c
    join columns below on below.site_id = c.site_id and (below.id = c.id or below.path like c.path || '/%')
    left join placements pl on pl.column_id = below.id
    left join publications p on p.id = pl.publication_id
    left join editions e on e.publication_id = p.id and ${isPublic(now)}
    where c.site_id = ${siteId}
    group by c.id order by c.sort_order, c.path`.execute(db)
  return rows
}

/** A column with the revision that its form begins from. */
export interface RevisedColumn extends ColumnRow {
  revision: number
}

export async function findColumnById(db: Database, id: string): Promise<RevisedColumn | undefined> {
  const { rows } = await sql<RevisedColumn>`
    select id, site_id, path, name, description, keywords, type, update_limit_days, sort_order, revision
    from columns where id = ${id}`.execute(db)
  return rows[0]
}

export async function findColumn(db: Database, siteId: string, path: string): Promise<ColumnRow | undefined> {
  return (await listColumns(db, siteId)).find(column => column.path === path)
}
