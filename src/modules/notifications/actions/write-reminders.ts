import { listRemindable, listStillOpen, type RemindableDuty } from '#modules/duties'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { newestPoint, type ReminderPoints, remindedUntil, usualPoints } from '../points.ts'
import { pointsBySite, pointsOf } from '../queries.ts'
import { responsibleFor } from '../recipients.ts'
import { claimPoints, type Due, noteDayWritten, noteTold } from '../reminder-queries.ts'
import { reminderOf } from '../reminder-words.ts'
import { notify } from './notify.ts'

const pageSize = 1000

/**
 * Walks over what is late or due soon and tells each point that has come, once. What was told is noted with the telling, page
 * by page, so that a walk that is broken off goes on where it was. @returns how many duties somebody was reminded of.
 */
export async function writeReminders(ctx: Context): Promise<number> {
  const today = ctx.clock.today()
  const now = ctx.clock.now()
  const points = await pointsBySite(ctx.db)
  const dueBy = remindedUntil(today, [usualPoints, ...points.values()])
  let told = 0
  let after: RemindableDuty | null = null
  for (;;) {
    const duties: RemindableDuty[] = await listRemindable(ctx.db, {
      dueBy,
      begunBy: now,
      after,
      limit: pageSize,
    })
    const due = duties.flatMap(duty => dueOf(duty, today, pointsOf(points, duty.siteId)))
    told += await inTransaction(ctx.db, db => tell(db, ctx, due))
    after = duties.at(-1) ?? null
    if (duties.length < pageSize) break
  }
  await noteDayWritten(ctx.db, today, now)
  return told
}

function dueOf(duty: RemindableDuty, today: string, points: ReminderPoints): Due[] {
  const point = newestPoint(duty, today, points)
  return point === null ? [] : [{ dutyId: duty.id, dueOn: duty.dueOn, point }]
}

async function tell(db: Database, ctx: Context, due: readonly Due[]): Promise<number> {
  const now = ctx.clock.now()
  const news = await claimPoints(db, due, now)
  if (news.size === 0) return 0
  // Read again: what was met meanwhile needs no reminder
  const open = await listStillOpen(db, [...news])
  const people = await responsibleFor(db, ctx.clock.today(), [...open.values()])
  const told = due.flatMap(one => {
    const duty = news.has(one.dutyId) ? open.get(one.dutyId) : undefined
    const to = people.get(one.dutyId) ?? []
    return duty?.dueOn === one.dueOn && to.length > 0 ? [{ one, duty, to }] : []
  })
  await notify(
    db,
    ctx,
    told.map(({ one, duty, to }) => reminderOf(duty, one.point, now, to)),
  )
  await noteTold(
    db,
    told.map(({ one, to }) => ({ ...one, people: to.length })),
  )
  return told.length
}
