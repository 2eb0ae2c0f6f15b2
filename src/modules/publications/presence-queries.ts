import { sql } from 'kysely'
import type { Staff } from '#platform/actor'
import type { Database } from '#platform/db/database'

const recent = 15 * 60 * 1000
const forgotten = 24 * 3600 * 1000

/** Notes that somebody has opened the editor. */
export async function noteOpened(db: Database, publicationId: string, by: Staff, now: Date): Promise<void> {
  await db
    .deleteFrom('editPresence')
    .where('openedAt', '<', new Date(now.getTime() - forgotten))
    .execute()
  await sql`insert into edit_presence (publication_id, staff_id, staff_name, opened_at)
    values (${publicationId}, ${by.id}, ${by.name}, ${now})
    on conflict (publication_id, staff_id) do update set staff_name = excluded.staff_name, opened_at = excluded.opened_at`.execute(
    db,
  )
}

/** Who saves or leaves has done with it. */
export async function noteClosed(db: Database, publicationId: string, staffId: string): Promise<void> {
  await db
    .deleteFrom('editPresence')
    .where('publicationId', '=', publicationId)
    .where('staffId', '=', staffId)
    .execute()
}

/** Colleagues who opened the editor in the last quarter of an hour, the newest first. */
export async function listOthersEditing(
  db: Database,
  publicationId: string,
  staffId: string,
  now: Date,
): Promise<{ name: string; openedAt: Date }[]> {
  return db
    .selectFrom('editPresence')
    .select(['staffName as name', 'openedAt'])
    .where('publicationId', '=', publicationId)
    .where('staffId', '!=', staffId)
    .where('openedAt', '>', new Date(now.getTime() - recent))
    .orderBy('openedAt', 'desc')
    .limit(5)
    .execute()
}
