import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { EntryBatch } from './entry-columns.ts'

/** Read and taken in at once; more would hold up the readers of the same process. */
const chunk = 4000

const packed = sql`
  json_agg(entry_no) as "entryNo", json_agg(site_id) as "siteId", json_agg(kind) as kind, json_agg(organ_id) as "organId",
  json_agg(theme) as theme, json_agg(genre) as genre, json_agg(form) as form,
  json_agg(array_to_string(array(select unnest(column_ids) order by 1), ',')) as columns,
  json_agg(year) as year, json_agg(archive) as archive,
  json_agg(round(extract(epoch from sort_at) * 1000)) as "sortAt",
  json_agg(round(extract(epoch from public_from) * 1000)) as "publicFrom",
  json_agg(round(extract(epoch from public_until) * 1000)) as "publicUntil",
  json_agg(coalesce(effective_from, signed_on) - date '1970-01-01') as begins,
  json_agg(valid_until - date '1970-01-01') as "validUntil", json_agg(repealed_from - date '1970-01-01') as "repealedFrom",
  json_agg(amended_from - date '1970-01-01') as "amendedFrom", json_agg(partly_from - date '1970-01-01') as "partlyFrom"`

type Read = { [name in keyof EntryBatch]: EntryBatch[name] | null }

const whole = (read: Read): EntryBatch | null => (read.entryNo === null ? null : (read as EntryBatch))

/** What the database shows at this moment, as text; ask later for what it did not show. */
export async function snapshot(db: Database): Promise<string> {
  const { rows } = await sql<{ seen: string }>`select pg_current_snapshot()::text as seen`.execute(db)
  return rows[0]?.seen ?? ''
}

/** The next entries after a number; null when there are no more. */
export async function readAfter(db: Database, after: number): Promise<EntryBatch | null> {
  const { rows } = await sql<Read>`
    select ${packed} from (select * from search_entries where entry_no > ${after} order by entry_no limit ${chunk}) as s`.execute(
    db,
  )
  return rows[0] ? whole(rows[0]) : null
}

/**
 * Entries written, and removed, by transactions that `seen` did not show. Sequences are no clock here: who takes a number first
 * may commit last. Numbers of transactions above our own come from the server that a copy was restored from; they change nothing.
 */
export async function readChanges(
  db: Database,
  seen: string,
  after: number,
): Promise<{ seen: string; batch: EntryBatch | null; full: boolean; removed: number[] }> {
  const { rows } = await sql<Read & { seen: string; removed: number[] | null }>`
    select pg_current_snapshot()::text as seen, ${packed},
      (select json_agg(r.entry_no) from search_removals r where ${isNew('r.removed_in', seen)}) as removed
    from (select * from search_entries s where ${isNew('s.changed_in', seen)} and s.entry_no > ${after}
      order by s.entry_no limit ${chunk}) as s`.execute(db)
  const read = rows[0]
  if (!read) return { seen, batch: null, full: false, removed: [] }
  const batch = whole(read)
  return { seen: read.seen, batch, full: batch?.entryNo.length === chunk, removed: read.removed ?? [] }
}

const isNew = (column: 'r.removed_in' | 's.changed_in', seen: string) => sql`(
  ${sql.raw(column)} >= pg_snapshot_xmin(${seen}::pg_snapshot) and ${sql.raw(column)} < pg_snapshot_xmax(pg_current_snapshot())
  and not pg_visible_in_snapshot(${sql.raw(column)}, ${seen}::pg_snapshot))`
