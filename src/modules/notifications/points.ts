import { dateInBeijing, type PlainDate } from '#lib/beijing-time'

/** When those who owe are reminded. */
export interface ReminderPoints {
  /** Days before the due day; 0 is the day itself. */
  daysBefore: readonly number[]
  /** First day after the due day, and from then on every so many days. */
  lateFrom: number
  lateEvery: number
}

export const usualPoints: ReminderPoints = { daysBefore: [7, 3, 1, 0], lateFrom: 1, lateEvery: 7 }

const day = 86_400_000
const daysBetween = (from: PlainDate, to: PlainDate) => (Date.parse(to) - Date.parse(from)) / day

/**
 * The newest point that has come, as days before the due day (late ones are negative), or null: who was not told for days is
 * told once, not once for each point. A point that had passed before the duty was opened was never missed.
 */
export function newestPoint(
  duty: { dueOn: PlainDate; openedAt: Date },
  today: PlainDate,
  points: ReminderPoints,
): number | null {
  const left = daysBetween(today, duty.dueOn)
  const late = -left
  if (late >= points.lateFrom)
    return -(points.lateFrom + Math.floor((late - points.lateFrom) / points.lateEvery) * points.lateEvery)
  const passed = points.daysBefore.filter(point => point >= left)
  if (passed.length === 0) return null
  const newest = Math.min(...passed)
  return daysBetween(dateInBeijing(duty.openedAt), duty.dueOn) >= newest ? newest : null
}

/** The end of the last day that is reminded of already: what is due until then is walked over. */
export function remindedUntil(today: PlainDate, all: readonly ReminderPoints[]): Date {
  const furthest = Math.max(0, ...all.flatMap(points => points.daysBefore))
  return new Date(Date.parse(`${today}T00:00:00+08:00`) + (furthest + 1) * day)
}
