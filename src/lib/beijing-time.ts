/**
 * Every date that the law counts is a date in Beijing (Asia/Shanghai, UTC+8, no summer time since 1991).
 * Plain dates are ISO strings (`2026-11-23`); instants are `Date`.
 */
export type PlainDate = string

const eightHours = 8 * 3600 * 1000

/** `2026-11-23` */
export function dateInBeijing(at: Date): PlainDate {
  return new Date(at.getTime() + eightHours).toISOString().slice(0, 10)
}

/** `2026-11-17 10:02`: the form of the visible publishing time and of PubDate (S-META-04, S-META-06). */
export function momentInBeijing(at: Date): string {
  return new Date(at.getTime() + eightHours).toISOString().slice(0, 16).replace('T', ' ')
}

/** Instant of a Beijing wall-clock time, `2026-11-17` (midnight) or `2026-11-17 10:02`; null when it does not exist. */
export function fromBeijing(text: string): Date | null {
  const found = /^(?!0000)(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?$/.exec(text.trim())
  if (!found) return null
  const [, year, month, day, hour = '00', minute = '00'] = found
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:00+08:00`)
  return Number.isNaN(at.getTime()) || dateInBeijing(at) !== `${year}-${month}-${day}` ? null : at
}

/** The first instant of the next day in Beijing: validity and “today” change then. */
export function nextMidnight(at: Date): Date {
  return new Date(Date.parse(`${dateInBeijing(at)}T00:00:00+08:00`) + 24 * 3600 * 1000)
}

/** `2026年11月23日`, month and day without a leading zero (S-GWG-15). */
export function inChinese(date: PlainDate): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

const weekdays = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六']

/** `星期一` */
export function weekday(date: PlainDate): string {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''
}

/** Whether the text is a day that exists: `2026-02-30` is not. */
export function isPlainDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && fromBeijing(text) !== null
}
