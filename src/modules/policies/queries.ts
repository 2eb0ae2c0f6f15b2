import { sql } from 'kysely'
import { uuidv7 } from '#lib/ids'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { ImportFault, ImportLine } from './import/import-line.ts'
import type { FilingDoubt, FilingField } from './import/recognised.ts'

export interface ImportRun {
  id: string
  siteId: string
  publishes: boolean
  paths: string[]
  startedBy: string
  startedAt: Date
  finishedAt: Date | null
}

export interface CountedRun extends ImportRun {
  published: number
  drafts: number
  unchanged: number
  refused: number
}

export async function insertRun(
  db: Database,
  run: Omit<ImportRun, 'finishedAt'> & { startedById: string | null },
): Promise<void> {
  await db.insertInto('importRuns').values(run).execute()
}

export async function finishRun(db: Database, id: string, at: Date): Promise<void> {
  await db.updateTable('importRuns').set({ finishedAt: at }).where('id', '=', id).execute()
}

/** One file at a time through the same door: two runs at once take turns over the same bytes, and only over those. */
export async function lockImportKey(db: Database, siteId: string, importKey: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import:${siteId}:${importKey}`}, 0))`.execute(db)
}

export interface FileResult {
  runId: string
  position: number
  file: string
  result: 'draft' | 'published' | 'unchanged' | 'refused'
  publicationId: string | null
  report: ImportLine | ImportFault
  recordedAt: Date
}

export async function insertResult(db: Database, result: FileResult): Promise<void> {
  await db
    .insertInto('importResults')
    .values({ ...result, report: JSON.stringify(result.report) })
    .execute()
}

export async function insertDoubts(
  db: Database,
  publicationId: string,
  doubts: readonly FilingDoubt[],
): Promise<void> {
  if (doubts.length === 0) return
  await db
    .insertInto('importDoubts')
    .values(doubts.map(({ field, why }, position) => ({ id: uuidv7(), publicationId, field, why, position })))
    .execute()
}

const counted = sql`
  select r.id, r.site_id, r.publishes, r.paths, r.started_by, r.started_at, r.finished_at,
    count(*) filter (where x.result = 'published')::int as published,
    count(*) filter (where x.result = 'draft')::int as drafts,
    count(*) filter (where x.result = 'unchanged')::int as unchanged,
    count(*) filter (where x.result = 'refused')::int as refused
  from import_runs r left join import_results x on x.run_id = r.id`

export async function listRuns(db: Database, limit: number): Promise<CountedRun[]> {
  const { rows } = await sql<CountedRun>`
    ${counted} where r.id in (select id from import_runs order by started_at desc, id desc limit ${limit})
    group by r.id order by r.started_at desc, r.id desc`.execute(db)
  return rows
}

/** The run of that id, or the newest one. */
export async function findRun(db: Database, id: string | 'last'): Promise<CountedRun | undefined> {
  const which =
    id === 'last'
      ? sql`(select id from import_runs order by started_at desc, id desc limit 1)`
      : sql`(select id from import_runs where id::text = ${id})`
  const { rows } = await sql<CountedRun>`${counted} where r.id = ${which} group by r.id`.execute(db)
  return rows[0]
}

export interface ReportedFile {
  position: number
  file: string
  result: FileResult['result']
  publicationId: string | null
  report: ImportLine | ImportFault
}

export async function listResults(
  db: Database,
  runId: string,
  paging: { page: number; pageSize: number } = { page: 1, pageSize: 1_000_000 },
): Promise<PageOf<ReportedFile>> {
  const rows = await db
    .selectFrom('importResults')
    .select(['position', 'file', 'result', 'publicationId', 'report'])
    .where('runId', '=', runId)
    .orderBy('position')
    .limit(paging.pageSize)
    .offset((paging.page - 1) * paging.pageSize)
    .execute()
  const { total } = await db
    .selectFrom('importResults')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('runId', '=', runId)
    .executeTakeFirstOrThrow()
  return { rows: rows as unknown as ReportedFile[], total, ...paging }
}

export interface OpenDoubt {
  id: string
  field: FilingField
  why: string
}

/** Open doubts of the publications that have some, the newest imported first. */
export async function listOpenDoubts(
  db: Database,
  paging: { page: number; pageSize: number },
): Promise<PageOf<{ publicationId: string; doubts: OpenDoubt[] }>> {
  const { rows } = await sql<{ publicationId: string; doubts: OpenDoubt[] }>`
    select publication_id,
      json_agg(json_build_object('id', id, 'field', field, 'why', why) order by position) as doubts
    from import_doubts where settled_at is null
    group by publication_id order by max(id::text) desc
    limit ${paging.pageSize} offset ${(paging.page - 1) * paging.pageSize}`.execute(db)
  const counted = await sql<{ total: number }>`
    select count(distinct publication_id)::int as total from import_doubts where settled_at is null`.execute(
    db,
  )
  return { rows, total: counted.rows[0]?.total ?? 0, ...paging }
}

/** Marks open doubts of a publication, or one of them; returns what they were. */
export async function settle(
  db: Database,
  publicationId: string,
  doubtId: string | undefined,
  by: { settledAt: Date; settledBy: string; settledById: string | null },
): Promise<string[]> {
  const open = db
    .updateTable('importDoubts')
    .set(by)
    .where('publicationId', '=', publicationId)
    .where('settledAt', 'is', null)
  const rows = await (doubtId === undefined ? open : open.where('id', '=', doubtId))
    .returning('why')
    .execute()
  return rows.map(row => row.why)
}
