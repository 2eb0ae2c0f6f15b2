import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

export interface LogEntry {
  index: number
  entry: Uint8Array
  subject: string
  writtenAt: Date
}

interface EntryRow extends Omit<LogEntry, 'entry'> {
  entry: Buffer
}

const asEntry = (row: EntryRow): LogEntry => ({ ...row, entry: new Uint8Array(row.entry) })

/** From `from` on, at most so many, in their order. */
export async function entriesFrom(db: Database, from: number, many: number): Promise<LogEntry[]> {
  const { rows } = await sql<EntryRow>`select index, entry, subject, written_at from log_entries
    where index >= ${from} and index < ${from + many} order by index`.execute(db)
  return rows.map(asEntry)
}

export async function entriesAt(db: Database, places: readonly number[]): Promise<Map<number, LogEntry>> {
  const { rows } = await sql<EntryRow>`select index, entry, subject, written_at from log_entries
    where index = any(${places}::bigint[])`.execute(db)
  return new Map(rows.map(row => [row.index, asEntry(row)]))
}
