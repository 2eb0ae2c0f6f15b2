import { numberOf } from './numbering.ts'
import type { Deadline } from './plan-reading.ts'

/** A deadline with its place. `assumed`: the year is not printed but taken from the plan. */
export type FoundDeadline = Deadline & { start: number; end: number; assumed: boolean; why: string | null }

const Y = '(?:[12][0-9]{3}|[１２][０-９]{3}|[二一][〇○零一二三四五六七八九]{3})\\s?年'
const RELATIVE_YEAR = '(?:今年|本年|当年|明年|次年|翌年|每年|来年)'
const N = '(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})'
const MONTH = `${N}\\s?月(?:份)?`
const DAY = `${N}\\s?[日号]`
const PART = '(?:[上中下]旬|月?底|月?末|月?初)'
const BEFORE = '(?:之前|以前|前)'

const PATTERNS = {
  /** 2017年6月底前, 8月15日前, 每年1月31日前, 每月5日前, 每季度后第一个月5日前 */
  dated: `(?:每季度(?:结束)?后第?[一1]?个?月|(?:${Y}|${RELATIVE_YEAR})?\\s?(?:${MONTH}\\s?(?:${DAY}|${PART})?|每月\\s?(?:${DAY}|${PART})))\\s?(?:${DAY})?\\s?${BEFORE}|(?:${Y}|${RELATIVE_YEAR})?\\s?${MONTH}\\s?(?:[底末]|${DAY}(?=完成|全面完成|全部完成|基本完成|建成|上线))`,
  /** 2017年底前, 年底前, 今年年底前, “十三五”末 */
  yearEnd: `(?:${Y}|${RELATIVE_YEAR})?\\s?年?[底末终]${BEFORE}|(?:${Y}|${RELATIVE_YEAR})?\\s?年[底末](?=完成|全部|实现|全面|基本|达到|建成)`,
  plan: `[“"]?十[二三四五六]五[”"]?\\s?(?:规划)?(?:时期|期间|期末|末)(?:以?内|${BEFORE})?`,
  withinYear: `(?:${Y}|${RELATIVE_YEAR}|本)?\\s?年(?:度)?(?:以)?内(?![容外部涵])`,
  yearBefore: `${Y}${BEFORE}`,
  half: `(?:${Y}|${RELATIVE_YEAR})?\\s?[上下]半年(?:之前|以前|前|内|底前|末前|完成|底|末)?`,
  quarter: `(?:${Y}|${RELATIVE_YEAR})?\\s?(?:第?\\s?[一二三四1-4１-４]\\s?季度)(?:${BEFORE}|内|底${BEFORE}?|末${BEFORE}?|完成)?`,
  cadence: `每(?:个)?(?:季度|季|半年|双月|两个?月|月|周|星期|日|天|年(?:度)?)|(?:按|逐)(?:季度|季|半年|月度|月|周|年度|年|日)(?![子轮内])(?:、(?:季度|季|半年|月度|月|周|年度|年))*`,
  before: `(?:提前|前)\\s?(?:[0-9０-９]{1,3}|[一二三四五六七八九十两]{1,3})\\s?个?(?:工作日|自然日|小时|日|天)(?!内|以内|[后起])`,
  relative: `(?:[0-9０-９]{1,3}|[一二三四五六七八九十两]{1,3})\\s?个?(?:工作日|自然日|小时|日|天|周|星期|月|年)(?:之内|以内|内)`,
} as const
type Kind = keyof typeof PATTERNS

const ALL = new RegExp(
  (Object.keys(PATTERNS) as Kind[]).map(kind => `(?<${kind}>${PATTERNS[kind]})`).join('|'),
  'g',
)
/** In a column or behind a label of deadlines the bare time is one: 2022年12月, 全年, 长期. */
const STATED = new RegExp(
  `(?:${Y})?\\s?(?:${MONTH}\\s?(?:${DAY}|${PART})?|全年|年度|年[底末]|[上下]半年|第?[一二三四1-4]季度)|${Y}|长期(?:坚持|实施|推进)?|持续(?:推进|实施|开展)?|常年|常态化|即时|实时|及时|适时|立即|随时`,
  'g',
)
const ANY = new RegExp(`${ALL.source}|(?<stated>${STATED.source})`, 'g')
const ONLY = new RegExp(
  `^(?:[于在至到]?(?:${ALL.source.replace(/\?<\w+>/g, '?:')}|${STATED.source})(?:完成|落实|启动|取得阶段性成效)?[，,、；;\\s]*)+$`,
)

/** A name is never a time: 2017年6月底前完成 in a bracket of units. */
export function isDeadlineOnly(text: string): boolean {
  return text.length <= 40 && /[年月日季周天时期半度底续即]/.test(text) && ONLY.test(text)
}

/** Dates in titles and numbers of documents that are cited. */
const CITED = /《[^《》]{0,120}》|[〔[［][12][0-9]{3}[〕\]］]\s?[0-9]{1,5}\s?号/g

/**
 * Every deadline printed in a task. `year` is the year of the plan, for those that print none. Dates of cited documents,
 * of the past and beginnings (…起) are no deadlines.
 */
export function deadlinesIn(text: string, at: number, year: number | null): FoundDeadline[] {
  return collect(text, at, year, ALL)
}

/** The same for a place where only deadlines stand. */
export function deadlinesStated(text: string, at: number, year: number | null): FoundDeadline[] {
  const found = collect(text, at, year, ANY, true)
  if (found.length > 0 || text.trim() === '') return found
  const printed = text.trim()
  if (printed.length > 40 || /^(?:\/|-+|—+|无)$/.test(printed)) return []
  const start = at + text.indexOf(printed)
  return [
    {
      text: printed,
      date: null,
      start,
      end: start + printed.length,
      assumed: false,
      why: `“${printed}”没有说明是哪一天`,
    },
  ]
}

function collect(
  text: string,
  at: number,
  year: number | null,
  pattern: RegExp,
  anything = false,
): FoundDeadline[] {
  if (!/[年月日季周天时期续即适随五]/.test(text)) return []
  const masked = text.replace(CITED, cited => '　'.repeat(cited.length))
  const found: FoundDeadline[] = []
  for (const match of masked.matchAll(pattern)) {
    const printed = match[0].trim()
    if (printed === '') continue
    const start = match.index + match[0].indexOf(printed)
    const end = start + printed.length
    const stated = match.groups?.stated !== undefined
    const kind = (Object.keys(PATTERNS) as Kind[]).find(one => match.groups?.[one] !== undefined)
    if (!stated && !anything && !isDeadline(kind, printed, { text: masked, start, end, year })) continue
    const told = text.slice(start, end)
    found.push({ text: told, start: at + start, end: at + end, ...dateOf(told, year) })
  }
  return found
}

type Place = { text: string; start: number; end: number; year: number | null }

function isDeadline(kind: Kind | undefined, printed: string, { text, start, end, year }: Place): boolean {
  const before = text.slice(Math.max(0, start - 6), start)
  const after = text.slice(end, end + 6)
  if (/(?:截至|截止到?|自|从)$/.test(before) && !/完成|报/.test(after)) return false
  if (/^(?:起|以来|至今|开始|的|相比)/.test(after) && kind !== 'dated') return false
  // 上半年 and 一季度 are mostly spoken of, seldom set as a term.
  if ((kind === 'half' || kind === 'quarter') && !/(?:前|内|底|末|完成)$/.test(printed)) {
    const named = Number(/^20\d\d(?=年)/.exec(printed)?.[0] ?? 0)
    if (year !== null && named >= year) return !/^(?:经济|工作|的|全|我|情况|各项|财政)/.test(after)
    return /^(?:完成|启动|实现|建成|出台|组织|召开|开展|前)/.test(after)
  }
  if (kind === 'relative' && /(?:近|过去|连续|未来|最近|前)$/.test(before)) return false
  if (kind === 'relative' && /年(?:之内|以内|内)$/.test(printed) && /近/.test(before)) return false
  if (
    kind === 'cadence' &&
    /^(?:每年|每年度|每日|每天|每个?月|按年度?|按日)$/.test(printed) &&
    /^(?:均|人均|度报告)/.test(after)
  )
    return false
  // 解读每月财政收支 speaks of months, it sets no term.
  if (
    kind === 'cadence' &&
    printed.startsWith('每') &&
    /(?:解读|公布|反映|分析|说明|展示|比较)$/.test(before)
  )
    return false
  if (kind === 'cadence' && /^每日$/.test(printed) && /^[优鲜坚]/.test(after)) return false
  if (kind === 'dated' && /^[\s]*(?:，|,)?的(?!基础)/.test(after)) return false
  if (
    /^(?:期|台|款|置|往|所未有|提下|瞻|沿|景|端|后|列|述|三|两|几|十|期间)/.test(after) &&
    printed.endsWith('前')
  )
    return false
  return true
}

type Dated = { date: string | null; assumed: boolean; why: string | null }

const none = (why: string | null = null): Dated => ({ date: null, assumed: false, why })

/** The last day meant. Cadences and terms that run from an event have none. */
function dateOf(printed: string, planYear: number | null): Dated {
  const text = halfWidth(printed).replace(/\s+/g, '')
  if (/^每|^按|^逐|^提?前|内$/.test(text) && !/年(?:度)?(?:以)?内$/.test(text)) return none()
  if (/[0-9一二三四五六七八九十两]个?年(?:之|以)?内$/.test(text) && !/[0-9]{4}年/.test(text)) return none()
  if (/长期|持续|常年|常态|即时|实时|及时|适时|立即|随时/.test(text)) return none()
  const plan = /十([二三四五六])五/.exec(text)?.[1]
  if (plan) return { date: `${2015 + 5 * ('二三四五六'.indexOf(plan))}-12-31`, assumed: false, why: null }
  const printedYear = /^([12][0-9]{3}|[二一][〇○零一二三四五六七八九]{3})年/.exec(text)?.[1]
  const offset = /^(?:次年|明年|翌年|来年)/.test(text) ? 1 : 0
  const year = printedYear ? yearOf(printedYear) : planYear === null ? null : planYear + offset
  if (year === null) return none('没有印年份，文件也看不出是哪一年')
  const assumed = printedYear === undefined
  const on = lastDay(
    text.replace(
      /^(?:[12][0-9]{3}|[二一][〇○零一二三四五六七八九]{3})年|^(?:今年|本年|当年|次年|明年|翌年|来年)/,
      '',
    ),
    year,
  )
  if (on === null) return none(`“${printed}”不是日历上有的日子`)
  return { date: on, assumed, why: assumed ? `没有印年份，按 ${year} 年计` : null }
}

function lastDay(text: string, year: number): string | null {
  const dated =
    /^([0-9]{1,2}|[一二三四五六七八九十]{1,3})月份?(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]|(上旬|中旬|下旬|月?底|月?末|月?初))?(之前|以前|前)?/.exec(
      text,
    )
  if (dated) {
    const month = numberOf(dated[1] ?? '')
    if (month < 1 || month > 12) return null
    if (dated[2] !== undefined) return day(year, month, numberOf(dated[2]))
    if (dated[3] === '上旬' || /初/.test(dated[3] ?? '')) return day(year, month, 10)
    if (dated[3] === '中旬') return day(year, month, 20)
    return endOf(year, month)
  }
  const half = /^([上下])半年/.exec(text)?.[1]
  if (half) return endOf(year, half === '上' ? 6 : 12)
  const quarter = /^第?([一二三四1-4])季度/.exec(text)?.[1]
  if (quarter) return endOf(year, numberOf(quarter) * 3)
  return endOf(year, 12)
}

const pad = (value: number) => String(value).padStart(2, '0')
const lengthOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()
const endOf = (year: number, month: number) => day(year, month, lengthOf(year, month))
const day = (year: number, month: number, date: number) =>
  date < 1 || date > lengthOf(year, month) ? null : `${year}-${pad(month)}-${pad(date)}`

function yearOf(printed: string): number {
  if (/^[0-9]/.test(printed)) return Number(printed)
  return Number(
    [...printed].map(sign => '〇一二三四五六七八九'.indexOf(/[○零]/.test(sign) ? '〇' : sign)).join(''),
  )
}

const halfWidth = (text: string) =>
  text.replace(/[０-９]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
