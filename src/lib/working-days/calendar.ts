import type { PlainDate } from '../beijing-time.ts'

/** A notice of the State Council, or of a region, that makes rest days and make-up workdays (R-CAL-03, R-CAL-04). */
export interface HolidayNotice {
  /** `国办发明电〔2025〕7号` */
  number: string
  /** The year whose working days are settled by it; none for a notice that only changes single days. */
  settles?: number | undefined
  holidays: readonly { name: string; rest: readonly PlainDate[]; work: readonly PlainDate[] }[]
}

export interface Day {
  works: boolean
  /** What makes it so: `星期六`, `国庆节放假`, `国庆节调休上班`. */
  why: string
  /** The notice or rule behind it. */
  ground: string
}

/** Which days are working days: Monday to Friday, but for what notices say (R-CAL-01). */
export interface WorkingCalendar {
  day(date: PlainDate): Day
  /** Whether a notice settles the year of this day; beyond that a count is provisional (R-CAL-09). */
  settled(date: PlainDate): boolean
}

const weekdays = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六']

/** Notices in the order of their issue: where two speak of a day, the later one counts. A first and a last day make a range. */
export function calendarOf(notices: readonly HolidayNotice[]): WorkingCalendar {
  const said = new Map<PlainDate, Day>()
  for (const { number, holidays } of notices)
    for (const { name, rest, work } of holidays) {
      for (const date of eachDay(rest[0], rest.at(-1)))
        said.set(date, { works: false, why: `${name}放假`, ground: number })
      for (const date of work) said.set(date, { works: true, why: `${name}调休上班`, ground: number })
    }
  const years = new Set(notices.map(notice => notice.settles))
  return {
    day: date => said.get(date) ?? defaultDay(date),
    settled: date => years.has(Number(date.slice(0, 4))),
  }
}

function defaultDay(date: PlainDate): Day {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return {
    works: weekday > 0 && weekday < 6,
    why: weekdays[weekday] ?? '',
    ground: 'R-CAL-01',
  }
}

function* eachDay(first: PlainDate | undefined, last: PlainDate | undefined): Generator<PlainDate> {
  if (first === undefined || last === undefined) return
  for (let date = first; date <= last; date = addDays(date, 1)) yield date
}

/** @param days may be negative. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The same day of a later (or earlier) month, or the last one of a shorter month: 31 January and a month is 28 February. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const index = year * 12 + month - 1 + months
  const lastDay = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate()
  const iso = new Date(Date.UTC(Math.floor(index / 12), index % 12, Math.min(day, lastDay)))
  return iso.toISOString().slice(0, 10)
}
