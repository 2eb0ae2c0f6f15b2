import { createHash } from 'node:crypto'
import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from '#platform/db/tables'

/** The database, or a transaction on it: acts take it first and never look for another. */
export type Database = Kysely<DB>
export type DatabaseTransaction = Transaction<DB>

// Plain dates stay text (`2026-11-23`): a Date would move them by a time zone.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (text: string) => text)
types.setTypeParser(pg.types.builtins.INT8, Number)

/** The role that the running application takes; it owns nothing and may not change what is append-only. */
export const applicationRole = 'mingtang_app'

export interface Connection {
  db: Database
  pool: pg.Pool
  close(): Promise<void>
}

/** @param options.role the database role to act as; the owner (no role) only migrates. */
export function connect(url: string, options: { role?: string; max?: number } = {}): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    types,
    application_name: 'mingtang',
    ...(options.role ? { options: `-c role=${options.role}` } : {}),
  })
  pool.on('connect', planOnce)
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return { db, pool, close: () => db.destroy() }
}

const mark = '/* planned once */'

/**
 * Put first into a statement that reads a few rows by key: each connection then plans it once, where planning would take several
 * times as long as reading. Not for lists and search, whose best plan depends on what is asked.
 */
export const plannedOnce = sql.raw(mark)

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
  names.set(text, name)
  return name
}

/** Gives marked statements a name, by which PostgreSQL keeps their plan. */
function planOnce(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const planned = (text: unknown, values: unknown, ...rest: unknown[]) =>
    typeof text === 'string' && text.startsWith(mark)
      ? query({ name: nameOf(text), text, values }, ...rest)
      : query(text, values, ...rest)
  client.query = planned as typeof client.query
}

/** What is to be done after a transaction, however it ends. */
const afterwards = new WeakMap<Database, ((db: Database) => Promise<void>)[]>()

/** Runs `work` in the transaction that is already open, or in one of its own: an act is always whole. */
export async function inTransaction<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  const later: ((db: Database) => Promise<void>)[] = []
  try {
    return await db.transaction().execute(inside => {
      afterwards.set(inside, later)
      return work(inside)
    })
  } finally {
    for (const one of later) await one(db)
  }
}

/**
 * What must stay on record although the act is refused: done when the transaction that `inTransaction` opened has ended, whether
 * it held or was undone, never on a second connection beside it; without a transaction at once.
 */
export async function evenIfUndone(db: Database, work: (db: Database) => Promise<void>): Promise<void> {
  const later = afterwards.get(db)
  if (later) later.push(work)
  else await work(db)
}
