import { sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { DB } from '#platform/db/tables'

/**
 * The public record as files that anybody can read without this program, and its way back. Each module says for itself which
 * of its tables belong to the record (`record.ts`); `app` writes the parts one after the other and reads them in the same order.
 */
export interface RecordPart {
  /** Parts are written, and read back, from the smallest on: a line may point to what stands in a part before it. */
  order: number
  /** One JSON object a line. */
  file: `${string}.jsonl`
  /** For a stranger, in Chinese: what a line is, and what its fields are. */
  about: string
  fields: Readonly<Record<string, string>>
  /** In an order that does not depend on when or where it is written. */
  write(out: Outgoing): AsyncIterable<readonly RecordLine[]>
  read(into: Incoming, batches: AsyncIterable<readonly NumberedLine[]>): Promise<void>
  /** The bytes that a line speaks of. */
  bytes?(line: RecordLine): StoredBytes
  /** The same lines for people, as a table. */
  table?: {
    file: `${string}.csv`
    about: string
    heads: readonly string[]
    cells(line: RecordLine): string[]
  }
}

export type RecordLine = Record<string, unknown>
export interface NumberedLine {
  number: number
  value: RecordLine
}

export interface StoredBytes {
  key: string
  sha256: string
  size: number
}

export interface RecordChoices {
  /** Files whose use is not open yet go along, too. */
  withClosed: boolean
  /** The text of what has left the public goes along, too. */
  withWithdrawnText: boolean
}

export interface Outgoing extends RecordChoices {
  db: Database
  now: Date
  /** Null: every site. */
  siteId: string | null
  /** Which of these editions go along with their text; told by the module that owns them. */
  editionsShown(editionIds: readonly string[]): Promise<ReadonlySet<string>>
  /** What was left out, for the person who asked. */
  note(text: string): void
}

export interface Incoming {
  db: Database
  now: Date
  /** What the reader is told beside the counts. */
  note(text: string): void
}

/** A line that cannot be taken; the message says what is wrong with it. */
export class RecordFault extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.name = 'RecordFault'
    this.line = line
  }
}

/** @throws RecordFault when the line does not have the shape. */
export function lineAs<Shape extends z.ZodType>(schema: Shape, line: NumberedLine): z.output<Shape> {
  const parsed = schema.safeParse(line.value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new RecordFault(line.number, `“${issue?.path.join('.')}”不对：${issue?.message}`)
}

/** Rows of a table as the database itself prints them (instants with all their digits), so that nothing is lost on the way. */
export const wholeRow = (alias: string) => sql<RecordLine>`row_to_json(${sql.raw(alias)})`

/** A row under the names of the code, without what the line says otherwise or does not say at all. */
export function lineOf(row: RecordLine, without: readonly string[]): RecordLine {
  const kept = Object.entries(row).filter(([column]) => !without.includes(column))
  return Object.fromEntries(kept.map(([column, value]) => [camel(column), instant(value)]))
}

const camel = (column: string) => column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** `2026-11-23T02:00:00+00:00` → `…Z`; the transaction speaks UTC. */
const instant = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/.test(value)
    ? value.replace('+00:00', 'Z')
    : value

type Table = keyof DB & string

/**
 * Writes rows back into their table, each column that is given. What a line says beyond the columns of the table is not
 * guessed at: such a file was made by a newer program.
 */
export async function putRows(
  db: Database,
  table: Table,
  rows: readonly { line: number; row: RecordLine }[],
  then = sql``,
): Promise<void> {
  if (rows.length === 0) return
  const known = await columnsOf(db, table)
  const alike = new Map<string, RecordLine[]>()
  for (const { line, row } of rows) {
    const names = Object.keys(row).sort()
    const unknown = names.find(name => !known.has(name))
    if (unknown)
      throw new RecordFault(line, `不认识“${unknown}”这一项。导出它的程序也许更新，请用不低于它的版本恢复。`)
    const key = names.join()
    const group = alike.get(key)
    if (group) group.push(row)
    else alike.set(key, [row])
  }
  for (const group of alike.values()) await insertMany(db, table, group, then)
}

const tables = new Map<string, ReadonlySet<string>>()

async function columnsOf(db: Database, table: string): Promise<ReadonlySet<string>> {
  const known = tables.get(table)
  if (known) return known
  const name = table.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${name} and is_generated = 'NEVER'`.execute(db)
  const columns = new Set(rows.map(row => camel(row.name)))
  tables.set(table, columns)
  return columns
}

/** Rows of one table in batches by their id, which never changes: a table of any length. */
export async function* byId<Row extends { id: string }>(
  page: (after: string, limit: number) => Promise<readonly Row[]>,
  limit: number,
): AsyncGenerator<readonly Row[]> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await page(after, limit)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < limit) return
    after = last.id
  }
}
