import { sql } from 'kysely'
import type { Staff } from '#platform/actor'
import type { Database } from '#platform/db/database'

/** A lock that gives no sign of life for so long is none. */
const lockMs = 90_000

export interface SectionLock {
  section: string
  staffId: string
  staffName: string
  takenAt: Date
  beatAt: Date
}

/** The locks that hold now. */
export function listLocks(db: Database, publicationId: string, now: Date): Promise<SectionLock[]> {
  return db
    .selectFrom('sectionLocks')
    .select(['section', 'staffId', 'staffName', 'takenAt', 'beatAt'])
    .where('publicationId', '=', publicationId)
    .where('beatAt', '>', new Date(now.getTime() - lockMs))
    .orderBy('takenAt')
    .execute()
}

/** Whoever has it, alive or not: who comes back after a pause finds whether somebody else has begun meanwhile. */
export const findLock = (
  db: Database,
  publicationId: string,
  section: string,
): Promise<SectionLock | undefined> =>
  db
    .selectFrom('sectionLocks')
    .select(['section', 'staffId', 'staffName', 'takenAt', 'beatAt'])
    .where('publicationId', '=', publicationId)
    .where('section', '=', section)
    .executeTakeFirst()

/** Takes the lock where it is free, one's own, or without a sign of life; `over` takes it from whoever has it. @returns who has it. */
export async function takeLock(
  db: Database,
  publicationId: string,
  section: string,
  by: Staff,
  now: Date,
  over = false,
): Promise<SectionLock> {
  await sql`insert into section_locks (publication_id, section, staff_id, staff_name, taken_at, beat_at)
    values (${publicationId}, ${section}, ${by.id}, ${by.name}, ${now}, ${now})
    on conflict (publication_id, section) do update
    set staff_id = excluded.staff_id, staff_name = excluded.staff_name, beat_at = excluded.beat_at,
      taken_at = case when section_locks.staff_id = excluded.staff_id then section_locks.taken_at else excluded.taken_at end
    where section_locks.staff_id = excluded.staff_id or ${over}
      or section_locks.beat_at <= ${new Date(now.getTime() - lockMs)}`.execute(db)
  const lock = await findLock(db, publicationId, section)
  if (!lock) throw new Error('a lock that was just taken is gone')
  return lock
}

/** @returns false when it is somebody else's now. */
export async function beatLock(
  db: Database,
  publicationId: string,
  section: string,
  staffId: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sectionLocks')
    .set({ beatAt: now })
    .where('publicationId', '=', publicationId)
    .where('section', '=', section)
    .where('staffId', '=', staffId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function freeLock(
  db: Database,
  publicationId: string,
  section: string,
  staffId: string,
): Promise<void> {
  await db
    .deleteFrom('sectionLocks')
    .where('publicationId', '=', publicationId)
    .where('section', '=', section)
    .where('staffId', '=', staffId)
    .execute()
}
