import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import { type MailChoice, usualMailChoice } from './notification.ts'
import { type ReminderPoints, usualPoints } from './points.ts'

export interface NotificationRow {
  id: string
  title: string
  sentence: string
  address: string
  aboutKind: string | null
  aboutId: string | null
  dueOn: PlainDate | null
  urgent: boolean
  madeAt: Date
  readAt: Date | null
}

const columns = [
  'id',
  'title',
  'sentence',
  'address',
  'aboutKind',
  'aboutId',
  'dueOn',
  'urgent',
  'madeAt',
  'readAt',
] as const

/** Adds those that were not told yet. */
export const insertNotifications = (
  db: Database,
  rows: readonly (Omit<NotificationRow, 'readAt'> & { staffId: string; subjectKey: string })[],
): Promise<void> => insertMany(db, 'notifications', rows, sql`on conflict (staff_id, subject_key) do nothing`)

export type NotificationFilter = 'all' | 'unread' | 'urgent'

/** The own notifications: unread first, the newest first. */
export async function listNotifications(
  db: Database,
  staffId: string,
  show: NotificationFilter,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<PageOf<NotificationRow>> {
  let query = db.selectFrom('notifications').where('staffId', '=', staffId)
  if (show === 'unread') query = query.where('readAt', 'is', null)
  if (show === 'urgent') query = query.where('urgent', '=', true)
  const { total } = await query.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(columns)
    .orderBy(sql`(read_at is null)`, 'desc')
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { rows, page, pageSize, total }
}

export const findOwn = (db: Database, staffId: string, id: string): Promise<NotificationRow | undefined> =>
  db
    .selectFrom('notifications')
    .select(columns)
    .where('staffId', '=', staffId)
    .where(sql`id::text`, '=', id)
    .executeTakeFirst()

/** How many wait to be read; counting ends at 99. */
export async function countUnread(db: Database, staffId: string): Promise<{ count: number; late: boolean }> {
  const { rows } = await sql<{ count: number; late: boolean | null }>`
    select count(*)::int as count, bool_or(urgent) as late
    from (select urgent from notifications where staff_id = ${staffId} and read_at is null
      order by (read_at is null) desc, made_at desc, id limit 99) as waiting`.execute(db)
  return { count: rows[0]?.count ?? 0, late: rows[0]?.late ?? false }
}

/** @param ids of which; left out: of all. */
export async function markRead(
  db: Database,
  at: Date,
  which: { staffId: string; ids?: readonly string[] },
): Promise<void> {
  let query = db
    .updateTable('notifications')
    .set({ readAt: at })
    .where('staffId', '=', which.staffId)
    .where('readAt', 'is', null)
  if (which.ids) query = query.where('id', 'in', [...which.ids])
  await query.execute()
}

export async function mailChoiceOf(db: Database, staffId: string): Promise<MailChoice> {
  const row = await db
    .selectFrom('mailChoices')
    .select('mail')
    .where('staffId', '=', staffId)
    .executeTakeFirst()
  return (row?.mail as MailChoice | undefined) ?? usualMailChoice
}

export async function saveMailChoice(
  db: Database,
  staffId: string,
  chosen: { mail: MailChoice; changedAt: Date },
): Promise<void> {
  await db
    .insertInto('mailChoices')
    .values({ staffId, ...chosen })
    .onConflict(conflict => conflict.column('staffId').doUpdateSet(chosen))
    .execute()
}

export interface SitePoints extends ReminderPoints {
  changedBy: string
  changedAt: Date
}

/** Points of the sites that do not go by the usual ones. */
export async function pointsBySite(db: Database): Promise<Map<string, SitePoints>> {
  const rows = await db
    .selectFrom('reminderPoints')
    .select(['siteId', 'daysBefore', 'lateFrom', 'lateEvery', 'changedBy', 'changedAt'])
    .execute()
  return new Map(rows.map(({ siteId, ...points }) => [siteId, points]))
}

export const pointsOf = (points: ReadonlyMap<string, ReminderPoints>, siteId: string): ReminderPoints =>
  points.get(siteId) ?? usualPoints

export async function savePoints(
  db: Database,
  siteId: string,
  points: SitePoints & { changedById: string | null },
): Promise<void> {
  const values = { ...points, daysBefore: [...points.daysBefore] }
  await db
    .insertInto('reminderPoints')
    .values({ siteId, ...values })
    .onConflict(conflict => conflict.column('siteId').doUpdateSet(values))
    .execute()
}
