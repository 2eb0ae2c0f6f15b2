import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { Cleanup, CleanupDecision, CleanupItem, CleanupScope, Progress } from './cleanup.ts'

const columns = [
  'id',
  'siteId',
  'organId',
  'name',
  'basis',
  'scope',
  'startedOn',
  'dueOn',
  'effectiveOn',
  'publicationId',
  'closedAt',
  'cancelledReason',
  'createdBy',
  'createdAt',
] as const

type Stored = Omit<Cleanup, 'scope'> & { scope: unknown }
const asCleanup = (row: Stored): Cleanup => ({ ...row, scope: row.scope as CleanupScope })

export async function findCleanup(
  db: Database,
  where: { id: string } | { formKey: string },
  options: { lock?: boolean } = {},
): Promise<Cleanup | null> {
  let query = db.selectFrom('normativeCleanups').select(columns)
  query =
    'id' in where ? query.where(sql`id::text`, '=', where.id) : query.where('formKey', '=', where.formKey)
  if (options.lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row ? asCleanup(row) : null
}

/** The newest first. */
export async function listCleanups(db: Database, siteId?: string): Promise<Cleanup[]> {
  let query = db.selectFrom('normativeCleanups').select(columns)
  if (siteId) query = query.where('siteId', '=', siteId)
  const rows = await query.orderBy('startedOn', 'desc').orderBy('id', 'desc').limit(200).execute()
  return rows.map(asCleanup)
}

export interface ItemFilter {
  organId?: string | undefined
  decision?: CleanupDecision | 'none' | 'unconfirmed' | undefined
  words?: string | undefined
  ids?: readonly string[] | undefined
}

function conditions(cleanupId: string, filter: ItemFilter): RawBuilder<SqlBool> {
  const all: RawBuilder<SqlBool>[] = [sql`i.cleanup_id = ${cleanupId}`]
  if (filter.organId) all.push(sql`i.organ_id = ${filter.organId}`)
  if (filter.decision === 'none') all.push(sql`i.decision is null`)
  else if (filter.decision === 'unconfirmed') all.push(sql`i.decision is not null and i.confirmed_at is null`)
  else if (filter.decision) all.push(sql`i.decision = ${filter.decision}`)
  if (filter.ids) all.push(sql`i.publication_id = any(${[...filter.ids]}::uuid[])`)
  if (filter.words) {
    const like = `%${filter.words.replace(/[\\%_]/g, '\\$&')}%`
    all.push(sql`(i.title ilike ${like} or i.doc_no ilike ${like})`)
  }
  return sql.join(all, sql` and `)
}

const item = sql`i.publication_id, i.position, i.organ_id, o.short_name as organ_name, i.title, i.doc_no, i.signed_on, i.valid_until,
  i.decision, i.reason, i.decided_by, i.decided_at, i.confirmed_by, i.confirmed_at`

export async function listItems(
  db: Database,
  cleanupId: string,
  filter: ItemFilter,
  paging: { page: number; pageSize: number },
): Promise<PageOf<CleanupItem>> {
  const [rows, counted] = await Promise.all([
    itemsOf(db, cleanupId, filter, paging),
    sql<{
      total: number
    }>`select count(*)::int as total from normative_cleanup_items i where ${conditions(cleanupId, filter)}`.execute(
      db,
    ),
  ])
  return { rows, total: counted.rows[0]?.total ?? 0, ...paging }
}

/** Every item that the filter leaves, in the order of the round. */
export async function itemsOf(
  db: Database,
  cleanupId: string,
  filter: ItemFilter = {},
  paging: { page: number; pageSize: number } = { page: 1, pageSize: 100_000 },
): Promise<CleanupItem[]> {
  const { rows } = await sql<CleanupItem>`
    select ${item} from normative_cleanup_items i join organ_names o on o.id = i.organ_id where ${conditions(cleanupId, filter)}
    order by i.position limit ${paging.pageSize} offset ${(paging.page - 1) * paging.pageSize}`.execute(db)
  return rows
}

export async function progressOf(db: Database, cleanupId: string): Promise<Progress> {
  const { rows } = await sql<{ decision: CleanupDecision | null; total: number; confirmed: number }>`
    select decision, count(*)::int as total, count(confirmed_at)::int as confirmed
    from normative_cleanup_items where cleanup_id = ${cleanupId} group by decision`.execute(db)
  const byDecision: Progress['byDecision'] = { keep: 0, amend: 0, repeal: 0, lapse: 0 }
  for (const row of rows) if (row.decision) byDecision[row.decision] = row.total
  const total = rows.reduce((sum, row) => sum + row.total, 0)
  return {
    total,
    decided: Object.values(byDecision).reduce((sum, count) => sum + count, 0),
    confirmed: rows.reduce((sum, row) => sum + row.confirmed, 0),
    byDecision,
  }
}

/** How far each organ is. */
export async function progressByOrgan(
  db: Database,
  cleanupId: string,
): Promise<{ organId: string; organName: string; total: number; decided: number; confirmed: number }[]> {
  const { rows } = await sql<{
    organId: string
    organName: string
    total: number
    decided: number
    confirmed: number
  }>`
    select i.organ_id, o.short_name as organ_name, count(*)::int as total, count(i.decision)::int as decided,
      count(i.confirmed_at)::int as confirmed
    from normative_cleanup_items i join organ_names o on o.id = i.organ_id where i.cleanup_id = ${cleanupId}
    group by i.organ_id, o.short_name order by count(i.decision) < count(*) desc, o.short_name`.execute(db)
  return rows
}
