import type { PlainDate } from '#lib/beijing-time'

/** What 公开时限 says, read from the words that catalogues print (R-GRS, columns of §11.2). */
export type CatalogueLimit = {
  /** Working days for which a list stays posted: 公示7个工作日. */
  posting?: number
} & (
  | { on: 'event'; from: string; limit: EventLimit }
  | { on: 'period'; every: Every; due: PeriodDue }
  /** Nothing comes round and no event begins it: it is kept as it should be. */
  | { on: 'upkeep' }
)
export type EventLimit = { amount: number; unit: 'working-days' | 'days' | 'hours' } | 'promptly' | 'at-once'
export type Every = 'month' | 'quarter' | 'year'
/** Within the period, so many days after its end, or by a day of the time that follows it. */
export type PeriodDue = 'within' | { after: number; unit: 'working-days' | 'days' } | { by: string }

const chineseDigits: Record<string, number> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** 20, 二十, 十五 → a number; 0 when it is none. */
function numberIn(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const [tens, ones] = text.includes('十') ? text.split('十') : ['0', text]
  const digit = (sign: string | undefined, blank: number) =>
    sign === undefined || sign === '' ? blank : (chineseDigits[sign] ?? 0)
  return text.includes('十') ? digit(tens, 1) * 10 + digit(ones, 0) : digit(ones, 0)
}

const figure = '(\\d{1,3}|[一二两三四五六七八九十]{1,3})'
const units: Record<string, 'working-days' | 'days' | 'hours'> = {
  个工作日: 'working-days',
  工作日: 'working-days',
  日: 'days',
  天: 'days',
  个自然日: 'days',
  自然日: 'days',
  小时: 'hours',
  个小时: 'hours',
}
const unit = `(${Object.keys(units)
  .toSorted((a, b) => b.length - a.length)
  .join('|')})`

export type ReadLimit = { limit: CatalogueLimit } | { fault: string }

/** What may be written, told wherever something else stands. */
export const limitHelp =
  '可以写：20个工作日内、批准后20日内、及时公开、实时公开、每月公开、每月10日前、每季度结束后15日内、每年1月31日前、长期公开。'

/** @returns the limit, or what is wrong with the words and what to write in their place. */
export function readLimit(printed: string): ReadLimit {
  const words = printed
    .replace(/[\s　]/g, '')
    .replace(/[０-９]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
  if (words === '') return { fault: `公开时限空着。${limitHelp}` }
  const posting = new RegExp(`(?:公示|公告)(?:期限?)?(?:不少于)?${figure}个?工作日`).exec(words)
  const posted = posting ? { posting: numberIn(posting[1] ?? '') } : {}
  const rest = posting ? words.replace(posting[0], '') : words
  const periodic = periodIn(rest)
  if (periodic) return 'fault' in periodic ? periodic : { limit: { ...posted, ...periodic } }
  const event = eventIn(rest)
  if (event) return 'fault' in event ? event : { limit: { ...posted, ...event } }
  if (/长期|常年|动态/.test(rest)) return { limit: { ...posted, on: 'upkeep' } }
  if (/实时|即时|随时/.test(rest))
    return { limit: { ...posted, on: 'event', from: '信息形成', limit: 'at-once' } }
  if (/及时/.test(rest)) return { limit: { ...posted, on: 'event', from: '信息形成', limit: 'promptly' } }
  if (/更新|维护/.test(rest)) return { limit: { ...posted, on: 'upkeep' } }
  // A posting alone, as 公告期限5个工作日: its day is that of the posting
  if (posting) return { limit: { ...posted, on: 'event', from: '信息形成', limit: 'promptly' } }
  return { fault: `“${printed.slice(0, 30)}”看不出什么时候公开。${limitHelp}` }
}

function eventIn(words: string): { on: 'event'; from: string; limit: EventLimit } | { fault: string } | null {
  const found = new RegExp(`${figure}${unit}(?:以?内|之内|公开|前)?`).exec(words)
  if (!found) {
    const bare = /\d+(?=以?内|公开|$)/.exec(words)
    return bare
      ? { fault: `“${bare[0]}”后面没有写单位。请写成“${bare[0]}个工作日内”或者“${bare[0]}日内”。` }
      : null
  }
  const amount = numberIn(found[1] ?? '')
  if (amount === 0) return { fault: `时限不能是“${found[0]}”。当天公开的请写“实时公开”。` }
  const before = words.slice(0, found.index).replace(/^(?:应当)?(?:在|自)/, '')
  const from = before.replace(/(?:之日)?(?:起|后)?$/, '') || '信息形成或者变更'
  return { on: 'event', from, limit: { amount, unit: units[found[2] ?? ''] ?? 'working-days' } }
}

const everyOf: [RegExp, Every][] = [
  [/每个?月|按月|月度/, 'month'],
  [/每个?季度?|按季度?|季度|季后|季末/, 'quarter'],
  [/每年|按年|年度|逐年/, 'year'],
]

function periodIn(words: string): { on: 'period'; every: Every; due: PeriodDue } | { fault: string } | null {
  if (/每?半年|每周|每旬|每日|每天/.test(words))
    return { fault: `“${words}”的周期不能自动提醒。请写每月、每季度或者每年；每天更新的写“长期公开”。` }
  const every = everyOf.find(([pattern]) => pattern.test(words))?.[1]
  if (!every) return null
  const day = /(?:(\d{1,2})月)?(\d{1,2})[日号](?:之?前|以前)/.exec(words)
  if (day && (day[1] === undefined) === (every === 'month')) {
    const [, month, date = ''] = day
    const by = `${(month ?? '1').padStart(2, '0')}-${date.padStart(2, '0')}`
    if (!isDayOfYear(by) || (every === 'month' && Number(date) > 28))
      return { fault: `“${day[0]}”这一天不是每个周期都有。每月请写1日到28日之间，每年请写存在的日期。` }
    if (every === 'quarter') return { fault: '每季度的时限请写成“每季度结束后15日内”。' }
    return { on: 'period', every, due: { by: every === 'month' ? date.padStart(2, '0') : by } }
  }
  const after = new RegExp(`(?:后|起)${figure}${unit}`).exec(words)
  if (after && !after[0].includes('小时')) {
    const amount = numberIn(after[1] ?? '')
    const counted = units[after[2] ?? ''] === 'working-days' ? 'working-days' : 'days'
    if (amount === 0) return { fault: '时限不能是0天。请写成“每季度结束后15日内”。' }
    return { on: 'period', every, due: { after: amount, unit: counted } }
  }
  if (new RegExp(`${figure}${unit}`).test(words) && !/每/.test(words)) return null
  return { on: 'period', every, due: 'within' }
}

function isDayOfYear(monthAndDay: string): boolean {
  const at = new Date(`2025-${monthAndDay}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(5, 10) === monthAndDay
}

/** How long 及时 and 实时 may take here: a choice of each site, in working days. */
export interface Promptness {
  promptly: number
  atOnce: number
}
/** 及时 is never later than the general limit of the law (条例 Art. 26, R-PUB-08). */
export const usualPromptness: Promptness = { promptly: 20, atOnce: 1 }

export function countedLimit(
  limit: EventLimit,
  { promptly, atOnce }: Promptness,
): { amount: number; unit: 'working-days' | 'days' | 'hours' } {
  if (limit === 'promptly') return { amount: promptly, unit: 'working-days' }
  if (limit === 'at-once') return { amount: atOnce, unit: 'working-days' }
  return limit
}

/** A period that a cadence asks for: its name, when the work begins, and by when it is done. */
export interface Period {
  name: string
  words: string
  begins: PlainDate
  limit: { fixedOn: PlainDate } | { amount: number; unit: 'working-days' | 'days' }
}

const iso = (at: Date) => at.toISOString().slice(0, 10)
const utc = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day))
const monthsIn: Record<Every, number> = { month: 1, quarter: 3, year: 12 }

/** The periods that run on a day: begun, and not yet due. What was due before is not reproached. */
export function periodsOn(every: Every, due: PeriodDue, today: PlainDate): Period[] {
  const length = monthsIn[every]
  const [year = 0, month = 1] = today.split('-').map(Number)
  const first = Math.floor((month - 1) / length) * length
  return [first - length, first].flatMap(start => {
    const from = utc(year, start, 1)
    const last = utc(year, start + length, 0)
    const period = { ...nameOf(every, from), ...spanOf(every, due, from, last) }
    return period.begins <= today && today <= period.lastDay ? [asPeriod(period)] : []
  })
}

const asPeriod = ({ lastDay: _, ...period }: Period & { lastDay: PlainDate }): Period => period

function nameOf(every: Every, from: Date): { name: string; words: string } {
  const year = from.getUTCFullYear()
  const month = from.getUTCMonth() + 1
  if (every === 'year') return { name: `${year}`, words: `${year}年` }
  if (every === 'month')
    return { name: `${year}-${String(month).padStart(2, '0')}`, words: `${year}年${month}月` }
  const quarter = Math.ceil(month / 3)
  return { name: `${year}-Q${quarter}`, words: `${year}年第${quarter}季度` }
}

function spanOf(every: Every, due: PeriodDue, from: Date, last: Date) {
  if (due === 'within') return { begins: iso(from), limit: { fixedOn: iso(last) }, lastDay: iso(last) }
  if ('by' in due) {
    const next = new Date(last.getTime() + 86_400_000)
    const fixedOn =
      every === 'month' ? `${iso(next).slice(0, 7)}-${due.by}` : `${next.getUTCFullYear()}-${due.by}`
    return { begins: iso(next), limit: { fixedOn }, lastDay: fixedOn }
  }
  // Working days reach further than as many days: the calendar decides, here it is only asked whether it may still run
  const reach = due.unit === 'days' ? due.after : due.after * 2 + 7
  const limit = { amount: due.after, unit: due.unit }
  return { begins: iso(last), limit, lastDay: iso(new Date(last.getTime() + reach * 86_400_000)) }
}
