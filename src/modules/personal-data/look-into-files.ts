import { sql } from 'kysely'
import { type EditionFile, everythingIn } from '#modules/files'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { bytesOf } from './file-bytes.ts'
import { hashWith } from './salted-hash.ts'
import type { Trace } from './subject.ts'
import { readerVersion, tracesIn, tracesOfUnread } from './traces.ts'

/** Larger files are read by the worker, so that nobody waits for a page. */
const readAtOnceBytes = 3 * 1024 * 1024

export interface FileRow {
  sha256: string
  storageKey: string
  name: string
  size: number
  readAt: Date | null
  reader: number | null
  found: Trace[]
}

/**
 * What was found in these files, each read once for its content (the same reader reads it never again). Small ones are read now,
 * large ones are left to the worker. @returns traces by file, and the files that still wait.
 */
export async function lookIntoFiles(
  ctx: Pick<Context, 'db' | 'clock'>,
  files: readonly EditionFile[],
): Promise<{ found: Map<string, Trace[]>; waiting: EditionFile[] }> {
  const found = new Map<string, Trace[]>()
  const waiting: EditionFile[] = []
  const known = await filesKnown(ctx.db, files)
  for (const file of files) {
    const row = known.get(file.sha256)
    if (row?.readAt && row.reader === readerVersion) found.set(file.id, row.found)
    else {
      await askForReading(ctx.db, file, ctx.clock.now())
      const traces = file.size <= readAtOnceBytes ? await readFile(ctx, file) : null
      if (traces) found.set(file.id, traces)
      else waiting.push(file)
    }
  }
  return { found, waiting }
}

async function filesKnown(db: Database, files: readonly EditionFile[]): Promise<Map<string, FileRow>> {
  if (files.length === 0) return new Map()
  const { rows } = await sql<FileRow>`
    select sha256, storage_key, name, size::float8 as size, read_at, reader, found from personal_data_files
    where sha256 = any(${files.map(file => file.sha256)})`.execute(db)
  return new Map(rows.map(row => [row.sha256, row]))
}

async function askForReading(db: Database, file: EditionFile, now: Date): Promise<void> {
  await sql`insert into personal_data_files (sha256, storage_key, name, size, asked_at)
    values (${file.sha256}, ${file.storageKey}, ${file.name}, ${file.size}, ${now})
    on conflict (sha256) do update set read_at = null where personal_data_files.reader <> ${readerVersion}`.execute(
    db,
  )
}

/** Files that wait to be read, the oldest wish first. */
export async function waitingFiles(db: Database, limit: number): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select sha256, storage_key, name, size::float8 as size, read_at, reader, found from personal_data_files
    where read_at is null order by asked_at limit ${limit}`.execute(db)
  return rows
}

/** Reads one file whole and keeps what may be kept of it. Null: its bytes cannot be had here. */
export async function readFile(
  ctx: Pick<Context, 'db' | 'clock'>,
  file: Pick<EditionFile, 'sha256' | 'storageKey' | 'name'>,
): Promise<Trace[] | null> {
  const { db, clock } = ctx
  const bytes = await bytesOf(file)
  if (!bytes) return null
  await sql`update personal_data_files set begun_at = ${clock.now()} where sha256 = ${file.sha256}`.execute(
    db,
  )
  const hash = await hashWith(db)
  const { pieces, unread } = await everythingIn(file.name, bytes)
  const traces = [...tracesIn(pieces, hash, new Set()), ...tracesOfUnread(unread, hash, file.sha256)]
  await sql`update personal_data_files set read_at = ${clock.now()}, reader = ${readerVersion}, pieces = ${pieces.length},
    unread = ${JSON.stringify(unread)}::jsonb, found = ${JSON.stringify(traces)}::jsonb where sha256 = ${file.sha256}`.execute(
    db,
  )
  return traces
}

/** How many files wait, and how many of them are being read just now: the progress that is shown. */
export async function readingProgress(db: Database): Promise<{ waiting: number; begun: number }> {
  const { rows } = await sql<{ waiting: number; begun: number }>`
    select count(*)::int as waiting, count(begun_at)::int as begun from personal_data_files where read_at is null`.execute(
    db,
  )
  return rows[0] ?? { waiting: 0, begun: 0 }
}
