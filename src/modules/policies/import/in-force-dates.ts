import type { LabelledValue } from '#modules/files'
import { DATE_IN_TEXT, lastDayOfSpan, readDate } from './dates.ts'
import { ordinalOf } from './doc-no.ts'
import { dayOfEvent, isPublishing } from './event-day.ts'
import type { Doubt } from './recognised.ts'

export type InForceFound = {
  effectiveFrom: string | null
  /** It begins so many days after another day; which day that is, it does not say. */
  later: boolean
  validUntil: string | null
  doubts: Doubt[]
}

type Known = { signedOn: string | null; publishedOn: string | null }

const THIS =
  '[本此](?:[\\u4e00-\\u9fff]{0,4}?)(?:通知|办法|意见|规定|细则|决定|通告|公告|方案|措施|规则|制度|条例|标准|目录|清单|规范|指引|指南|预案|章程|令|文件|政策|规划|批复|计划|函)'
const BEGIN = `(?:自|从|于)\\s*(?<day>${DATE_IN_TEXT}|(?:${THIS})?(?:正式)?(?<event>印发|发布|公布|发文|下发|颁布|公开|签发|通过)之日)\\s*(?<later>(?:起|后)?第?[0-9一二三四五六七八九十]+(?:个工作)?日(?:后|起)?)?[起始]?\\s*`
const IN_FORCE = new RegExp(`${BEGIN}(?:起)?(?:正式)?(?:施行|实施|执行|生效|试行|暂行|启用)`)
const TERM = '(?:有效期限?|(?:施行|试行|执行|实施|政策|适用)(?:期限?|时间))'
const RANGE = new RegExp(
  `${TERM}(?:为|是|：|:)?\\s*(?:自|从)?\\s*(${DATE_IN_TEXT})\\s*起?\\s*(?:至|到|—|－|-|~|～)\\s*(${DATE_IN_TEXT})`,
)
const UNTIL = new RegExp(
  `(?:有效期|施行|实施|执行|试行|期限|有效)[^。；《》]{0,24}?(?:延长至|至|到|截止到?|截至|截止至)\\s*(${DATE_IN_TEXT})`,
)
const SPAN = new RegExp(
  `(?:${TERM}|有效|试行|期限)(?:暂定|限)?(?:为|是)?\\s*[:：]?\\s*(?:自[^，。；]{0,16}?起(?:计算)?[，,]?(?:为)?)?\\s*([0-9０-９一二两三四五六七八九十]{1,3})\\s*(年|个月)`,
)
const SPEAKS = /[自从于至到]|有效|试行|期限|截/
const FRONT_IS_THIS = new RegExp(
  `(?:${THIS}[^《》]{0,30}|现予(?:公布|发布|印发)[^《》。]{0,10}|(?:以上|上述)[^，。；《》]{0,12})$`,
)
const IS_THIS = new RegExp(THIS)
const ONLY_NUMBERED =
  /^\s*(?:第[一二三四五六七八九十百零〇]{1,6}条|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、])?\s*$/

/**
 * When this document says it takes effect and lapses. Only sentences about the document itself count: `本办法自…起施行`
 * or a sentence that begins with 自; not what it tells of another one. The first one wins: the notice speaks before
 * the measures it passes on. `paragraphs` are without what is quoted.
 */
export function recogniseInForce(
  paragraphs: readonly string[],
  labelled: LabelledValue[],
  known: Known,
  title: string | null,
): InForceFound {
  const doubts: Doubt[] = []
  const sentences = paragraphs
    .filter(paragraph => SPEAKS.test(paragraph))
    .flatMap(paragraph => paragraph.split(/[。；]/))
    .filter(text => SPEAKS.test(text))
  const range = firstOf(sentences, RANGE)
  const begins = firstOf(sentences, IN_FORCE)
  const effectiveFrom =
    beginning(begins, labelled, known, doubts) ?? dayOf(range?.[1], 'effectiveFrom', doubts)
  const validUntil =
    dayOf(range?.[2], 'validUntil', doubts) ?? end(sentences, labelled, effectiveFrom, doubts)
  const trial = /[（(](试行|暂行)[）)]|(试行|暂行)(?:办法|规定|细则|方案|意见)/.exec(title ?? '')
  if (trial && validUntil === null && doubts.every(({ field }) => field !== 'validUntil')) {
    const why = `标题写有“${trial[1] ?? trial[2]}”，正文没有写期限到哪一天。暂行、试行的文件各地一般不超过两年，请核对是否已经失效（R-NOR-11）。`
    doubts.push({ field: 'validUntil', why })
  }
  return { effectiveFrom, later: begins?.groups?.later !== undefined, validUntil, doubts }
}

/** The first sentence that says so of this document. */
function firstOf(sentences: readonly string[], pattern: RegExp): RegExpExecArray | null {
  for (const sentence of sentences) {
    const match = pattern.exec(sentence)
    if (match && speaksOfItself(sentence, match)) return match
  }
  return null
}

function speaksOfItself(sentence: string, match: RegExpExecArray): boolean {
  const front = sentence.slice(0, match.index)
  return ONLY_NUMBERED.test(front) || FRONT_IS_THIS.test(front.slice(-60)) || IS_THIS.test(match[0])
}

function dayOf(printed: string | undefined, field: Doubt['field'], doubts: Doubt[]): string | null {
  const date = printed === undefined ? null : readDate(printed)
  if (date?.why)
    doubts.push({ field, why: `正文的${field === 'validUntil' ? '有效期' : '施行日期'}${date.why}。` })
  return date?.on ?? null
}

function beginning(
  match: RegExpExecArray | null,
  labelled: LabelledValue[],
  known: Known,
  doubts: Doubt[],
): string | null {
  const doubt = (why: string) => void doubts.push({ field: 'effectiveFrom', why })
  const groups = match?.groups
  if (!match || !groups) {
    const stated = labelled.find(pair => pair.kind === 'effectiveFrom' && pair.value !== '')
    const date = stated ? readDate(stated.value) : null
    if (date?.why) doubt(`元数据的施行日期${date.why}。`)
    return date?.on ?? null
  }
  if (groups.later) {
    doubt(`正文写“${match[0]}”，没有写明是哪一天，没有推算。请核对后填写。`)
    return null
  }
  if (!groups.event) return dayOf(groups.day, 'effectiveFrom', doubts)
  const day = dayOfEvent(groups.event, known)
  const which = isPublishing(groups.event, known) ? '发布' : '成文'
  if (day) doubt(`正文写“${match[0]}”，没有写明日期，按${which}日期 ${day} 填写。请核对。`)
  else doubt(`正文写“${match[0]}”，但那一天不明，没有推算。请补上成文日期后填写。`)
  return day
}

function end(
  sentences: readonly string[],
  labelled: LabelledValue[],
  from: string | null,
  doubts: Doubt[],
): string | null {
  const doubt = (why: string) => void doubts.push({ field: 'validUntil', why })
  for (const sentence of sentences) {
    const until = UNTIL.exec(sentence)
    if (until && saysTerm(sentence, until)) return dayOf(until[1], 'validUntil', doubts)
    const span = SPAN.exec(sentence)
    const [, printed = '', unit] = span ?? []
    const count = countOf(printed)
    if (!span || !unit || count === 0 || !saysTerm(sentence, span)) continue
    if (!from) {
      doubt(`正文写有效期 ${printed}${unit}，但施行日期不明，没有推算。请补上施行日期后填写。`)
      return null
    }
    const last = unit === '年' ? lastDayOfSpan(from, count, 0) : lastDayOfSpan(from, 0, count)
    doubt(`正文写有效期 ${printed}${unit}，从施行日期 ${from} 推算到 ${last}。请核对。`)
    return last
  }
  const stated = labelled.find(pair => pair.kind === 'validUntil' && pair.value !== '')
  const date = stated ? readDate(stated.value) : null
  if (date?.why) doubt(`元数据的失效日期${date.why}。`)
  return date?.on ?? null
}

/** The term of this document: said of it, or in the same breath as its beginning. */
function saysTerm(sentence: string, match: RegExpExecArray): boolean {
  if (speaksOfItself(sentence, match)) return true
  const begins = IN_FORCE.exec(sentence)
  return begins !== null && speaksOfItself(sentence, begins)
}

function countOf(printed: string): number {
  return ordinalOf(printed.normalize('NFKC').replace('两', '二'))
}
