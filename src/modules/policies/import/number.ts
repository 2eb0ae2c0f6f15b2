import { DOC_NO_IN_TEXT, readDocNo, resemblesDocNo } from './doc-no.ts'
import { type Head, numberText } from './head.ts'
import type { Doubt } from './recognised.ts'

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
): NumberFound {
  const printed = head.numbers.map(block => numberText(block.text)).find(resemblesDocNo) ?? besideTitle(head)
  const order = orderNo(head, titlePrinted)
  if (!printed && order) return { docNo: order, docNoPrinted: order, doubts: [] }
  const stated = printed ?? fromMetadata
  if (!stated) return { docNo: null, docNoPrinted: null, doubts: [missing(bodyText)] }

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
  return null
}

function orderNoOf(text: string): string | null {
  const match =
    /^([\u4e00-\u9fff]{2,30}(?:令|公告|通告))\s*[（(]?\s*(\d{4}年)?\s*(第\s*[0-9一二三四五六七八九十百]{1,5}\s*号)\s*[）)]?$/.exec(
      text,
    )
  return match ? `${match[1]}${match[2] ?? ''}${match[3]?.replace(/\s+/g, '')}` : null
}
