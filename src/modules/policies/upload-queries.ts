import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { ImportChoice } from './import/destination.ts'
import type { ImportFault, ImportLine } from './import/import-line.ts'

/** A file as it was brought: its name there, and where its bytes lie. */
export interface UploadedFile {
  name: string
  key: string
  size: number
}

/** What a preview found; of many documents the first only, all are counted. */
export interface Preview {
  documents: number
  doubtful: number
  refused: number
  skipped: number
  lines: ImportLine[]
  faults: ImportFault[]
}

export interface ImportUpload {
  id: string
  siteId: string
  choice: ImportChoice
  files: UploadedFile[]
  uploadedBy: string
  uploadedAt: Date
  state: 'waiting' | 'previewing' | 'previewed' | 'stopped'
  total: number | null
  done: number
  heartbeatAt: Date | null
  preview: Preview | null
  fault: string | null
  runId: string | null
  removedAt: Date | null
}

const columns = [
  'id',
  'siteId',
  'choice',
  'files',
  'uploadedBy',
  'uploadedAt',
  'state',
  'total',
  'done',
  'heartbeatAt',
  'preview',
  'fault',
  'runId',
  'removedAt',
] as const

export async function insertUpload(
  db: Database,
  upload: Pick<ImportUpload, 'id' | 'siteId' | 'choice' | 'files' | 'uploadedBy' | 'uploadedAt'> & {
    uploadedById: string | null
  },
): Promise<void> {
  await db
    .insertInto('importUploads')
    .values({
      ...upload,
      choice: JSON.stringify(upload.choice),
      files: JSON.stringify(upload.files),
      state: 'waiting',
    })
    .execute()
}

export async function findUpload(db: Database, where: { id: string } | { runId: string }) {
  const rows = await db
    .selectFrom('importUploads')
    .select([...columns])
    .where('id' in where ? sql<boolean>`id::text = ${where.id}` : sql<boolean>`run_id = ${where.runId}`)
    .execute()
  return rows[0] as ImportUpload | undefined
}

/** Uploads that nobody has decided on yet, the newest first. */
export const listOpenUploads = (db: Database): Promise<ImportUpload[]> =>
  db
    .selectFrom('importUploads')
    .select([...columns])
    .where('runId', 'is', null)
    .where('removedAt', 'is', null)
    .orderBy('uploadedAt', 'desc')
    .limit(20)
    .execute() as unknown as Promise<ImportUpload[]>

const silentSeconds = 60

/** Takes a preview on, unless another process is at it. */
export async function claimPreview(db: Database, id: string, now: Date): Promise<boolean> {
  const silentSince = new Date(now.getTime() - silentSeconds * 1000)
  const { numUpdatedRows } = await db
    .updateTable('importUploads')
    .set({ state: 'previewing', heartbeatAt: now, done: 0, fault: null })
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .where(
      sql<boolean>`(state in ('waiting', 'stopped') or (state = 'previewing' and heartbeat_at < ${silentSince}))`,
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function noteUpload(
  db: Database,
  id: string,
  change: Partial<
    Pick<ImportUpload, 'state' | 'total' | 'done' | 'heartbeatAt' | 'fault' | 'runId' | 'removedAt'>
  > & {
    preview?: Preview
  },
): Promise<void> {
  const { preview, ...rest } = change
  await db
    .updateTable('importUploads')
    .set({ ...rest, ...(preview ? { preview: JSON.stringify(preview) } : {}) })
    .where('id', '=', id)
    .execute()
}

/** Previews and runs of uploads that a process has begun and died over, or that nobody has begun yet. */
export async function listAbandoned(
  db: Database,
  now: Date,
): Promise<{ uploadIds: string[]; runIds: string[] }> {
  const silentSince = new Date(now.getTime() - silentSeconds * 1000)
  const uploads = await sql<{ id: string }>`
    select id from import_uploads where removed_at is null and run_id is null
      and ((state = 'waiting' and uploaded_at < ${silentSince}) or (state = 'previewing' and heartbeat_at < ${silentSince}))`.execute(
    db,
  )
  const runs = await sql<{ id: string }>`
    select r.id from import_runs r join import_uploads u on u.run_id = r.id
    where u.removed_at is null and ((r.state = 'waiting' and r.started_at < ${silentSince})
      or (r.state = 'running' and r.heartbeat_at < ${silentSince}))`.execute(db)
  return { uploadIds: uploads.rows.map(row => row.id), runIds: runs.rows.map(row => row.id) }
}

/** Uploads whose files have had their day: their run is finished for a week, or nothing came of them for a month. */
export async function listSpent(db: Database, now: Date): Promise<ImportUpload[]> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const rows = await db
    .selectFrom('importUploads as u')
    .leftJoin('importRuns as r', 'r.id', 'u.runId')
    .select(columns.map(column => `u.${column}` as const))
    .where('u.removedAt', 'is', null)
    .where(
      sql<boolean>`(r.finished_at < ${before(7)} or (u.run_id is null and u.uploaded_at < ${before(30)}))`,
    )
    .limit(100)
    .execute()
  return rows as unknown as ImportUpload[]
}

/** Of these keys the ones that a living upload still needs. */
export async function keysInUse(db: Database, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select distinct file ->> 'key' as key from import_uploads u cross join jsonb_array_elements(u.files) as file
    where u.removed_at is null and file ->> 'key' = any(${[...keys]}::text[])`.execute(db)
  return new Set(rows.map(row => row.key))
}
