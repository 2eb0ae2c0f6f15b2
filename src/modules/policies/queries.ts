import { sql } from 'kysely'
import { uuidv7 } from '#lib/ids'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { ImportChoice } from './import/destination.ts'
import type { ImportFault, ImportLine } from './import/import-line.ts'
import type { FilingDoubt, FilingField } from './import/recognised.ts'

export type RunState = 'waiting' | 'running' | 'finished' | 'stopped'

export interface ImportRun {
  id: string
  siteId: string
  publishes: boolean
  paths: string[]
  choice: ImportChoice
  startedBy: string
  startedAt: Date
  finishedAt: Date | null
  state: RunState
  /** Files found, and done with; null before they were counted. */
  total: number | null
  done: number
  heartbeatAt: Date | null
}

export interface CountedRun extends ImportRun {
  published: number
  drafts: number
  unchanged: number
  refused: number
  skipped: number
}

export async function insertRun(
  db: Database,
  run: Pick<ImportRun, 'id' | 'siteId' | 'publishes' | 'paths' | 'choice' | 'startedBy' | 'startedAt'> & {
    startedById: string | null
  },
): Promise<void> {
  await db
    .insertInto('importRuns')
    .values({ ...run, choice: JSON.stringify(run.choice), state: 'waiting' })
    .execute()
}

/** A process that has said nothing for so long is given up for dead. */
const silentSeconds = 60

/**
 * Takes a run over: the process that had it, if it still lives, finds out with its next batch and stops.
 * False when it is finished, or somebody else is at it.
 */
export async function claimRun(db: Database, id: string, claim: string, now: Date): Promise<boolean> {
  const silentSince = new Date(now.getTime() - silentSeconds * 1000)
  const { numUpdatedRows } = await db
    .updateTable('importRuns')
    .set({ claim, state: 'running', heartbeatAt: now })
    .where('id', '=', id)
    .where(
      sql<boolean>`(state in ('waiting', 'stopped') or (state = 'running' and heartbeat_at < ${silentSince}))`,
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Says how far a run is; false when another process has taken it over. Keeps the others out until the transaction ends. */
export async function noteProgress(
  db: Database,
  id: string,
  claim: string,
  progress: { heartbeatAt: Date; total?: number; done?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('importRuns')
    .set(progress)
    .where('id', '=', id)
    .where('claim', '=', claim)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** `finished`: all files were gone through. */
export async function endRun(
  db: Database,
  id: string,
  claim: string,
  end: { state: 'finished' | 'stopped'; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('importRuns')
    .set({
      state: end.state,
      heartbeatAt: end.at,
      ...(end.state === 'finished' ? { finishedAt: end.at } : {}),
    })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Two imports into one site write one after the other: what the first has brought the second finds. */
export async function lockImports(db: Database, siteId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import:${siteId}`}, 0))`.execute(db)
}

export interface FileResult {
  position: number
  file: string
  result: 'draft' | 'published' | 'unchanged' | 'refused' | 'skipped'
  publicationId: string | null
  report: ImportLine | ImportFault
}

export async function insertResults(
  db: Database,
  runId: string,
  recordedAt: Date,
  results: readonly FileResult[],
): Promise<void> {
  await insertMany(
    db,
    'importResults',
    results.map(result => ({ runId, ...result, recordedAt })),
  )
}

/** Files that a run is done with, and how many results it has: what a run that goes on leaves out. */
export async function doneFiles(
  db: Database,
  runId: string,
): Promise<{ files: Set<string>; results: number }> {
  const rows = await db.selectFrom('importResults').select('file').where('runId', '=', runId).execute()
  return { files: new Set(rows.map(row => row.file)), results: rows.length }
}

/** What was told of publications when they were imported last. */
export async function lastLines(
  db: Database,
  publicationIds: readonly string[],
): Promise<Map<string, ImportLine>> {
  if (publicationIds.length === 0) return new Map()
  const { rows } = await sql<{ publicationId: string; report: ImportLine }>`
    select distinct on (publication_id) publication_id, report from import_results
    where publication_id = any(${[...publicationIds]}::uuid[]) order by publication_id, recorded_at desc, position desc`.execute(
    db,
  )
  return new Map(rows.map(row => [row.publicationId, row.report]))
}

export async function insertDoubts(
  db: Database,
  doubtful: readonly { publicationId: string; doubts: readonly FilingDoubt[] }[],
): Promise<void> {
  await insertMany(
    db,
    'importDoubts',
    doubtful.flatMap(({ publicationId, doubts }) =>
      doubts.map(({ field, why }, position) => ({ id: uuidv7(), publicationId, field, why, position })),
    ),
  )
}

const counted = sql`
  select r.id, r.site_id, r.publishes, r.paths, r.choice, r.started_by, r.started_at, r.finished_at, r.state, r.total, r.done,
    r.heartbeat_at,
    count(*) filter (where x.result = 'published')::int as published,
    count(*) filter (where x.result = 'draft')::int as drafts,
    count(*) filter (where x.result = 'unchanged')::int as unchanged,
    count(*) filter (where x.result = 'refused')::int as refused,
    count(*) filter (where x.result = 'skipped')::int as skipped
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
