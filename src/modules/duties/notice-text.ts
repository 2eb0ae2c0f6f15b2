import { inChinese, isPlainDate, type PlainDate, weekday } from '#lib/beijing-time'
import { addDays, type HolidayNotice } from '#lib/working-days/calendar'

export interface ReadNotice {
  number: string | null
  /** The year that the notice settles, by its title. */
  year: number | null
  issuedOn: PlainDate | null
  holidays: HolidayNotice['holidays']
  /** What cannot be right, by line. */
  faults: string[]
}

const brackets = /[（(][^（()）]*[）)]/g
const date = '(?:(\\d{4})年)?(\\d{1,2})月(\\d{1,2})日'
const range = new RegExp(
  `${date}(?:(?:至|到|—+|－|~|～|-)(?:(?:(\\d{4})年)?(\\d{1,2})月)?(\\d{1,2})日)?`,
  'g',
)

/**
 * Reads a notice on rest days as it is printed: a line a holiday, `春节：2月15日至23日放假调休，共9天。2月14日、2月28日上班。`
 * @param year of dates printed without one, when the text does not say it.
 */
export function readNoticeText(text: string, year?: number): ReadNotice {
  const plain = text
    .normalize('NFKC')
    .replace(/[[〔]/g, '〔')
    .replace(/[\]〕]/g, '〕')
  const said = Number(/关于(\d{4})年部分节假日安排/.exec(plain)?.[1]) || null
  const settled = said ?? year ?? null
  const faults: string[] = []
  const holidays: HolidayNotice['holidays'][number][] = []
  plain.split('\n').forEach((line, index) => {
    const [, name, days] =
      /^\s*(?:[一二三四五六七八九十]+、|\d+[.、])?\s*([^:\d]{1,20}):(.*)$/.exec(line) ?? []
    if (!name || !days || !/放假|上班|休/.test(days)) return
    const at = `第 ${index + 1} 行（${name.trim()}）`
    if (settled === null && !/\d{4}年/.test(days)) {
      faults.push(`${at}：没有写年份。请填写这份通知安排的是哪一年。`)
      return
    }
    holidays.push(readHoliday(name.trim(), days.replace(brackets, ''), settled ?? 0, at, faults))
  })
  if (holidays.length === 0 && faults.length === 0)
    faults.push('没有读到放假安排。每个节日写一行，例如“春节：2月15日至23日放假调休。2月14日、2月28日上班。”')
  return {
    number: /([\u4e00-\u9fa5]{2,12}〔\d{4}〕\d{1,4}号)/.exec(plain)?.[1] ?? null,
    year: said,
    issuedOn: issuedOn(plain),
    holidays,
    faults: [...faults, ...contradictions(holidays)],
  }
}

function readHoliday(name: string, days: string, year: number, at: string, faults: string[]) {
  const rest: PlainDate[] = []
  const work: PlainDate[] = []
  for (const sentence of days.split(/[。;]/)) {
    const isWork = sentence.includes('上班')
    for (const found of sentence.matchAll(range)) {
      const [first, last] = daysOf(found, year)
      if (!first || !last || last < first) {
        faults.push(`${at}：“${found[0]}”不是存在的日期，或者先后颠倒。`)
        continue
      }
      if (isWork) for (let day = first; day <= last; day = addDays(day, 1)) work.push(day)
      else {
        if (rest.length > 0) faults.push(`${at}：写了两段放假的日子，请分成两行。`)
        rest.push(first, last)
        const said = Number(/共(\d+)天|放假(\d+)天/.exec(sentence)?.slice(1).find(Boolean))
        const long = (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1
        if (said && said !== long)
          faults.push(`${at}：写着共 ${said} 天，从${inChinese(first)}到${inChinese(last)}却是 ${long} 天。`)
      }
    }
  }
  return { name, rest, work }
}

function daysOf(found: RegExpExecArray, year: number): [PlainDate | null, PlainDate | null] {
  const [, firstYear, month = '', day = '', lastYear, lastMonth, lastDay] = found
  const first = plainDate(Number(firstYear ?? year), month, day)
  if (lastDay === undefined) return [first, first]
  // Ranges over New Year print both years, or only the first
  const rolls = lastMonth !== undefined && Number(lastMonth) < Number(month)
  const endYear = Number(lastYear ?? Number(firstYear ?? year) + (rolls ? 1 : 0))
  return [first, plainDate(endYear, lastMonth ?? month, lastDay)]
}

function plainDate(year: number, month: string, day: string): PlainDate | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isPlainDate(text) ? text : null
}

/** The date that stands alone on a line, under the text. */
function issuedOn(text: string): PlainDate | null {
  const [, year, month = '', day = ''] = /^\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*$/m.exec(text) ?? []
  return year ? plainDate(Number(year), month, day) : null
}

function contradictions(holidays: HolidayNotice['holidays']): string[] {
  const faults: string[] = []
  const rests = (day: PlainDate) =>
    holidays.find(({ rest }) => rest[0] && day >= rest[0] && day <= (rest.at(-1) ?? ''))
  for (const { name, work } of holidays)
    for (const day of work) {
      const isWeekend = ['星期六', '星期日'].includes(weekday(day))
      if (!isWeekend)
        faults.push(`${name}：${inChinese(day)}是${weekday(day)}，本来就上班，不需要调休。请核对。`)
      const rest = rests(day)
      if (rest) faults.push(`${name}：${inChinese(day)}既写着上班，又在${rest.name}假期里。请核对。`)
    }
  return faults
}
