import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import type { Plan } from '../plan.ts'
import { listTasks } from '../queries.ts'
import { dutiesOfTasks, partOf } from '../task-duties.ts'

export interface OnTimeLine {
  organId: string
  organName: string
  /** Deadlines of the span that have passed, and those of them that were met in time. */
  due: number
  onTime: number
  /** Whole per cent, rounded down: 100 means all. */
  rate: number
}

/**
 * R-ASM-08 of a plan by unit, over the deadlines within a span (both days included): in time over what fell due by the day on
 * which the accepted report reached the office. What was waived or cancelled, or is not over today, counts for neither.
 */
export async function onTimeByUnit(
  db: Database,
  plan: Pick<Plan, 'id' | 'siteId'>,
  span: { from: PlainDate; to: PlainDate; today: PlainDate },
): Promise<OnTimeLine[]> {
  const tasks = (await listTasks(db, plan.id)).filter(task => task.droppedAt === null)
  const duties = await dutiesOfTasks(
    db,
    plan,
    tasks.map(task => task.id),
  )
  const passed = duties.flatMap(duty => {
    const { dueOn } = duty
    const counts = partOf(duty).part === 'due' && duty.waivedAt === null && dueOn !== null
    if (!counts || dueOn < span.from || dueOn > span.to || dueOn >= span.today) return []
    return [{ ...duty, isOnTime: duty.metAt !== null && dateInBeijing(duty.metAt) <= dueOn }]
  })
  return [...Map.groupBy(passed, duty => duty.organId)]
    .map(([organId, own]) => {
      const onTime = own.filter(duty => duty.isOnTime).length
      const rate = Math.floor((onTime * 100) / own.length)
      return { organId, organName: own[0]?.organName ?? '', due: own.length, onTime, rate }
    })
    .sort((a, b) => a.rate - b.rate || b.due - a.due || a.organName.localeCompare(b.organName, 'zh'))
}
