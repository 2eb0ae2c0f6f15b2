import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { Mail } from './mail.ts'

/** What was told longer ago than this is not mailed any more: mail that is switched on brings no flood of old news. */
const mailedDays = 7

export interface Unmailed {
  id: string
  staffId: string
  title: string
  sentence: string
  aboutKind: string | null
  aboutId: string | null
  dueOn: PlainDate | null
  urgent: boolean
}

/** Which notifications may go into a mail now. */
export type MailRound =
  | { kind: 'at-once'; now: Date }
  | { kind: 'digest'; now: Date; day: PlainDate; madeBy: Date }

function mailable(round: MailRound): RawBuilder<SqlBool> {
  const since = new Date(round.now.getTime() - mailedDays * 86_400_000)
  const any = sql<SqlBool>`n.mail_id is null and n.read_at is null and n.made_at > ${since}
    and coalesce(c.mail, 'digest') <> 'off'`
  return round.kind === 'at-once'
    ? sql`${any} and (n.urgent or c.mail = 'at-once')`
    : sql`${any} and n.made_at <= ${round.madeBy} and coalesce(c.mail, 'digest') = 'digest'
        and not exists (select from mails m where m.staff_id = n.staff_id and m.day = ${round.day} and m.kind = 'digest')`
}

const from = sql`from notifications n left join mail_choices c on c.staff_id = n.staff_id`

/** People for whom there is something to mail, in pages by id. */
export async function listToMail(
  db: Database,
  round: MailRound,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ staffId: string }>`
    select distinct n.staff_id ${from} where ${mailable(round)} and (${after}::uuid is null or n.staff_id > ${after}::uuid)
    order by n.staff_id limit ${limit}`.execute(db)
  return rows.map(row => row.staffId)
}

/** What there is to mail to these people, held until the transaction ends; what another process holds is left to it. */
export async function takeUnmailed(
  db: Database,
  round: MailRound,
  staffIds: readonly string[],
): Promise<Unmailed[]> {
  const { rows } = await sql<Unmailed>`
    select n.id, n.staff_id, n.title, n.sentence, n.about_kind, n.about_id, n.due_on, n.urgent
    ${from} where ${mailable(round)} and n.staff_id = any(${[...staffIds]}::uuid[])
    order by n.urgent desc, n.due_on nulls last, n.made_at, n.id for update of n skip locked`.execute(db)
  return rows
}

/** The matter is settled: nobody needs to be told any more. */
export async function settle(db: Database, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`update notifications set read_at = ${at} where id = any(${[...ids]}::uuid[])`.execute(db)
}

export interface NewMail extends Omit<Mail, 'tries'> {
  organId: string
  kind: 'at-once' | 'digest'
  day: PlainDate | null
  items: number
  madeAt: Date
}

/** @returns false when this person has a digest of that day already. */
export async function insertMail(
  db: Database,
  mail: NewMail,
  notificationIds: readonly string[],
): Promise<boolean> {
  const made = await db
    .insertInto('mails')
    .values({ ...mail, nextTryAt: mail.madeAt })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return false
  await sql`update notifications set mail_id = ${mail.id} where id = any(${[...notificationIds]}::uuid[])`.execute(
    db,
  )
  return true
}

/** The next mail whose time has come, held until the transaction ends. */
export const takeNext = (db: Database, now: Date): Promise<Mail | undefined> =>
  db
    .selectFrom('mails')
    .select(['id', 'staffId', 'messageId', 'subject', 'bodyText', 'bodyHtml', 'tries'])
    .where('nextTryAt', '<=', now)
    .orderBy('nextTryAt')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export async function markSent(db: Database, id: string, at: Date): Promise<void> {
  await db
    .updateTable('mails')
    .set(eb => ({ sentAt: at, nextTryAt: null, tries: eb('tries', '+', 1), said: null }))
    .where('id', '=', id)
    .execute()
}

/** @param nextTryAt null: given up. */
export async function markUnsent(
  db: Database,
  id: string,
  tried: { nextTryAt: Date | null; said: string; at: Date },
): Promise<void> {
  const { nextTryAt, said, at } = tried
  await db
    .updateTable('mails')
    .set(eb => ({ nextTryAt, failedAt: nextTryAt ? null : at, said, tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export interface MailTrouble {
  id: string
  staffId: string
  kind: 'at-once' | 'digest'
  items: number
  madeAt: Date
  tries: number
  nextTryAt: Date | null
  failedAt: Date | null
  said: string | null
}

/** What was not taken, of people of these organs: given up, or waiting for another try. No texts. */
export async function listTroubles(
  db: Database,
  organIds: readonly string[],
  { page, pageSize }: { page: number; pageSize: number },
): Promise<PageOf<MailTrouble>> {
  const query = db
    .selectFrom('mails')
    .where('organId', 'in', [...organIds])
    .where(eb =>
      eb.or([eb('failedAt', 'is not', null), eb.and([eb('nextTryAt', 'is not', null), eb('tries', '>', 0)])]),
    )
  const { total } = await query.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['id', 'staffId', 'kind', 'items', 'madeAt', 'tries', 'nextTryAt', 'failedAt', 'said'])
    .orderBy(eb => eb.fn.coalesce('failedAt', 'madeAt'), 'desc')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { rows: rows.map(row => ({ ...row, kind: row.kind as MailTrouble['kind'] })), page, pageSize, total }
}

export async function countMails(
  db: Database,
  organIds: readonly string[],
  since: Date,
): Promise<{ waiting: number; failed: number; sent: number }> {
  const { rows } = await sql<{ waiting: number; failed: number; sent: number }>`
    select count(*) filter (where next_try_at is not null)::int as waiting,
      count(*) filter (where failed_at is not null)::int as failed,
      count(*) filter (where sent_at > ${since})::int as sent
    from mails where organ_id = any(${[...organIds]}::uuid[])`.execute(db)
  return rows[0] ?? { waiting: 0, failed: 0, sent: 0 }
}

/** Tries again from the beginning: one that was given up, or all of these organs. @returns how many. */
export async function sendAgain(
  db: Database,
  now: Date,
  which: { organIds: readonly string[]; id?: string | undefined },
): Promise<number> {
  let query = db
    .updateTable('mails')
    .set({ nextTryAt: now, failedAt: null, tries: 0 })
    .where('failedAt', 'is not', null)
    .where('organId', 'in', [...which.organIds])
  if (which.id !== undefined) query = query.where('id', '=', which.id)
  const { numUpdatedRows } = await query.executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** The texts of mails that arrived long ago are not kept. */
export async function forgetSent(db: Database, before: Date): Promise<void> {
  await db
    .updateTable('mails')
    .set({ bodyText: '', bodyHtml: '' })
    .where('sentAt', '<', before)
    .where('bodyText', '<>', '')
    .execute()
}
