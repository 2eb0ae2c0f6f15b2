import { docNosIn, type NamedNo, readDocNo, resemblesDocNo } from '../doc-no.ts'

/** Another document as a text names it: by title, by number, or both. */
export type Mention = {
  /** From its first sign to the last of the brackets behind it. */
  start: number
  end: number
  title: string | null
  docNo: string | null
  printed: string | null
  /** What is odd about the number. */
  why: string | null
}

const TITLE_LIMIT = 300
const GENRE =
  '(?:通知|决定|意见|办法|规定|细则|方案|公告|通告|函|批复|命令|规划|计划|通报|条例|措施|标准|目录|规则|制度|纪要)'

/** All documents that a paragraph names, in their order. */
export function mentionsIn(text: string): Mention[] {
  const titles = titlesIn(text)
  const numbers = docNosIn(text)
  if (titles.length === 0 && numbers.length === 0) return []
  const found: Mention[] = []
  const taken = new Set<NamedNo>()
  let n = 0
  for (const [i, title] of titles.entries()) {
    while (n < numbers.length && (numbers[n]?.end ?? 0) <= title.start) n++
    const before = numbers[n - 1]
    const own = numbersBehind(text, title, numbers, n, titles[i + 1]?.start ?? text.length)
    for (const number of own) taken.add(number)
    if (own.length > 0) {
      const end = closedAt(text, title.end, own.at(-1)?.end ?? title.end)
      // （1998年市政府令第15号公布，2006年市政府令第71号修改）: only the first is its number.
      for (let i = n; i < numbers.length && (numbers[i]?.start ?? end) < end; i++)
        if (numbers[i]) taken.add(numbers[i] as NamedNo)
      for (const { docNo, printed, why } of own) found.push({ ...title, end, docNo, printed, why })
    } else if (
      before &&
      !taken.has(before) &&
      /^文?件?(?:印发|下发|发布)?的?\s?$/.test(text.slice(before.end, title.start))
    ) {
      taken.add(before)
      const { docNo, printed, why } = before
      found.push({ ...title, start: before.start, docNo, printed, why })
    } else found.push({ ...title, docNo: null, printed: null, why: null, ...damagedBehind(text, title.end) })
  }
  let t = 0
  for (const number of numbers) {
    while (t < titles.length && (titles[t]?.end ?? 0) <= number.start) t++
    if (taken.has(number) || (titles[t]?.start ?? text.length) < number.start) continue
    found.push(withBareTitle(text, number))
  }
  return shareOut(found.sort((a, b) => a.start - b.start || a.end - b.end))
}

type Title = { start: number; end: number; title: string }

/** Titles in 《》, nested ones and some that were closed wrongly included; whole ones that only hold another. */
export function titlesIn(text: string): Title[] {
  return markedTitlesIn(text).map(title => withOuterTitle(text, title))
}

/** What stands in 《》, nothing around it. */
export function markedTitlesIn(text: string): Title[] {
  const found: Title[] = []
  const nextOpening = openingsOf(text)
  let at = nextOpening(0)
  while (at !== -1) {
    const end = text[at] === '“' ? text.indexOf('”', at) : closingOf(text, at)
    const title = end > at ? tidyInside(text.slice(at + 1, end)) : ''
    const alias = /(?:简称|称为?|下称)[：:]?$/.test(text.slice(Math.max(0, at - 4), at))
    if (title.length >= 2 && title.length <= 200 && !alias) found.push({ start: at, end: end + 1, title })
    at = nextOpening(end > at ? end + 1 : at + runOf(text, at))
  }
  return found
}

const FRONT_OF_TITLE =
  /(?:^|[，。；：、“\s）)\d.．]|废止|失效|修改|修订|执行|落实|贯彻|根据|按照|依据|依照|遵照|参照|转发|原|对|将|和|与|及)((?:(?!废止|根据|按照|依据|贯彻|落实|执行|原)[\u4e00-\u9fff（）()]){0,30}?关于[^，。；：《》“”]{0,24})$/
const REST_OF_TITLE =
  /^(?:[^，。；：《》（）()]{0,20})?的(?:通知|决定|意见|批复|函|公告|通告|请示|报告|命令|通报)/

/** `关于印发《甲》的通知` without marks of its own is the title; 《甲》 only stands in it. */
function withOuterTitle(text: string, inner: Title): Title {
  const rest =
    text[inner.end] === '的' || /^[\u4e00-\u9fff]/.test(text.slice(inner.end, inner.end + 1))
      ? REST_OF_TITLE.exec(text.slice(inner.end, inner.end + 30))
      : null
  const front = rest ? FRONT_OF_TITLE.exec(text.slice(Math.max(0, inner.start - 70), inner.start)) : null
  if (!rest || !front?.[1]) return inner
  const start = inner.start - front[1].length
  const end = inner.end + rest[0].length
  return { start, end, title: tidyInside(text.slice(start, end)) }
}

const QUOTED_TITLE =
  /^“[^”“，。；]{0,40}关于[^”“。；]{2,100}的(?:通知|意见|办法|规定|决定|方案|细则|通告|公告)”/

/** Each sign is looked for once, whatever the text is made of. */
function openingsOf(text: string): (from: number) => number {
  let title = text.indexOf('《')
  let quote = text.indexOf('“')
  return from => {
    if (title !== -1 && title < from) title = text.indexOf('《', from)
    for (;;) {
      if (quote !== -1 && quote < from) quote = text.indexOf('“', from)
      if (quote === -1 || (title !== -1 && title < quote)) return title
      if (QUOTED_TITLE.test(text.slice(quote, quote + 160))) return quote
      quote = text.indexOf('“', quote + 1)
    }
  }
}

function runOf(text: string, at: number): number {
  let end = at
  while (text[end] === '《') end++
  return Math.max(1, end - at)
}

const NESTED_LIMIT = 4

function closingOf(text: string, at: number): number {
  let depth = 0
  let inner = 0
  let first = -1
  const limit = Math.min(text.length, at + TITLE_LIMIT)
  for (let i = at; i < limit; i++) {
    const sign = text[i]
    if (sign === '《') {
      if (++depth > NESTED_LIMIT) return -1
    } else if (sign === '〈' || sign === '<') inner++
    else if (sign === '》') {
      if (first === -1) first = i
      if (--depth === 0) return goesOnBehind(text, at, i)
    } else if (sign === '〉' || sign === '>') {
      if (inner > 0) inner--
      // Closed with the wrong sign: 《关于……的通知〉（……）.
      else if (depth === 1 && /^\s?[（(]/.test(text.slice(i + 1, i + 3))) return i
    } else if (sign === '。') break
  }
  if (first === -1) return -1
  // The outer one was never closed: it ends before its number, else with the inner one.
  const tail = new RegExp(`^[^《》。；，（(]{0,24}?${GENRE}(?=\\s?[（(])`).exec(
    text.slice(first + 1, first + 40),
  )
  return tail ? first + tail[0].length : first
}

/** 《关于印发〈办法》的通知》: the inner title was closed with the sign of the outer one. */
function goesOnBehind(text: string, at: number, end: number): number {
  const inside = text.slice(at, end)
  if ((inside.match(/[〈<]/g)?.length ?? 0) <= (inside.match(/[〉>]/g)?.length ?? 0)) return end
  const rest = new RegExp(`^[^《》。；，]{0,24}?${GENRE}》`).exec(text.slice(end + 1, end + 40))
  return rest ? end + rest[0].length : end
}

/** Without the blanks and line ends that typesetting put in; half-width marks become 〈〉. */
function tidyInside(printed: string): string {
  return printed
    .replace(/(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])/g, '')
    .replace(/</g, '〈')
    .replace(/>/g, '〉')
    .replace(/^《([^《》]*)$/, '$1')
    .trim()
}

/** `《甲》（云政〔2010〕1号、2号）`: what stands between title and number is only the bracket and a few words. */
function numbersBehind(
  text: string,
  title: Title,
  numbers: NamedNo[],
  from: number,
  until: number,
): NamedNo[] {
  const own: NamedNo[] = []
  let at = title.end
  for (let i = from; i < numbers.length; i++) {
    const number = numbers[i]
    if (!number || number.start >= until) break
    if (number.start < title.end) continue
    const gap = text.slice(at, Math.max(at, number.start))
    const fits =
      own.length === 0
        ? gap.length <= 40 &&
          /^\s*(?:$|[（(【[〔][^）)】\]。；]*$|[，,]?\s*(?:发文字号|文件?编?号)(?:为|是|：|:)?\s*$)/.test(gap)
        : /^\s*[、，,和及与至到]?\s*第?$/.test(gap) && isInside(text, title.end, number.start)
    if (!fits) break
    own.push(number)
    at = number.end
  }
  return own
}

function isInside(text: string, from: number, at: number): boolean {
  const between = text.slice(from, at)
  return /^\s*[（(【[]/.test(between) && !/号\s*[）)】\]]\s*[、，,和及与]?\s*$/.test(between)
}

/** Behind the bracket that holds the number. */
function closedAt(text: string, from: number, end: number): number {
  if (!/^\s*[（(【[]/.test(text.slice(from, end))) return end
  const closing = /^(?:[^《》。；（(]{0,40}?|[^。；（(]{0,20}简称[^。；（(]{1,30})[）)】\]]/.exec(
    text.slice(end, end + 60),
  )
  return closing ? end + closing[0].length : end
}

/** A number that is there and cannot be read: 《甲》（云政〔202412号）. */
function damagedBehind(text: string, at: number): Partial<Mention> {
  const inside = /^\s*[（(]([^（）()。；，《》]{5,30}(?:[（(][^（）()]{1,8}[）)][^（）()]{1,12})?)[）)]/.exec(
    text.slice(at, at + 60),
  )
  if (!inside?.[1] || !resemblesDocNo(inside[1])) return {}
  const { value, why } = readDocNo(inside[1])
  return { docNo: value?.docNo ?? null, printed: inside[1], why, end: at + inside[0].length }
}

const BARE_TITLE = new RegExp(
  `(?:^|废止|原|根据|按照|依据|[，。；：、）)\\d.．]|对|将)\\s?((?:(?!废止|根据|按照|依据|原《)[\\u4e00-\\u9fff（）()0-9〈〉“”]){0,40}?关于(?:(?!关于)[^，。；：《》]){2,90}?${GENRE})\\s*[（(【[]\\s*$`,
)
const BARE_RULES =
  /^(?:[0-9０-９]+\s*[.．、]\s*|[（(][0-9一二三四五六七八九十]+[）)]\s*)?([\u4e00-\u9fff（）()〈〉“”0-9]{4,60}?(?:办法|规定|细则|方案|规划|意见|制度|标准|目录)(?:[（(][试暂]行[）)])?)\s*[（(【[]\s*$/

/** `原关于印发某办法的通知（云政〔2010〕1号）`: a title without its marks, before the bracket of its number. */
function withBareTitle(text: string, number: NamedNo): Mention {
  const { start, docNo, printed, why } = number
  const front = text.slice(Math.max(0, start - 160), start)
  const match = /[（(【[]\s*$/.test(front)
    ? (BARE_TITLE.exec(front) ?? (front.length < 160 ? BARE_RULES.exec(front) : null))
    : null
  if (!match?.[1]) {
    const closing = /[（(【[]\s*$/.test(front)
      ? /^[^《》。；（(，]{0,20}?[）)】\]]/.exec(text.slice(number.end, number.end + 24))
      : null
    return { start, end: number.end + (closing?.[0].length ?? 0), title: null, docNo, printed, why }
  }
  const title = tidyInside(match[1])
  const from = start - (front.length - front.lastIndexOf(match[1]))
  return { start: from, end: closedAt(text, from + match[1].length, number.end), title, docNo, printed, why }
}

/** `《甲》《乙》（云政〔2010〕1号、2号）`: as many numbers as titles, so each has its own. */
function shareOut(mentions: Mention[]): Mention[] {
  for (let i = 0; i < mentions.length; i++) {
    const one = mentions[i]
    if (!one || one.docNo === null || mentions[i + 1]?.start !== one.start) continue
    let count = 1
    while (mentions[i + count]?.start === one.start) count++
    const bare: Mention[] = []
    for (let back = i - 1; back >= 0 && bare.length < count - 1; back--) {
      const other = mentions[back]
      const next = mentions[back + 1]
      if (!other || !next || other.docNo !== null || next.start - other.end > 1) break
      bare.unshift(other)
    }
    if (bare.length === count - 1) {
      const numbers = mentions.slice(i, i + count).map(({ docNo, printed, why }) => ({ docNo, printed, why }))
      for (const [at, other] of bare.entries()) Object.assign(other, numbers[at])
      mentions.splice(i, count, { ...one, ...numbers.at(-1) })
    } else i += count - 1
  }
  return mentions
}
