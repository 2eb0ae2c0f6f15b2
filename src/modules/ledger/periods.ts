import type { PlainDate } from '#lib/beijing-time'
import type { Every } from './task.ts'

/** The stretch of a cadence that a day lies in. */
export interface Period {
  /** `2026-Q4` */
  name: string
  words: string
  firstDay: PlainDate
  lastDay: PlainDate
}

const months: Record<Every, number> = { month: 1, quarter: 3, 'half-year': 6, year: 12 }
const iso = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)

export function periodOn(every: Every, today: PlainDate): Period {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const length = months[every]
  const first = Math.floor((month - 1) / length) * length
  const number = first / length + 1
  const names: Record<Every, [name: string, words: string]> = {
    month: [`${year}-${String(number).padStart(2, '0')}`, `${year}年${number}月`],
    quarter: [`${year}-Q${number}`, `${year}年第${number}季度`],
    'half-year': [`${year}-H${number}`, `${year}年${number === 1 ? '上' : '下'}半年`],
    year: [`${year}`, `${year}年`],
  }
  const [name, words] = names[every]
  return { name, words, firstDay: iso(year, first, 1), lastDay: iso(year, first + length, 0) }
}
