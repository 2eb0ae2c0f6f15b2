import { type Block, isDateLine, looksLikeOrgan } from '#modules/files'
import { resemblesDocNo } from './doc-no.ts'
import { isOrderHeading, tidyTitle, titleKey } from './title-form.ts'

/** Lines at the top of a page that are neither site nor title: who published it, how it was passed, the title again. */

/** 第12号 or 2024年第5号 under 令 and 公告. */
export const ORDINAL_LINE =
  /^[（(]?(?:[12][0-9]{3}年)?第\s*(?:[0-9０-９]{1,5}|[一二三四五六七八九十百零〇]{1,6})\s*号[）)]?$/

/** 2018-06-29 15:36 and what a button beside it says. */
const BARE_TIME =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)(?:\s*(?:我要|打印|收藏|分享|字体|点击|浏览|阅读|评论)[^0-9]{0,8})?$/

export function bareTimeOf(line: string): string | null {
  return BARE_TIME.exec(line)?.[1] ?? null
}

/** An index number without its label. */
export function isIndexNo(line: string): boolean {
  return /^[0-9A-Z]{8,24}[/-](?:[0-9A-Z]{1,12}[/-])?(?:19|20)\d{2}[-/]\d{3,6}$/.test(line)
}

/** 主动公开 on a line of its own says how the page is open. */
export function isOpenness(line: string): boolean {
  return /^(?:主动公开|依申请公开|全文公开|公开|朗读|有效|现行有效)$/.test(line)
}

const LOOK_AHEAD = 3

/**
 * The organ alone under the title, as sites of laws print it (四川省云溪市人民政府): only where the head goes on below it, with
 * a number, an order, a day, or the title once more.
 */
export function isByline(blocks: readonly Block[], at: number, titles: readonly string[]): boolean {
  const text = blocks[at]?.text ?? ''
  if (!looksLikeOrgan(text)) return false
  for (let below = at + 1; below <= at + LOOK_AHEAD && below < blocks.length; below++) {
    const next = blocks[below]
    if (!next || next.kind === 'raw' || next.text.length > 120) return false
    const line = next.text
    if (line === '') continue
    return (
      ORDINAL_LINE.test(line) ||
      isOrderHeading(tidyTitle(line)) ||
      bareTimeOf(line) !== null ||
      (line.length <= 40 && resemblesDocNo(line.replace(/^[（(](.*号)[）)]$/, '$1'))) ||
      titlePieces(blocks, below, titles) > 0
    )
  }
  return false
}

const PIECES = 6
const SHORTEST = 8

/** The title once more, in pieces or only its beginning: how many lines it takes; 0 when it is something else. */
export function titlePieces(blocks: readonly Block[], at: number, titles: readonly string[]): number {
  const keys = titles.map(titleKey)
  let read = ''
  for (let i = at; i < Math.min(blocks.length, at + PIECES); i++) {
    const block = blocks[i]
    if (!block || block.kind === 'raw' || block.text.length > 120 || isDateLine(block.text)) break
    read += titleKey(block.text)
    if (read.length >= SHORTEST && keys.some(key => key.endsWith(read))) return i - at + 1
    if (!keys.some(key => key.includes(read))) break
  }
  const [first, next] = [blocks[at]?.text ?? '', blocks[at + 1]?.text ?? '']
  const begun = titleKey(first)
  const cut = begun.length >= SHORTEST && keys.some(key => key.startsWith(begun))
  return cut && next.length <= 40 && resemblesDocNo(next) ? 1 : 0
}

const PROVINCE =
  /^(?:[\u4e00-\u9fff]{2,3}省|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区)(?=[\u4e00-\u9fff]{2,10}?(?:市|州|地区|盟|县|区)[\u4e00-\u9fff]{2,})/

/** Sites of laws put the province before the name of the organ. */
export function withoutProvince(organ: string): string {
  return organ.replace(PROVINCE, '')
}

/** A site that collects laws and papers of everybody; its days are its own. */
export function isCollection(source: string): boolean {
  return (
    source.length <= 30 &&
    /法律(?:资料|图书|法规|教育|服务|之家|网)|法规(?:资料|数据|库|网)|资料网|文库|图书馆|北大法宝|法邦|法易|找法|华律|律师|百科|税屋|建标|中国法制信息|论文/.test(
      source,
    ) &&
    !/(?:政府|[局厅委部办])$/.test(source)
  )
}
