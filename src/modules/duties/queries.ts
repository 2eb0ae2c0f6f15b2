import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { HolidayNotice } from '#lib/working-days/calendar'
import type { Database } from '#platform/db/database'

export interface RecordedNotice extends HolidayNotice {
  id: string
  issuedOn: PlainDate
  organId: string | null
  reason: string | null
  recordedBy: string
  recordedAt: Date
  withdrawnAt: Date | null
  withdrawnBy: string | null
  withdrawnReason: string | null
}

export interface NewNotice {
  id: string
  organId: string | null
  number: string
  issuedOn: PlainDate
  settles: number | null
  holidays: HolidayNotice['holidays']
  reason: string | null
  recordedBy: string
  recordedById: string | null
  recordedAt: Date
}

/** Notices are recorded and withdrawn one after the other, so that what was previewed is what comes. */
export async function lockCalendar(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('mingtang.calendar'))`.execute(db)
}

/** Everything that was recorded here, withdrawn ones too, the newest first. */
export async function listNotices(db: Database): Promise<RecordedNotice[]> {
  const rows = await db
    .selectFrom('holidayNotices')
    .selectAll()
    .orderBy('issuedOn', 'desc')
    .orderBy('recordedAt', 'desc')
    .limit(500)
    .execute()
  return rows.map(({ settles, holidays, ...row }) => ({
    ...row,
    settles: settles ?? undefined,
    holidays: holidays as unknown as HolidayNotice['holidays'],
  }))
}

export async function insertNotice(db: Database, notice: NewNotice): Promise<void> {
  await db
    .insertInto('holidayNotices')
    .values({ ...notice, holidays: JSON.stringify(notice.holidays) })
    .execute()
}

export async function withdrawNoticeRow(
  db: Database,
  id: string,
  withdrawn: {
    withdrawnAt: Date
    withdrawnBy: string
    withdrawnById: string | null
    withdrawnReason: string
  },
): Promise<void> {
  await db.updateTable('holidayNotices').set(withdrawn).where('id', '=', id).execute()
}

export const listPeriodicChoices = (
  db: Database,
): Promise<{ siteId: string; rule: string; owed: boolean; changedBy: string; changedAt: Date }[]> =>
  db
    .selectFrom('periodicChoices')
    .select(['siteId', 'rule', 'owed', 'changedBy', 'changedAt'])
    .limit(10_000)
    .execute()
