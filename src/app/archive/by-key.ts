import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/**
 * How a transaction that walks through everything reads: instants in UTC, and each portion by its keys. Without this the
 * database, which knows nothing yet of tables that were just filled, reads whole tables for every hundred rows.
 */
export async function readByKey(db: Database): Promise<void> {
  await sql`set local time zone 'UTC'`.execute(db)
  for (const way of ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'])
    await sql`set local ${sql.id(way)} = off`.execute(db)
}
