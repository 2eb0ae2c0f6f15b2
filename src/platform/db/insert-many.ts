import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { DB } from '#platform/db/tables'
import type { Database } from './database.ts'

type Row<Table extends keyof DB> = { [Column in keyof Insertable<DB[Table]>]?: unknown }

/**
 * Any number of rows in one statement, handed over as one JSON value: always the same plan, never too many parameters.
 * All rows have the same columns; what is left out gets the table's default. JSON columns are given as objects.
 * @param then what follows the rows, such as `on conflict do nothing`
 */
export async function insertMany<Table extends keyof DB>(
  db: Database,
  table: Table,
  rows: readonly Row<Table>[],
  then: RawBuilder<unknown> = sql``,
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const names = sql.join(columns.map(column => sql.id(column)))
  const json = JSON.stringify(rows.map(row => underscored(row as Record<string, unknown>)))
  await sql`insert into ${sql.table(table)} (${names}) select ${names}
    from json_populate_recordset(null::${sql.table(table)}, ${json}::json) ${then}`.execute(db)
}

/** Rows as a table of a statement: `from json_to_recordset(…) as x(…)` wants the names that the database has. */
export const asJsonRows = (rows: readonly object[]): string =>
  JSON.stringify(rows.map(row => underscored(row as Record<string, unknown>)))

const underscored = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [columnName(column), value]))

const names = new Map<string, string>()

function columnName(property: string): string {
  let name = names.get(property)
  if (name === undefined) {
    name = property.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
    names.set(property, name)
  }
  return name
}
