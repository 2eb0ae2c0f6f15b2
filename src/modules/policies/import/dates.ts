/** A date as found in print. `on` is null when it is no day of the calendar; `why` then says what is wrong. */
export type ReadDate = { on: string | null; time: string | null; printed: string; why: string | null }

const HAN_DIGITS = '〇一二三四五六七八九'
const HAN_YEAR = '[〇○零OoＯ0-9０-９一二三四五六七八九]{4}'
const HAN_NUMBER = '[元正一二三四五六七八九十廿卅]{1,4}'
const DIGIT = '[0-9０-９]'

const CHINESE = `(${DIGIT}(?:\\s*${DIGIT}){3})\\s*年\\s*(${DIGIT}(?:\\s?${DIGIT})?)\\s*月\\s*(${DIGIT}(?:\\s?${DIGIT})?)\\s*[日号]`
const HAN = `(${HAN_YEAR})\\s*年\\s*(${HAN_NUMBER})\\s*月\\s*(${HAN_NUMBER})\\s*[日号]`
const PLAIN = `(${DIGIT}{4})\\s*[-/.．－—–]{1,2}\\s*(${DIGIT}{1,2})\\s*[-/.．－—–]{1,2}\\s*(${DIGIT}{1,2})(?!${DIGIT})`
const TIME = `(?:\\s*[T ]?\\s*(${DIGIT}{1,2})[:：](${DIGIT}{2})(?:[:：]${DIGIT}{2})?)?`

/** The source of a pattern that finds a written-out date inside a sentence; it has no groups. */
export const DATE_IN_TEXT = `(?:${CHINESE}|${HAN})`.replace(/\((?!\?)/g, '(?:')

const SPELLINGS = [CHINESE, HAN, PLAIN].map(spelling => new RegExp(spelling + TIME))
const COMPACT = /^\s*((?:19|20)\d{2})(\d{2})(\d{2})\s*$/

/**
 * The first date in a printed value: `2017年3月10日`, `二〇一七年三月十日`, `2017-03-22 10:53`, `2017/3/22`, full-width
 * figures and blanks inside included. Null when there is none.
 */
export function readDate(text: string): ReadDate | null {
  for (const spelling of [...SPELLINGS, COMPACT]) {
    const match = spelling.exec(text)
    if (!match) continue
    const [printed, year = '', month = '', day = '', hour, minute] = match
    const time = hour && minute ? `${halfWidth(hour).padStart(2, '0')}:${halfWidth(minute)}` : null
    return { ...calendarDay(numberOf(year), numberOf(month), numberOf(day), printed.trim()), time }
  }
  return null
}

function calendarDay(year: number, month: number, day: number, printed: string): Omit<ReadDate, 'time'> {
  const wrong = (why: string) => ({
    on: null,
    printed,
    why: `“${printed}”不是日历上有的日子：${why}。请对照原件核对后填写`,
  })
  if (year < 1900 || year > 2100) return wrong(`年份 ${year} 不可能`)
  if (month < 1 || month > 12) return wrong(`没有 ${month} 月`)
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day < 1 || day > last) return wrong(`${year} 年 ${month} 月只有 ${last} 天`)
  const pad = (value: number) => String(value).padStart(2, '0')
  return { on: `${year}-${pad(month)}-${pad(day)}`, printed, why: null }
}

/** Arabic, full-width or Chinese figures; Chinese ones place by place (二〇一七) or with 十 (二十一). */
function numberOf(printed: string): number {
  const text = halfWidth(printed).replace(/\s+/g, '')
  if (/^\d+$/.test(text)) return Number(text)
  const han = text
    .replace(/[○零OoＯ0]/g, '〇')
    .replace(/[1-9]/g, sign => HAN_DIGITS[Number(sign)] ?? sign)
    .replace(/[元正]/g, '一')
    .replace('廿', '二十')
    .replace('卅', '三十')
  if (!han.includes('十')) return Number([...han].map(sign => HAN_DIGITS.indexOf(sign)).join(''))
  const [tens = '', ones = ''] = han.split('十')
  return (tens === '' ? 1 : HAN_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : HAN_DIGITS.indexOf(ones))
}

export function halfWidth(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
}

/** The last day of a span of years and months that begins on `from`: five years from 05-06 end on 05-05. */
export function lastDayOfSpan(from: string, years: number, months: number): string {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number)
  const end = new Date(Date.UTC(year + years, month - 1 + months, day))
  end.setUTCDate(end.getUTCDate() - 1)
  return end.toISOString().slice(0, 10)
}
