import type { LabelledValue } from '#modules/files'
import { DATE_IN_TEXT, lastDayOfSpan, readDate } from './dates.ts'
import type { Doubt } from './recognised.ts'

export type InForceFound = { effectiveFrom: string | null; validUntil: string | null; doubts: Doubt[] }

const THIS =
  '本(?:[\\u4e00-\\u9fff]{0,4})?(?:通知|办法|意见|规定|细则|决定|通告|公告|方案|措施|规则|制度|条例|标准|目录|清单|规范|指引|预案|章程|令|文件|政策|规划)'
const BEGIN = `自\\s*(?<day>${DATE_IN_TEXT}|(?:${THIS})?(?:正式)?(?<event>印发|发布|公布|发文|下发|颁布|公开|签发|通过)之日)\\s*(?<later>后?第?[0-9一二三四五六七八九十]+(?:个工作)?日(?:后|起)?)?起?\\s*`
const IN_FORCE = new RegExp(`${BEGIN}(?:起)?(?:正式)?(?:施行|实施|执行|生效|试行|暂行)`)
const UNTIL = new RegExp(
  `(?:有效期|施行期|试行期|执行期|有效期限)?\\s*(?:至|到|截止到?|截至)\\s*(${DATE_IN_TEXT})`,
)
const SPAN =
  /(?:有效期|试行期|施行期|有效期限|试行|执行期)[限为]{0,2}\s*[:：]?\s*([0-9０-９一二两三四五六七八九十]{1,3})\s*(年|个月)/

/**
 * When this document says it takes effect and lapses. Only sentences about the document itself count: `本办法自…起施行`
 * or a sentence that begins with 自; not what it tells of another one. The first one wins: the notice speaks before
 * the measures it passes on.
 */
export function recogniseInForce(
  bodyText: string,
  labelled: LabelledValue[],
  known: { signedOn: string | null; publishedOn: string | null },
): InForceFound {
  const doubts: Doubt[] = []
  const sentence = bodyText
    .split(/[。；\n]/)
    .filter(text => speaksOfItself(text) && (IN_FORCE.test(text) || SPAN.test(text) || UNTIL.test(text)))
  const opening = sentence.find(text => IN_FORCE.test(text))
  const effectiveFrom = beginning(opening, labelled, known, doubts)
  const validUntil = end(sentence, labelled, effectiveFrom, doubts)
  return { effectiveFrom, validUntil, doubts }
}

function speaksOfItself(text: string): boolean {
  const about = text.search(/自|有效期|试行期/)
  if (about < 0) return false
  const front = text.slice(0, about)
  if (new RegExp(`${THIS}[^《》]{0,12}$`).test(front) || new RegExp(THIS).test(text.slice(about, about + 12)))
    return true
  return /^\s*(?:第[\u4e00-\u9fff]{1,4}条|[一二三四五六七八九十]+、|[（(][\u4e00-\u9fff]{1,3}[）)]|\d+[.．、])?\s*$/.test(
    front,
  )
}

function beginning(
  sentence: string | undefined,
  labelled: LabelledValue[],
  known: { signedOn: string | null; publishedOn: string | null },
  doubts: Doubt[],
): string | null {
  const doubt = (why: string) => void doubts.push({ field: 'effectiveFrom', why })
  const match = sentence ? IN_FORCE.exec(sentence) : null
  const groups = match?.groups
  if (!match || !groups) {
    const stated = labelled.find(pair => pair.kind === 'effectiveFrom' && pair.value !== '')
    const date = stated ? readDate(stated.value) : null
    if (date?.why) doubt(`元数据的施行日期${date.why}。`)
    return date?.on ?? null
  }
  const printed = groups.day ?? ''
  const date = groups.event ? null : readDate(printed)
  if (date?.why) doubt(`正文的施行日期${date.why}。`)
  if (date) return date.on
  if (groups.later) {
    doubt(`正文写“${match[0]}”，没有写明是哪一天，没有推算。请核对后填写。`)
    return null
  }
  // 印发 is the day of signing; 发布 and 公布 are the day it was made public, which an old page may not tell.
  const open =
    groups.event === '发布' || groups.event === '公布' || groups.event === '公开' || groups.event === '颁布'
  const soon =
    known.publishedOn !== null && (known.signedOn === null || isSoonAfter(known.signedOn, known.publishedOn))
  const day = open && soon ? known.publishedOn : known.signedOn
  if (day)
    doubt(`正文写“${match[0]}”，没有写明日期，按${open && soon ? '发布' : '成文'}日期 ${day} 填写。请核对。`)
  else doubt(`正文写“${match[0]}”，但那一天不明，没有推算。请补上成文日期后填写。`)
  return day
}

/** A page that shows a document months later is a copy; its date is not the day the document was made public. */
function isSoonAfter(signedOn: string, publishedOn: string): boolean {
  const days = (Date.parse(publishedOn) - Date.parse(signedOn)) / 86_400_000
  return days >= 0 && days <= 60
}

function end(
  sentences: string[],
  labelled: LabelledValue[],
  from: string | null,
  doubts: Doubt[],
): string | null {
  const doubt = (why: string) => void doubts.push({ field: 'validUntil', why })
  for (const sentence of sentences) {
    const until = UNTIL.exec(sentence)?.[1]
    const date = until ? readDate(until) : null
    if (date?.why) doubt(`正文的有效期${date.why}。`)
    if (date) return date.on
    const [, printed = '', unit] = SPAN.exec(sentence) ?? []
    const count = countOf(printed)
    if (!unit || count === 0) continue
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

function countOf(printed: string): number {
  const text = printed.normalize('NFKC')
  if (/^\d+$/.test(text)) return Number(text)
  if (text === '十') return 10
  return Math.max(0, '〇一二三四五六七八九'.indexOf(text === '两' ? '二' : text))
}
