import type { PlanReading } from './reader/plan-reading.ts'

const digits = '〇一二三四五六七八九'

/** The year that a plan is for, by its title; else that of its number, else of its day. Null: it says none. */
export function yearOf(title: string, reading: Pick<PlanReading, 'docNo' | 'date'>): number | null {
  const arabic = /(?<!\d)((?:19|20)\d{2})\s?年/.exec(title)?.[1]
  const chinese = /([一二][〇○零一二三四五六七八九]{3})年/.exec(title)?.[1]?.replace(/[○零]/g, '〇')
  const inChinese = chinese && [...chinese].map(sign => digits.indexOf(sign)).join('')
  const inNumber = /[〔[（(]((?:19|20)\d{2})[〕\]）)]/.exec(reading.docNo ?? '')?.[1]
  const found = Number(arabic ?? inChinese ?? inNumber ?? reading.date?.slice(0, 4) ?? 0)
  return found >= 1980 && found <= 2100 ? found : null
}
