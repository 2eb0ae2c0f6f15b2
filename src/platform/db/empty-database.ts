import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/**
 * Empties every table. What is append-only guards against acts, not against the owner who ends an installation that never was
 * more than a sample; the application's role cannot do this.
 */
export async function emptyDatabase(db: Database): Promise<void> {
  await db.connection().execute(async one => {
    await sql`reset role`.execute(one)
    try {
      const { rows } = await sql<{ name: string }>`
        select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'`.execute(
        one,
      )
      await sql.raw(`truncate ${rows.map(row => row.name).join(', ')}`).execute(one)
      await sql`insert into installation (founded_as) values ('empty')`.execute(one)
    } finally {
      await sql`set role mingtang_app`.execute(one)
    }
  })
}
