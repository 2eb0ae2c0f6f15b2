import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/**
 * Empties every table, or none. What is append-only guards against acts, not against the owner who ends an installation that
 * never was more than a sample; the application's role cannot do this.
 */
export async function emptyDatabase(db: Database): Promise<void> {
  await db.transaction().execute(async one => {
    // The role of the application was asked for when connecting, so `reset role` would only come back to it
    await sql`set local role none`.execute(one)
    const { rows } = await sql<{ name: string }>`
      select quote_ident(tablename) as name from pg_tables
      where schemaname = 'public' and tablename <> 'schema_migrations'`.execute(one)
    for (const { name } of rows) await sql.raw(`alter table ${name} disable trigger user`).execute(one)
    await sql.raw(`truncate ${rows.map(row => row.name).join(', ')}`).execute(one)
    for (const { name } of rows) await sql.raw(`alter table ${name} enable trigger user`).execute(one)
    await sql`insert into installation (founded_as) values ('empty')`.execute(one)
  })
}
