import {
  type Block,
  isAddressee,
  isDateLine,
  type LabelledValue,
  labelledValues,
  looksLikeOrgan,
  numberingOf,
  signersOf,
} from '#modules/files'
import { resemblesDocNo } from './doc-no.ts'
import { byTurns, labelledIn } from './head-labels.ts'
import {
  bareTimeOf,
  isByline,
  isCollection,
  isIndexNo,
  isOpenness,
  ORDINAL_LINE,
  titlePieces,
} from './head-lines.ts'
import { isSiteChrome } from './site-chrome.ts'
import { bracketsMatch, isCompleteTitle, isOrderHeading, isTitleLike, titleKey } from './title-form.ts'

export type TitleGroup = {
  printed: string
  /** Position of its first block. */
  at: number
  blocks: Block[]
  /** Reads like a title by its own words. */
  titleLike: boolean
  /** The line of 来源 and 发布时间 stands right under it: the site shows it as the title. */
  aboveLabels: boolean
}

/** Everything that stands before the text: site lines, metadata, title, number, date. */
export type Head = {
  groups: TitleGroup[]
  numbers: Block[]
  labelled: LabelledValue[]
  dates: Block[]
  /** 密级、内部 marks (S-GWG-24). */
  secrecy: Block[]
  /** The organs of the masthead 云溪县人民政府文件. */
  masthead: string[]
  /** The organ alone under the title: who the site says it is from. */
  byline: string | null
  bodyFrom: number
}

const HEAD_LIMIT = 120

export function readHead(blocks: Block[]): Head {
  const head: Head = {
    groups: [],
    numbers: [],
    labelled: [],
    dates: [],
    secrecy: [],
    masthead: [],
    byline: null,
    bodyFrom: 0,
  }
  const reading = Math.min(blocks.length, HEAD_LIMIT)
  for (let i = 0; i < reading; ) {
    const taken = takeKnown(head, blocks, i) || takeTitle(head, blocks, i)
    if (taken === 0) break
    i += taken
  }
  return head
}

/** Takes a line that can only be site, metadata, number, mark or date. Returns how many blocks that were. */
function takeKnown(head: Head, blocks: Block[], i: number): number {
  const block = unbulleted(blocks[i])
  if (!block) return 0
  const { text } = block
  const done = (count: number) => {
    head.bodyFrom = i + count
    return count
  }
  if (text === '') return 1
  const pairs = labelledIn(block, blocks[i + 1]) ?? byTurns(blocks, i)
  if (pairs) {
    head.labelled.push(...pairs.found)
    const above = head.groups.at(-1)
    if (above && head.bodyFrom === above.at + above.blocks.length) above.aboveLabels = true
    return done(pairs.blocks)
  }
  if (block.kind === 'raw') return 0
  if (isSiteChrome(text) || isOpenness(text)) return done(1)
  if (isIndexNo(text)) {
    head.labelled.push({ kind: 'indexNo', label: '索引号', value: text })
    return done(1)
  }
  if (/^(?:绝密|机密|秘密)(?:\s*[★☆].*)?$|^内部(?:资料|文件|使用|材料)/.test(text)) {
    head.secrecy.push(block)
    return done(1)
  }
  const masthead = mastheadAt(blocks, i)
  if (masthead) {
    head.masthead = masthead.organs
    return done(masthead.blocks)
  }
  if (resemblesDocNo(numberText(text)) || ORDINAL_LINE.test(text) || isBareNo(text)) {
    head.numbers.push(block)
    return done(1)
  }
  const plain = text.replace(/^[•·●◆▪■]\s*/, '')
  const dated = DATED_LABELS.exec(plain)
  if (dated?.[1] && dated[2] && labelledValues(dated[2]).length > 0) {
    head.dates.push({ ...block, text: dated[1] })
    head.labelled.push(...labelledValues(dated[2]))
    const above = head.groups.at(-1)
    if (above && head.bodyFrom === above.at + above.blocks.length) above.aboveLabels = true
    return done(1)
  }
  // The day under a title, or the bare time of publishing that some sites print.
  const time = bareTimeOf(plain)
  if (isDateLine(text) || time !== null) {
    head.dates.push({ ...block, text: time ?? plain })
    return done(1)
  }
  return 0
}

/** `- 发布日期：…`: lists of labels that were saved with their bullets. */
function unbulleted(block: Block | undefined): Block | undefined {
  if (!block || block.kind === 'raw' || !/^[-–*]\s+\S/.test(block.text)) return block
  const text = block.text.replace(/^[-–*]\s+/, '')
  return labelledValues(text).length > 0 ? { ...block, text } : block
}

/** 〔2024〕3号 alone: minutes and some sites leave the code out. */
export function isBareNo(text: string): boolean {
  return /^[〔[［【（(]\s?[0-9]{4}\s?[〕\]］】）)]\s?第?\s?[0-9]{1,5}\s?号$/.test(text)
}

/** `2021-05-14 09:32 来源：……`: some sites print the time without its label. */
const DATED_LABELS = /^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)\s+(\S.*)$/

/** 云溪县人民政府文件; joint issuers stand under each other, and 文件 beside the last of them or below. */
function mastheadAt(blocks: Block[], at: number): { organs: string[]; blocks: number } | null {
  const organs: string[] = []
  for (let i = at; i < Math.min(blocks.length, at + 10); i++) {
    const block = blocks[i]
    if (!block || block.kind === 'raw' || block.text.length > 60) return null
    const { text } = block
    if (/^文\s?件$/.test(text)) return organs.length > 0 ? { organs, blocks: i - at + 1 } : null
    const last = /^([\u4e00-\u9fff\s（）()]{4,50})文\s?件$/.exec(text)?.[1]
    const named = signersOf(last ?? text)
    if (named.length === 0) return null
    organs.push(...named)
    if (last !== undefined) return { organs, blocks: i - at + 1 }
  }
  return null
}

/** The number of a line without the brackets round it and without 签发人, which may share the line (S-GWG-09). */
export function numberText(text: string): string {
  return text.replace(/\s*签发人\s*[：:].*$/, '').replace(/^[（(]\s*(.*号)\s*[）)]$/, '$1')
}

function takeTitle(head: Head, blocks: Block[], i: number): number {
  const block = blocks[i]
  if (!block || block.kind === 'raw' || startsText(block.text)) return 0
  const settled = head.groups.some(earlier => earlier.titleLike || earlier.aboveLabels)
  // Sites of laws print the organ between their title and that of the document; it is part of neither.
  const collected = head.labelled.some(pair => pair.kind === 'source' && isCollection(pair.value))
  if (settled && collected && head.byline === null && looksLikeOrgan(block.text)) {
    head.byline = block.text
    head.bodyFrom = i + 1
    return 1
  }
  const group = gather(blocks, i)
  // With a title in hand, a short line that is none belongs to the text: a table's heading, a first item.
  if (!group.titleLike && settled) {
    const titles = head.groups.map(earlier => earlier.printed)
    const repeated = repeatBelow(head, blocks, i) || titlePieces(blocks, i, titles)
    const byline = repeated === 0 && isByline(blocks, i, titles)
    if (byline) head.byline ??= block.text
    const taken = byline ? 1 : repeated
    if (taken > 0) head.bodyFrom = i + taken
    return taken
  }
  head.groups.push(group)
  if (group.titleLike) head.bodyFrom = i + group.blocks.length
  else if (leadsToLabels(blocks, i + 1)) head.bodyFrom = i + 1
  return group.blocks.length
}

/** A page that prints its title again a line or two further down; what stands between is the page's too. */
function repeatBelow(head: Head, blocks: Block[], i: number): number {
  const known = new Set(head.groups.map(group => titleKey(group.printed)))
  for (let below = i + 1; below <= i + 3 && below < blocks.length; below++) {
    const again = gather(blocks, below)
    if (again.titleLike && known.has(titleKey(again.printed))) {
      if (looksLikeOrgan(blocks[i]?.text ?? '')) head.byline ??= blocks[i]?.text ?? null
      return below - i + again.blocks.length
    }
  }
  return 0
}

function leadsToLabels(blocks: Block[], i: number): boolean {
  const next = blocks[i]
  return next !== undefined && next.kind === 'line' && labelledValues(next.text).length > 0
}

function startsText(text: string): boolean {
  if (
    isAddressee(text) ||
    numberingOf(text) !== null ||
    /^(?:[0-9]{1,2}[.．、]|附件|目\s*录$|[（(]\d{4}年.*(?:通过|公布|发布|修订|修正))/.test(text)
  )
    return true
  return (
    text.length > 200 ||
    /[。；：:]$/.test(text) ||
    (text.length >= 30 && /[。；]/.test(text)) ||
    (text.length > 60 && !isTitleLike(text) && bracketsMatch(text))
  )
}

/** One title out of the lines it is broken into: by sense (S-GWG-11), or with its issuers on lines of their own. */
function gather(blocks: Block[], from: number): TitleGroup {
  const parts: Block[] = []
  let text = ''
  let whole: { printed: string; count: number } | null = null
  for (let i = from; i < Math.min(blocks.length, from + 8); i++) {
    const block = blocks[i]
    const above = parts.at(-1)
    if (!block || block.kind === 'raw' || block.text === '') break
    if (above && !goesOn(text, above, block)) break
    const divided = signersOf(text).length > 0 && signersOf(block.text).length > 0
    text = `${text}${divided ? ' ' : ''}${block.text}`
    parts.push(block)
    if (isTitleLike(text)) whole = { printed: text, count: parts.length }
  }
  // Lines that did not come together to a title are single lines.
  const { printed, count } = whole ?? { printed: parts[0]?.text ?? '', count: 1 }
  return { printed, at: from, blocks: parts.slice(0, count), titleLike: whole !== null, aboveLabels: false }
}

function goesOn(text: string, above: Block, next: Block): boolean {
  const line = next.text
  if (ORDINAL_LINE.test(line)) return /[\u4e00-\u9fff](?:令|公告|通告)$/.test(text) && isOrderHeading(text)
  if (startsText(line) && !/^[（(]/.test(line)) return false
  if (
    labelledValues(line).length > 0 ||
    resemblesDocNo(numberText(line)) ||
    isDateLine(line) ||
    isSiteChrome(line)
  )
    return false
  if (!bracketsMatch(text)) return true
  const organs = signersOf(text).length > 0
  if (organs) return /^(?:关于|转发|批转|印发|公布)/.test(line) || signersOf(line).length > 0
  if (isCompleteTitle(text))
    return /^[（(](?:试行|暂行|修订|修正|征求意见|送审|草案|\d{4}年)/.test(line) && line.length <= 16
  // Centred lines under each other belong together even where each is a paragraph of its own.
  if (next.gapBefore && !(above.align === 'center' && next.align === 'center')) return false
  if (/关于|印发|转发/.test(text)) return true
  return text.length >= 10 && !/关于/.test(line) && isCompleteTitle(text + line)
}
