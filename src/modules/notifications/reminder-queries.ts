import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'

/** A point of a duty that has come, for the day it is due on now. */
export interface Due {
  dutyId: string
  dueOn: PlainDate
  point: number
}

/** Notes the points as told and gives back the duties of which that is news; two who ask at once do not both get one. */
export async function claimPoints(db: Database, due: readonly Due[], at: Date): Promise<Set<string>> {
  if (due.length === 0) return new Set()
  const { rows } = await sql<{ dutyId: string }>`
    insert into reminders (duty_id, due_on, point, told_at, told_to)
    select *, ${at}, 0 from unnest(${due.map(one => one.dutyId)}::uuid[], ${due.map(one => one.dueOn)}::date[],
      ${due.map(one => one.point)}::int[])
    on conflict do nothing returning duty_id`.execute(db)
  return new Set(rows.map(row => row.dutyId))
}

/** To how many people a point was told. */
export async function noteTold(db: Database, told: readonly (Due & { people: number })[]): Promise<void> {
  await sql`update reminders set told_to = t.people
    from unnest(${told.map(one => one.dutyId)}::uuid[], ${told.map(one => one.dueOn)}::date[],
      ${told.map(one => one.point)}::int[], ${told.map(one => one.people)}::int[]) as t (duty_id, due_on, point, people)
    where reminders.duty_id = t.duty_id and reminders.due_on = t.due_on and reminders.point = t.point`.execute(
    db,
  )
}

/** All reminders of the day are written up to this moment. */
export async function noteDayWritten(db: Database, day: PlainDate, at: Date): Promise<void> {
  await db
    .insertInto('reminderDays')
    .values({ day, writtenAt: at })
    .onConflict(conflict => conflict.column('day').doNothing())
    .execute()
}

/** When the reminders of a day were first all there; null: not yet. */
export async function dayWrittenAt(db: Database, day: PlainDate): Promise<Date | null> {
  const row = await db
    .selectFrom('reminderDays')
    .select('writtenAt')
    .where('day', '=', day)
    .executeTakeFirst()
  return row?.writtenAt ?? null
}
