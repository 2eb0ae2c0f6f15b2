import type { PlainDate } from '../beijing-time.ts'
import { addDays, addMonths, type WorkingCalendar } from './calendar.ts'

/** How long something may take, and which rule says so. Hours are natural hours and counted by `hoursAfter` (R-CAL-08). */
export interface Limit {
  amount: number
  unit: 'working-days' | 'days' | 'months' | 'years'
  /** `R-REQ-22`, `条例第三十三条` */
  rule: string
}

/** Days that are not counted: those after `from` up to and including `to` (R-REQ-25). */
export interface Pause {
  from: PlainDate
  /** Null: it goes on, and no due day can be named yet. */
  to: PlainDate | null
  why: string
  rule: string
}

/** What happened to the clock. */
export interface ClockEvents {
  started: PlainDate
  why?: string | undefined
  /** Counting begins anew after the last of these days: a correction came in, a fee was paid (R-REQ-13, R-FEE-08). */
  restarted?: readonly { on: PlainDate; why: string; rule: string }[]
  /** Something is awaited that will restart the clock, so that no due day can be named: 已告知补正. */
  awaiting?: { since: PlainDate; why: string; rule: string } | undefined
  paused?: readonly Pause[]
  /** In the unit of the limit, and never more than `most`. */
  extended?: { by: number; most: number; why: string; rule: string } | undefined
}

/** One day of the arithmetic. */
export interface CountedDay {
  date: PlainDate
  counts: boolean
  why: string
  rule: string
}

export interface DueDay {
  /** End of this day (Beijing); null while the clock stands. */
  due: PlainDate | null
  /** Some day of the count lies in a year for which no notice is loaded (R-CAL-09). */
  provisional: boolean
  explanation: CountedDay[]
}

const longest = 10_000

/**
 * The day by which something is due, and day by day why. The starting day is not counted (R-CAL-05, R-CAL-06); a period in
 * days, months or years that ends on a rest day ends on the next working day (R-CAL-06).
 * @throws RangeError when an extension is longer than it may be, or the limit is not a whole number of units.
 */
export function dueDay(limit: Limit, events: ClockEvents, calendar: WorkingCalendar): DueDay {
  const { extended } = events
  if (!Number.isInteger(limit.amount) || limit.amount < 0 || limit.amount > longest)
    throw new RangeError('期限应是 0 到 10000 的整数。')
  if (extended && (extended.by > extended.most || extended.by < 0))
    throw new RangeError(`延长最多 ${extended.most}，不能延长 ${extended.by}（${extended.rule}）。`)
  const start = startOf(events, limit)
  const explanation = [start]
  const awaiting = events.awaiting
  if (awaiting && awaiting.since >= start.date) {
    const { since, why, rule } = awaiting
    explanation.push({ date: since, counts: false, why: `${why}，期限停止，收到后重新计算`, rule })
    return { due: null, provisional: false, explanation }
  }
  const count = limit.unit === 'working-days' ? countWorkingDays : countNaturalDays
  const due = count(limit, start.date, events, calendar, explanation)
  return { due, provisional: explanation.some(day => !calendar.settled(day.date)), explanation }
}

function startOf(events: ClockEvents, limit: Limit): CountedDay {
  const restart = (events.restarted ?? []).toSorted((a, b) => (a.on < b.on ? -1 : 1)).at(-1)
  if (restart && restart.on >= events.started)
    return {
      date: restart.on,
      counts: false,
      why: `${restart.why}，重新起算，当日不计`,
      rule: restart.rule,
    }
  return {
    date: events.started,
    counts: false,
    why: `${events.why ?? '起算'}，当日不计`,
    rule: limit.unit === 'working-days' ? 'R-CAL-05' : 'R-CAL-06',
  }
}

/** Overlapping pauses stop a day once (R-REQ-25). */
const pauseOn = (events: ClockEvents, date: PlainDate) =>
  events.paused?.find(pause => date > pause.from && (pause.to === null || date <= pause.to))

function countWorkingDays(
  limit: Limit,
  start: PlainDate,
  events: ClockEvents,
  calendar: WorkingCalendar,
  explanation: CountedDay[],
): PlainDate | null {
  const { extended } = events
  const total = limit.amount + (extended?.by ?? 0)
  let date = start
  for (let counted = 0; counted < total; ) {
    date = addDays(date, 1)
    const { works, why, ground } = calendar.day(date)
    const pause = pauseOn(events, date)
    if (pause?.to === null) return standing(pause, date, explanation)
    if (!works) explanation.push({ date, counts: false, why, rule: ground })
    else if (pause) explanation.push({ date, counts: false, why: `${pause.why}，不计入`, rule: pause.rule })
    else {
      counted += 1
      const isExtended = counted > limit.amount
      explanation.push({
        date,
        counts: true,
        why: isExtended
          ? `延长的第 ${counted - limit.amount} 个工作日`
          : `第 ${counted} 个工作日${works && ground !== 'R-CAL-01' ? `（${why}）` : ''}`,
        rule: isExtended ? (extended?.rule ?? limit.rule) : limit.rule,
      })
    }
  }
  return date
}

function standing(pause: Pause, date: PlainDate, explanation: CountedDay[]): null {
  explanation.push({ date, counts: false, why: `${pause.why}，尚未结束，期限暂停`, rule: pause.rule })
  return null
}

/** Days, months and years: the last day is reckoned, days of pauses are added, and a rest day gives way to the next working day. */
function countNaturalDays(
  limit: Limit,
  start: PlainDate,
  events: ClockEvents,
  calendar: WorkingCalendar,
  explanation: CountedDay[],
): PlainDate | null {
  const { extended } = events
  let due = later(start, limit.amount + (extended?.by ?? 0), limit.unit)
  explanation.push({
    date: due,
    counts: true,
    why: `${limit.amount} ${unitWords[limit.unit]}${extended ? `，延长 ${extended.by}` : ''}，到这一天`,
    rule: limit.rule,
  })
  for (let date = addDays(start, 1); date <= due; date = addDays(date, 1)) {
    const pause = pauseOn(events, date)
    if (!pause) continue
    if (pause.to === null) return standing(pause, date, explanation)
    due = addDays(due, 1)
    explanation.push({ date, counts: false, why: `${pause.why}，不计入，顺延一日`, rule: pause.rule })
  }
  for (;;) {
    const { works, why, ground } = calendar.day(due)
    if (works) break
    explanation.push({ date: due, counts: false, why: `${why}，届满日顺延`, rule: `R-CAL-06；${ground}` })
    due = addDays(due, 1)
  }
  explanation.push({ date: due, counts: true, why: '届满', rule: 'R-CAL-06' })
  return due
}

const unitWords = { 'working-days': '个工作日', days: '日', months: '个月', years: '年' } as const

function later(start: PlainDate, amount: number, unit: Limit['unit']): PlainDate {
  if (unit === 'months') return addMonths(start, amount)
  return unit === 'years' ? addMonths(start, amount * 12) : addDays(start, amount)
}

/** Natural hours (R-CAL-08). */
export const hoursAfter = (start: Date, hours: number): Date => new Date(start.getTime() + hours * 3_600_000)

/** The last day on which something may happen that must lie this far before a day: 听证会七日前. Rest days give way backwards. */
export function dayBefore(limit: Limit, day: PlainDate, calendar: WorkingCalendar): PlainDate {
  let date = limit.unit === 'working-days' ? day : later(day, -limit.amount, limit.unit)
  for (let left = limit.unit === 'working-days' ? limit.amount : 0; left > 0; ) {
    date = addDays(date, -1)
    if (calendar.day(date).works) left -= 1
  }
  while (!calendar.day(date).works) date = addDays(date, -1)
  return date
}

/** Working days from today until the due day, today not counted; negative when it has passed. */
export function workingDaysLeft(due: PlainDate, today: PlainDate, calendar: WorkingCalendar): number {
  const [first, last] = due < today ? [due, today] : [today, due]
  let days = 0
  for (let date = addDays(first, 1); date <= last; date = addDays(date, 1))
    if (calendar.day(date).works) days += 1
  return due < today ? -days : days
}
