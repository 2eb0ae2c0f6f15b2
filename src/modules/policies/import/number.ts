import type { Block } from '#modules/files'
import { DOC_NO_IN_TEXT, ordinalOf, readDocNo, resemblesDocNo } from './doc-no.ts'
import { type Head, isBareNo, numberText } from './head.ts'
import { ORDINAL_LINE } from './head-lines.ts'
import { readListedNo } from './listed-no.ts'
import type { Doubt } from './recognised.ts'
import { isOrderHeading } from './title-form.ts'

export type NumberFound = { docNo: string | null; docNoPrinted: string | null; doubts: Doubt[] }

/**
 * The document's own number: on a line of its own at the top, or in brackets behind the title; then the metadata.
 * A number inside the text belongs to another document and is never looked at.
 */
export function recogniseNumber(
  head: Head,
  titlePrinted: string | null,
  fromMetadata: string | null,
  bodyText: string,
  body: readonly Block[],
): NumberFound {
  const printed = head.numbers.map(block => numberText(block.text)).find(resemblesDocNo) ?? besideTitle(head)
  const order = orderNo(head, titlePrinted) ?? orderBelow(body)
  if (order && (!printed || readListedNo(printed).docNo === order))
    return { docNo: order, docNoPrinted: order, doubts: [] }
  const bare = head.numbers.map(block => block.text).find(isBareNo)
  const stated = printed ?? fromMetadata ?? bare
  if (!stated) return { docNo: null, docNoPrinted: null, doubts: [missing(bodyText)] }

  const counted = printed ? readListedNo(printed) : null
  if (counted?.docNo && !counted.docNo.includes('〔'))
    return { docNo: counted.docNo, docNoPrinted: stated.trim(), doubts: [] }
  const { value, why } = readDocNo(stated)
  const orderInMetadata = !printed && !value ? orderNoOf(stated) : null
  if (orderInMetadata) return { docNo: orderInMetadata, docNoPrinted: stated, doubts: [] }
  const doubts: Doubt[] = why ? [{ field: 'docNo', why: `${why}。` }] : []
  const other = printed && fromMetadata ? readDocNo(fromMetadata).value : null
  if (other && value && other.docNo !== value.docNo) {
    const difference = `正文印的文号是“${value.docNo}”，元数据写的是“${other.docNo}”，已采用正文的。请对照原件核对。`
    doubts.push({ field: 'docNo', why: difference })
  }
  return { docNo: value?.docNo ?? null, docNoPrinted: stated.trim(), doubts }
}

function missing(bodyText: string): Doubt {
  const quotes = new RegExp(DOC_NO_IN_TEXT).test(bodyText)
  const others = quotes ? '正文里引用的是别的文件的文号，没有采用。' : ''
  return { field: 'docNo', why: `标题上下和元数据里都没有印文号。${others}原件有文号的，请补填。` }
}

const BEHIND = new RegExp(`[（(](${DOC_NO_IN_TEXT})[）)]$`)
const BEFORE = new RegExp(`^(${DOC_NO_IN_TEXT})\\s*(?=《|\\S{8,})`)

function besideTitle(head: Head): string | undefined {
  for (const { printed } of head.groups) {
    const number = BEHIND.exec(printed)?.[1] ?? BEFORE.exec(printed)?.[1]
    if (number) return number
  }
  return undefined
}

/** Orders and announcements are counted by organ, not by 〔year〕: 云溪县人民政府令第12号. */
function orderNo(head: Head, titlePrinted: string | null): string | null {
  for (const title of [titlePrinted ?? '', ...head.groups.map(group => group.printed)]) {
    const whole = orderNoOf(title.replace(/\s+/g, ''))
    if (whole) return whole
  }
  const heading = head.groups.map(group => group.printed.replace(/\s+/g, '')).find(isOrderHeading)
  const ordinal = head.numbers
    .map(block => block.text.replace(/\s+/g, ''))
    .find(text => ORDINAL_LINE.test(text))
  if (heading && ordinal) return orderNoOf(heading + ordinal)
  return null
}

const BELOW = 6
/** （2019年6月10日云溪市人民政府令第110号公布）; what stands behind it tells of later changes. */
const PASSED =
  /^[（(](?:[^（）()，。]{0,40}?日)?\s*([\u4e00-\u9fff]{3,30}令\s*第\s*[0-9]{1,5}\s*号)\s*(?:公布|发布)/

/** The heading of an order between the title and the text that it puts in force. */
function orderBelow(body: readonly Block[]): string | null {
  for (let i = 0; i < Math.min(body.length, BELOW); i++) {
    const [line, next] = [body[i], body[i + 1]]
    if (!line || line.kind === 'raw' || line.text.length > 80) return null
    const passed = PASSED.exec(line.text)?.[1]
    const found =
      (passed ? orderNoOf(passed.replace(/\s+/g, '')) : null) ??
      orderNoOf(line.text.replace(/\s+/g, '')) ??
      (next && ORDINAL_LINE.test(next.text) ? orderNoOf((line.text + next.text).replace(/\s+/g, '')) : null)
    if (found) return found
  }
  return null
}

/**
 * Only 第63号 is printed, and the head of a government signs: such a document is an order of that government. A person
 * confirms it.
 */
export function withOrderingOrgan(
  found: NumberFound,
  head: Head,
  issuers: readonly string[],
  byPerson: boolean,
): NumberFound {
  const printed = head.numbers.map(block => block.text).find(text => ORDINAL_LINE.test(text))
  const [organ] = issuers
  if (found.docNo !== null || !printed || !byPerson || !organ || !/人民政府$/.test(organ)) return found
  const docNo = orderNoOf(`${organ}令${printed.replace(/\s+/g, '')}`)
  if (!docNo) return found
  const why = `只印了“${printed}”，由政府负责人签署，已按“${docNo}”填写。请对照原件核对。`
  return { docNo, docNoPrinted: printed, doubts: [{ field: 'docNo', why }] }
}

function orderNoOf(text: string): string | null {
  const match =
    /^([\u4e00-\u9fff]{2,30}(?:令|公告|通告))\s*[（(]?\s*(\d{4}年)?\s*第\s*([0-9０-９]{1,5}|[一二三四五六七八九十百零〇]{1,5})\s*号\s*[）)]?$/.exec(
      text.length > 60 ? '' : text,
    )
  const no = ordinalOf(match?.[3] ?? '')
  return match && no > 0 ? `${match[1]}${match[2] ?? ''}第${no}号` : null
}
