import { halfWidth } from './dates.ts'

/** 文号 in its parts; `docNo` is the normal form with 〔〕 (S-GWG-08). */
export type DocNo = { docNo: string; code: string; year: number; no: number }

/** `why`: what is wrong, or what was put right. */
export type ReadDocNo = { value: DocNo | null; why: string | null }

const OPEN = '〔\\[［【（(﹝〖「〈<＜{｛'
const CLOSE = '〕\\]］】）)﹞〗」〉>＞}｝'
const CODE = '[\\u4e00-\\u9fff]{1,12}(?:[（(][\\u4e00-\\u9fff]{1,6}[）)][\\u4e00-\\u9fff]{1,8})?'
const WELL_FORMED = new RegExp(`^(${CODE})[${OPEN}](\\d{4})年?[${CLOSE}](第?)(\\d{1,5})号$`)
/** One bracket is lost, and the other still parts the year from the number. */
const HALF_BRACKETED = new RegExp(
  `^(${CODE})(?:(\\d{4})年?[${CLOSE}]|[${OPEN}](\\d{4})年?[${OPEN}])(第?)(\\d{1,5})号$`,
)
/** `〔2019 59号`: the closing bracket is lost, a blank still parts the two. */
const ONLY_OPENED = /^([^〔[]{2,20})[〔[]\s?(\d{4})\s+(第?\s?\d{1,5}\s?号)$/
const DIGIT = '[0-9０-９]'
/** What a reading machine makes of 0 and 1. */
const MISREAD = '0-9０-９OoＯQ〇○lI|'

/** The source of a pattern that finds a number inside a line; it has no groups. What it says is for `readDocNo`. */
export const DOC_NO_IN_TEXT = `[\\u4e00-\\u9fff（）]{2,14}\\s?[${OPEN}]\\s?${DIGIT}{4}\\s?[${CLOSE}]\\s?第?\\s?${DIGIT}{1,5}\\s?号`

const WHOLE = `[${OPEN}][^\\u4e00-\\u9fff]{1,8}年?[${CLOSE}]`
const DAMAGED = `[${OPEN}]?[\\dOolI]{4,9}年?[${CLOSE}]?`
const RESEMBLING = new RegExp(
  `^[\\u4e00-\\u9fff（）()]{2,20}(?:(?:${WHOLE}|${DAMAGED})第?[^\\u4e00-\\u9fff]{0,8}号|${WHOLE}第?\\d{1,5}|[${OPEN}]\\d{5,9}[${CLOSE}]?)$`,
  'u',
)

/** Has the look of a number, whole or damaged: `中办发〔20168号`, `云政发2024 3号`. For lines where one may stand. */
export function resemblesDocNo(line: string): boolean {
  if (line.length > 80) return false
  const text = compact(line)
  return text.length <= 36 && RESEMBLING.test(text)
}

/** Any bracket, blank or width on the way in, 〔〕 on the way out; null when it is not a number (S-GWG-22). */
export function normaliseDocNo(printed: string): DocNo | null {
  return readDocNo(printed).value
}

/**
 * As `normaliseDocNo`, and says in plain words what is wrong or was put right: O for 0 and l for 1 where figures must
 * stand, one lost bracket where the other still parts year and number. Never fills in what is lost.
 */
export function readDocNo(printed: string): ReadDocNo {
  const parted = printed.replace(ONLY_OPENED, '$1〔$2〕$3')
  const text = compact(parted)
  const refuse = (why: string): ReadDocNo => ({
    value: null,
    why: `文号“${printed.trim().slice(0, 60)}”${why}，没有采用。请对照原件填写`,
  })

  if (text === '') return { value: null, why: null }
  if (text.length > 60) return refuse('太长')
  const stranger = /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]/u.exec(text)?.[0]
  if (stranger) return refuse(`里有不能用于文号的字符“${stranger}”`)
  const match = WELL_FORMED.exec(text)
  if (match)
    return numberOf(printed, match[1], match[2], match[4], match[3] !== '' || parted !== printed, refuse)
  const mended = withFigures(text)
  const half = HALF_BRACKETED.exec(mended)
  const whole = half ?? WELL_FORMED.exec(mended)
  if (!whole) return refuse(whatIsWrong(text))
  const [, code, year, other] = whole
  const { value, why } = half
    ? numberOf(printed, code, year ?? other, half[5], true, refuse)
    : numberOf(printed, code, year, whole[4], true, refuse)
  return value ? { value, why: mendedWhy(printed, value.docNo) } : { value, why }
}

function numberOf(
  printed: string,
  code = '',
  yearText = '',
  noText = '',
  slipped: boolean,
  refuse: (why: string) => ReadDocNo,
): ReadDocNo {
  const year = Number(yearText)
  const no = Number(noText)
  if (year < 1949 || year > 2099) return refuse(`的年份 ${yearText} 不可能`)
  if (no === 0) return refuse('的序号是 0')
  const tidyCode = code.replace('(', '（').replace(')', '）')
  const value = { docNo: `${tidyCode}〔${year}〕${no}号`, code: tidyCode, year, no }
  // S-GWG-08: no “第”, no leading zeros. The number is still plain, so it is taken, and the slip is reported.
  const slip = slipped || noText.startsWith('0')
  return { value, why: slip ? mendedWhy(printed, value.docNo) : null }
}

function mendedWhy(printed: string, docNo: string): string {
  return `文号原印作“${printed.trim()}”，已按规范写成“${docNo}”。请核对`
}

/** Letters that stand for figures, where only figures may stand: between and behind the brackets. */
function withFigures(text: string): string {
  const bracket = new RegExp(`(?<=[\\u4e00-\\u9fff）)])[${OPEN}]?(?=[${MISREAD}]{3})`).exec(text)
  if (!bracket) return text
  const front = text.slice(0, bracket.index)
  return (
    front +
    text
      .slice(bracket.index)
      .replace(/[OoＯQ〇○]/g, '0')
      .replace(/[lI|]/g, '1')
  )
}

function whatIsWrong(text: string): string {
  if (/\d[OolI]|[OolI]\d/.test(text)) return '里有字母，像是把数字认成了字母'
  const brackets = [...text].filter(sign => new RegExp(`[${OPEN}${CLOSE}]`).test(sign)).length
  if (brackets < 2) return '缺了括号，分不清年份和序号'
  if (!text.endsWith('号')) return '末尾没有“号”字'
  if (!/^[\u4e00-\u9fff]/.test(text)) return '前面没有机关代字'
  if (!new RegExp(`[${OPEN}]\\d{4}年?[${CLOSE}]`).test(text)) return '的年份不是四位数'
  return '不合“机关代字〔年份〕序号号”的写法'
}

function compact(printed: string): string {
  return halfWidth(printed).replace(/[\s\u00a0\u3000\u200b\ufeff]+/g, '')
}

/** A number that a text names. `docNo` null: there is one, but it cannot be read; `why` says so. */
export type NamedNo = {
  start: number
  end: number
  docNo: string | null
  printed: string
  why: string | null
}

const FIGURES = `[${MISREAD}]`
const BEHIND_CODE = new RegExp(
  `(?:[${OPEN}]\\s?(${FIGURES}{4})\\s?年?\\s?[${CLOSE}]|(?<=[\\u4e00-\\u9fff])(\\d{4})[〕］】\\]]|〔(\\d{4})\\s)\\s?(?:字)?\\s?第?\\s?(${FIGURES}{1,5}(?:[、，,]\\d{1,5}){0,20})\\s?号`,
  'g',
)
const ORDINAL = '([0-9０-９]{1,5}|[一二三四五六七八九十百零〇]{1,6})'
const ORDER = new RegExp(
  `(令|公告|通告)\\s?(?:[（(〔[]?\\s?([12][0-9]{3})\\s?[）)〕\\]]?年?\\s?)?[（(]?第\\s?${ORDINAL}\\s?号|(?:([12][0-9]{3})年)?[（(]?第\\s?${ORDINAL}\\s?号(令|公告|通告)`,
  'g',
)

/**
 * All numbers that a text names, in their order: `国发〔2016〕34号`, `闽政〔2010〕1号、2号`, `省政府令第12号`. The code goes
 * back to where running text must have ended.
 */
export function docNosIn(text: string): NamedNo[] {
  if (!text.includes('号')) return []
  const found: NamedNo[] = []
  for (const match of text.matchAll(BEHIND_CODE)) {
    const code = codeBefore(text, match.index) ?? sharedCode(found.at(-1), text, match.index)
    if (code === null) continue
    const year = match[1] ?? match[2] ?? match[3] ?? ''
    const numbers = (match[4] ?? '').split(/[、，,]/)
    const end = match.index + match[0].length
    const start = code.start
    for (const no of numbers) {
      const printed =
        numbers.length > 1 || code.shared ? `${code.text}〔${year}〕${no}号` : text.slice(start, end)
      const { value, why } = readDocNo(code.shared ? printed : `${code.text}${alone(match[0], numbers, no)}`)
      found.push({ start, end, docNo: value?.docNo ?? null, printed: printed.trim(), why })
    }
    followingNumbers(text, end, code.text, year, found)
  }
  let known = 0
  const bracketed = found.length
  for (const match of text.matchAll(ORDER)) {
    while (known < bracketed && (found[known]?.end ?? 0) <= match.index) known++
    // 公告〔2023〕第5号 is taken already.
    if (known < bracketed && (found[known]?.start ?? 0) < match.index) continue
    const [whole, word = match[6] ?? '', year = match[4], ordinal = match[5] ?? ''] = match
    const organ = organBefore(text, match.index)
    if (!organ) continue
    const no = ordinalOf(match[3] ?? ordinal)
    const end = match.index + whole.length
    if (no === 0) continue
    const docNo = `${organ.text}${word}${year ? `${year}年` : ''}第${no}号`
    found.push({ start: organ.start, end, docNo, printed: text.slice(organ.start, end), why: null })
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** One number of `〔2010〕1、2号` as if it stood alone. */
function alone(printed: string, numbers: string[], no: string): string {
  return numbers.length > 1
    ? printed.replace(numbers.join('、'), no).replace(numbers.join('，'), no)
    : printed
}

type Code = { text: string; start: number; shared: boolean }

/** Words that stand before a code in running text and are no part of it; the longest run of them goes. */
const BEFORE_CODE =
  /^.*(?:根据|按照|依据|依照|遵照|参照|贯彻|落实|执行|印发|下发|转发|发布|公布|文号为|文号|文件|废止|失效|以及|已被|凡与|凡|通知|决定|意见|办法|规定|细则|方案|关于|取代|代替|替代|详见|参见|修改|修订|精神|其中|同时|管委会|人民政府|办公厅|办公室|委员会|[的了在号条款])(?=[\u4e00-\u9fff]{2})/
const SINGLE_BEFORE = /^[和与及原将按对以即见由或](?=[\u4e00-\u9fff]{2})(?![政府办委字规函])/

function codeBefore(text: string, at: number): Code | null {
  let end = at
  while (end > 0 && at - end < 2 && /\s/.test(text[end - 1] ?? '')) end--
  let start = hanBefore(text, end, 16)
  const inner = /[（(]([\u4e00-\u9fff]{1,6})[）)]$/.exec(text.slice(Math.max(0, start - 8), start))
  let front = ''
  if (inner && start < end && !/[试暂]行|修[订正改]|草案|稿/.test(inner[1] ?? '')) {
    const open = start - inner[0].length
    const from = hanBefore(text, open, 4)
    if (from < open) {
      front = withoutLead(text.slice(from, open)) + inner[0]
      start = open - (front.length - inner[0].length)
    }
  }
  const run = text.slice(front === '' ? start : start + front.length, end)
  const code = front === '' ? withoutLead(run) : front + run
  if (code.length < 2 || !/[\u4e00-\u9fff]$/.test(code)) return null
  return { text: code, start: front === '' ? end - code.length : start, shared: false }
}

function hanBefore(text: string, end: number, most: number): number {
  let start = end
  while (start > 0 && end - start < most) {
    const code = text.charCodeAt(start - 1)
    if (code < 0x4e00 || code > 0x9fff) break
    start--
  }
  return start
}

function withoutLead(run: string): string {
  const rest = run.replace(BEFORE_CODE, '')
  return rest.replace(SINGLE_BEFORE, '')
}

/** `闽政〔2010〕1号、〔2011〕2号`: the code is said once. */
function sharedCode(before: NamedNo | undefined, text: string, at: number): Code | null {
  if (!before?.docNo || at < before.end || at - before.end > 4) return null
  if (!/^[、，,;；和及与\s]*$/.test(text.slice(before.end, at))) return null
  return { text: before.docNo.replace(/〔.*$/, ''), start: at, shared: true }
}

const FURTHER = /^\s?(?:[、，,]|和|及|与|以及|至|到|—|-)\s?第?(\d{1,5})\s?号/
const RANGE_LIMIT = 30

/** `闽政〔2010〕1号、2号`, `1号至4号`: code and year are said once. */
function followingNumbers(text: string, from: number, code: string, year: string, found: NamedNo[]): void {
  let at = from
  for (let i = 0; i < 50; i++) {
    const match = FURTHER.exec(text.slice(at, at + 12))
    if (!match) return
    const last = found.at(-1)
    const first = Number(/(\d+)号$/.exec(last?.docNo ?? '')?.[1] ?? Number.NaN)
    const no = Number(match[1])
    const range = /^\s?[至到—-]/.test(match[0]) && no > first && no - first <= RANGE_LIMIT
    const end = at + match[0].length
    for (let each = range ? first + 1 : no; each <= no; each++) {
      const { value, why } = readDocNo(`${code}〔${year}〕${each}号`)
      const printed = range
        ? `${code}〔${year}〕${each}号`
        : text.slice(at, end).replace(/^[\s、，,和及与以]+/, '')
      found.push({ start: at + 1, end, docNo: value?.docNo ?? null, printed, why })
    }
    at = end
  }
}

const ORGAN = /(?:政府|部|局|委|委员会|管委会|会|厅|署|院|主席|办公室|办|行|法院)$/
const BEFORE_ORGAN =
  /^.*(?:根据|按照|依据|依照|遵照|参照|贯彻|落实|执行|印发|发布|公布|废止|失效|以及|通知|决定|意见|办法|规定|细则|关于|详见|号|《|》|的)/

function organBefore(text: string, at: number): { text: string; start: number } | null {
  const run = text.slice(hanBefore(text, at, 24), at)
  const organ = run.replace(BEFORE_ORGAN, '').replace(/^[和与及原以由经年月日](?=[\u4e00-\u9fff]{3})/, '')
  return organ.length >= 2 && ORGAN.test(organ) ? { text: organ, start: at - organ.length } : null
}

/** The number of an order, in figures or in Chinese: 第12号, 第一百零二号. */
export function ordinalOf(printed: string): number {
  const text = halfWidth(printed)
  if (/^\d+$/.test(text)) return Number(text)
  let total = 0
  let digit = 0
  for (const sign of text) {
    const value = '〇一二三四五六七八九'.indexOf(sign === '零' ? '〇' : sign)
    if (value >= 0) digit = value
    else {
      total += (digit || 1) * (sign === '百' ? 100 : 10)
      digit = 0
    }
  }
  return total + digit
}
