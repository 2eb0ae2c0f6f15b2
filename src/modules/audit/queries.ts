import { type Insertable, type Selectable, sql } from 'kysely'
import { nextMidnight, type PlainDate } from '#lib/beijing-time'
import { deepestPage, type PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { AuditChecks, AuditEntries } from '#platform/db/tables'
import type { Outcome, SealedEntry } from './audit-entry.ts'

export type EntryRow = Selectable<AuditEntries> & { position: number | null; hash: string | null }

export interface AuditFilter {
  person?: string | undefined
  act?: string | undefined
  object?: string | undefined
  outcome?: Outcome | undefined
  personalDataOnly?: boolean | undefined
  /** Days in Beijing, both included. */
  from?: PlainDate | undefined
  until?: PlainDate | undefined
}

/** @param entries with their details as objects */
export async function insertEntries(
  db: Database,
  entries: readonly (Omit<Insertable<AuditEntries>, 'details'> & { details: unknown })[],
): Promise<void> {
  await insertMany(db, 'auditEntries', entries)
}

/** A page of entries, newest first. Counting stops where paging stops. */
export async function listEntries(
  db: Database,
  filter: AuditFilter,
  page: number,
  pageSize: number,
): Promise<PageOf<EntryRow>> {
  const matching = entriesMatching(db, filter)
  const counted = await db
    .selectFrom(
      matching
        .clearSelect()
        .select('e.id')
        .limit(deepestPage * pageSize)
        .as('m'),
    )
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching
    .orderBy('e.at', 'desc')
    .orderBy(place, 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { rows, page, pageSize, total: counted.total }
}

/** All entries of a filter in batches, newest first, for an export of any length. */
export async function* eachEntry(
  db: Database,
  filter: AuditFilter,
  batch = 1000,
): AsyncGenerator<EntryRow[]> {
  let after: EntryRow | undefined
  for (;;) {
    let query = entriesMatching(db, filter)
    if (after) {
      const { at, position } = after
      query = query.where(sql<boolean>`(e.at, ${place}) < (${at}, ${position ?? 0})`)
    }
    const rows = await query.orderBy('e.at', 'desc').orderBy(place, 'desc').limit(batch).execute()
    if (rows.length > 0) yield rows
    after = rows.at(-1)
    if (rows.length < batch) return
  }
}

/** Acts of one moment stand in the order in which they were sealed. */
const place = sql<number>`coalesce(s.position, 0)`

function entriesMatching(db: Database, filter: AuditFilter) {
  let query = db
    .selectFrom('auditEntries as e')
    .leftJoin('auditSeals as s', 's.entryId', 'e.id')
    .selectAll('e')
    .select(['s.position', 's.hash'])
  const like = (text: string) => `%${text.replace(/[\\%_]/g, found => `\\${found}`)}%`
  if (filter.person) query = query.where('e.actor', 'ilike', like(filter.person))
  if (filter.act) query = query.where('e.act', '=', filter.act)
  const object = filter.object
  if (object) {
    query = query.where(eb =>
      eb.or([eb('e.objectLabel', 'ilike', like(object)), eb('e.objectId', '=', object)]),
    )
  }
  if (filter.outcome) query = query.where('e.outcome', '=', filter.outcome)
  if (filter.personalDataOnly) query = query.where('e.readsPersonalData', '=', true)
  if (filter.from) query = query.where('e.at', '>=', startOf(filter.from))
  if (filter.until) query = query.where('e.at', '<', nextMidnight(startOf(filter.until)))
  return query
}

const startOf = (day: PlainDate) => new Date(`${day}T00:00:00+08:00`)

/** Every act that occurs, found by leaping along the index instead of reading the table, each with its newest sentence. */
export async function listActs(db: Database): Promise<{ act: string; example: string }[]> {
  const found = await sql<{ act: string; example: string }>`
    with recursive codes as (
      (select act from audit_entries order by act limit 1)
      union all
      select (select e.act from audit_entries e where e.act > codes.act order by e.act limit 1) from codes where codes.act is not null
    )
    select codes.act, newest.sentence as example
    from codes, lateral (select sentence from audit_entries e where e.act = codes.act order by e.at desc limit 1) newest
    where codes.act is not null`.execute(db)
  return found.rows
}

export interface SealedRow {
  seal: { position: number; previousHash: string; hash: string }
  entry: SealedEntry | null
}

/** The chain after a position, each entry as the text that was sealed. */
export async function listSealed(db: Database, after: number, limit: number): Promise<SealedRow[]> {
  const text = sql.raw<string>
  const rows = await db
    .selectFrom('auditSeals as s')
    .leftJoin('auditEntries as e', 'e.id', 's.entryId')
    .select(['s.position', 's.previousHash', 's.hash', 'e.id', 'e.actor', 'e.act', 'e.sentence'])
    .select(['e.actorId', 'e.organId', 'e.objectKind', 'e.objectId', 'e.objectLabel', 'e.outcome', 'e.ip'])
    .select([
      text(`to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`).as('at'),
      text('e.reads_personal_data::text').as('readsPersonalData'),
      text('e.details::text').as('details'),
    ])
    .where('s.position', '>', after)
    .orderBy('s.position')
    .limit(limit)
    .execute()
  return rows.map(({ position, previousHash, hash, id, actor, act, sentence, outcome, ...rest }) => ({
    seal: { position, previousHash, hash },
    entry:
      id === null || actor === null || act === null || sentence === null || outcome === null
        ? null
        : { id, actor, act, sentence, outcome, ...rest },
  }))
}

export async function countUnsealed(db: Database): Promise<number> {
  const row = await db
    .selectFrom('auditEntries as e')
    .leftJoin('auditSeals as s', 's.entryId', 'e.id')
    .where('s.entryId', 'is', null)
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return row.total
}

export async function insertCheck(db: Database, check: Insertable<AuditChecks>): Promise<void> {
  await db.insertInto('auditChecks').values(check).execute()
}

export async function findLastCheck(db: Database): Promise<Selectable<AuditChecks> | null> {
  const row = await db
    .selectFrom('auditChecks')
    .selectAll()
    .orderBy('checkedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}
