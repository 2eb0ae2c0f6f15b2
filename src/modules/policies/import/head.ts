import {
  type Block,
  isAddressee,
  isDateLine,
  type LabelledValue,
  labelKind,
  labelledCells,
  labelledValues,
  numberingOf,
  signersOf,
} from '#modules/files'
import { resemblesDocNo } from './doc-no.ts'
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
  /** The masthead 云溪县人民政府文件, without 文件. */
  masthead: string | null
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
    masthead: null,
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
  const block = blocks[i]
  if (!block) return 0
  const { text } = block
  const done = (count: number) => {
    head.bodyFrom = i + count
    return count
  }
  if (text === '') return 1
  const pairs = labelledIn(block, blocks[i + 1])
  if (pairs) {
    head.labelled.push(...pairs.found)
    const above = head.groups.at(-1)
    if (above && head.bodyFrom === above.at + above.blocks.length) above.aboveLabels = true
    return done(pairs.blocks)
  }
  if (block.kind === 'raw') return 0
  if (isSiteChrome(text)) return done(1)
  if (/^(?:绝密|机密|秘密)(?:\s*[★☆].*)?$|^内部(?:资料|文件|使用|材料)/.test(text)) {
    head.secrecy.push(block)
    return done(1)
  }
  const masthead = /^([\u4e00-\u9fff\s]{4,40})文\s?件$/.exec(text)?.[1]
  if (masthead && signersOf(masthead).length > 0) {
    head.masthead = masthead.replace(/\s+/g, '')
    return done(1)
  }
  if (resemblesDocNo(numberText(text)) || /^第\s*[0-9０-９一二三四五六七八九十]{1,5}\s*号$/.test(text)) {
    head.numbers.push(block)
    return done(1)
  }
  // The day under a title, or the bare time of publishing that some sites print.
  if (isDateLine(text) || /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$/.test(text)) {
    head.dates.push(block)
    return done(1)
  }
  return 0
}

/** The number of a line without the brackets round it and without 签发人, which may share the line (S-GWG-09). */
export function numberText(text: string): string {
  return text.replace(/\s*签发人\s*[：:].*$/, '').replace(/^[（(]\s*(.*号)\s*[）)]$/, '$1')
}

function labelledIn(
  block: Block,
  next: Block | undefined,
): { found: LabelledValue[]; blocks: number } | null {
  if (block.kind === 'raw') {
    // A long table is content.
    if (block.text.length > 3000) return null
    const found = block.text
      .split('\n')
      .flatMap(row => labelledCells(row.split(/[\t|｜]/).map(cell => cell.trim())))
    const telling = found.filter(pair => pair.kind !== 'other' && pair.value !== '')
    return telling.length >= 2 ? { found, blocks: 1 } : null
  }
  const found = labelledValues(block.text)
  const [only] = found
  const follows =
    next && next.kind === 'line' && labelledValues(next.text).length === 0 && next.text.length <= 60
  if (only && found.length === 1 && only.value === '' && follows && startsMetadata(only)) {
    return { found: [{ ...only, value: next.text }], blocks: 2 }
  }
  if (found.length > 0) return { found, blocks: 1 }
  const words = block.text.split(/\s+/)
  const first = labelKind(words[0] ?? '')
  return first && words.length >= 2 && startsMetadata(first)
    ? { found: labelledCells(words), blocks: 1 }
    : null
}

function startsMetadata({ kind }: Pick<LabelledValue, 'kind'>): boolean {
  return kind !== 'other' && kind !== 'source' && kind !== 'validity'
}

function takeTitle(head: Head, blocks: Block[], i: number): number {
  const block = blocks[i]
  if (!block || block.kind === 'raw' || startsText(block.text)) return 0
  const group = gather(blocks, i)
  const settled = head.groups.some(earlier => earlier.titleLike || earlier.aboveLabels)
  // With a title in hand, a short line that is none belongs to the text: a table's heading, a first item.
  if (!group.titleLike && settled) {
    const repeated = repeatBelow(head, blocks, i)
    if (repeated > 0) head.bodyFrom = i + repeated
    return repeated
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
    if (again.titleLike && known.has(titleKey(again.printed))) return below - i + again.blocks.length
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
  if (/^第.{1,6}号$/.test(line)) return /[\u4e00-\u9fff](?:令|公告|通告)$/.test(text) && isOrderHeading(text)
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
