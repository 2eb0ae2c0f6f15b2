import { sql } from 'kysely'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { CheckRow } from './check-queries.ts'

export interface StockFilter {
  organIds: readonly string[]
  kind: string | null
}

export interface StockItem extends CheckRow {
  organName: string
  found: number
  kinds: string[]
}

const undecided = sql`f.certainty <> 'warn' and f.kind <> 'wrong-word' and not exists (select from personal_data_decisions d
  where d.publication_id = c.publication_id and d.value_hash = f.value_hash and d.place_kind = f.place_kind and d.kind = f.kind
    and d.decision <> 'masked')`

/** Public items with findings that nobody has decided about; the longest public first. */
export async function listStock(
  db: Database,
  { organIds, kind }: StockFilter,
  paging: { page: number; pageSize: number },
): Promise<PageOf<StockItem>> {
  const items = sql`
    select c.edition_id, count(*)::int as found, array_agg(distinct f.kind) as kinds
    from personal_data_checks c join personal_data_findings f on f.edition_id = c.edition_id and ${undecided}
    where c.standing = 'public' and c.organ_id = any(${[...organIds]}::uuid[])
      and (${kind}::text is null or f.kind = ${kind}) group by c.edition_id`
  const [found, counted] = await Promise.all([
    sql<StockItem>`with items as (${items})
      select c.*, o.short_name as organ_name, items.found, items.kinds
      from items join personal_data_checks c on c.edition_id = items.edition_id join organ_names o on o.id = c.organ_id
      order by c.public_since, c.edition_id limit ${paging.pageSize} offset ${(paging.page - 1) * paging.pageSize}`.execute(
      db,
    ),
    sql<{ total: number }>`with items as (${items}) select count(*)::int as total from items`.execute(db),
  ])
  return { rows: found.rows, total: counted.rows[0]?.total ?? 0, ...paging }
}

/** Undecided findings in what is public: by kind, organ and how long they have been there. */
export async function countStock(
  db: Database,
  organIds: readonly string[],
  now: Date,
): Promise<{ kind: string; organName: string; age: string; found: number }[]> {
  const { rows } = await sql<{ kind: string; organName: string; age: string; found: number }>`
    select f.kind, o.short_name as organ_name, case when c.public_since > ${now}::timestamptz - interval '30 days' then '一个月内'
      when c.public_since > ${now}::timestamptz - interval '1 year' then '一年内' else '一年以上' end as age, count(*)::int as found
    from personal_data_checks c join personal_data_findings f on f.edition_id = c.edition_id and ${undecided}
    join organ_names o on o.id = c.organ_id
    where c.standing = 'public' and c.organ_id = any(${[...organIds]}::uuid[])
    group by 1, 2, 3 order by 4 desc`.execute(db)
  return rows
}

/** Drafts with something undecided, so that their authors find them again. */
export async function listOpenDrafts(db: Database, organIds: readonly string[]): Promise<StockItem[]> {
  const { rows } = await sql<StockItem>`
    select c.*, o.short_name as organ_name, count(*)::int as found, array_agg(distinct f.kind) as kinds
    from personal_data_checks c join personal_data_findings f on f.edition_id = c.edition_id and ${undecided}
    join organ_names o on o.id = c.organ_id
    where c.standing = 'draft' and c.organ_id = any(${[...organIds]}::uuid[])
    group by c.edition_id, o.short_name order by c.checked_at desc limit 100`.execute(db)
  return rows
}

/** Editions of a site that were read with just this detection and these words: they are not read again. */
export async function readAlready(db: Database, siteId: string, readWith: string): Promise<Set<string>> {
  const { rows } = await sql<{ editionId: string }>`select edition_id from personal_data_checks
    where site_id = ${siteId} and standing = 'public' and read_with = ${readWith} and waiting = 0`.execute(db)
  return new Set(rows.map(row => row.editionId))
}

/** What no longer is public drops out of the counting. */
export async function markPast(
  db: Database,
  siteId: string,
  stillPublic: ReadonlySet<string>,
): Promise<void> {
  const { rows } = await sql<{ editionId: string }>`select edition_id from personal_data_checks
    where site_id = ${siteId} and standing = 'public'`.execute(db)
  const gone = rows.map(row => row.editionId).filter(id => !stillPublic.has(id))
  if (gone.length > 0)
    await sql`update personal_data_checks set standing = 'past' where edition_id = any(${gone}::uuid[])`.execute(
      db,
    )
}
