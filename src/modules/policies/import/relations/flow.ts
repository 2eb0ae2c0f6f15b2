import {
  type Block,
  isAddressee,
  isAttachmentStart,
  isDateLine,
  numberingOf,
  signersOf,
} from '#modules/files'
import { flatTableAt } from './flat-rows.ts'
import { gridOf } from './table-grid.ts'

/** A paragraph as it was meant, or a table. `masked` is as long as `text`, with what is quoted in “” blotted out. */
export type Unit = {
  text: string
  masked: string
  rows: string[][] | null
  /** Rows of a flattened table in which neither title nor number could be told. */
  unread?: string[]
  /** Position of its first block. */
  block: number
  align: 'right' | 'center' | null
}

const JOINED_LIMIT = 60
/** A line of print holds about 28 characters (S-GWG-03): a shorter one did not run into the margin. */
const FULL_LINE = 24

/** Blocks → paragraphs: lines that print broke inside a title, a number or a sentence come together again. */
export function flowOf(blocks: readonly Block[]): Unit[] {
  const units: Unit[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]
    if (!block || block.text === '') continue
    if (block.kind === 'raw' && /[\t|｜]/.test(block.text)) {
      units.push({ ...unitOf(block.text, i, block), rows: gridOf(block.html) ?? rowsOf(block.text) })
      continue
    }
    if (block.kind === 'raw') {
      for (const line of block.text.split('\n')) if (line !== '') units.push(unitOf(line, i, block))
      continue
    }
    const table = flatTableAt(blocks, i)
    if (table) {
      const lines = blocks.slice(i, i + table.blocks).map(line => line.text)
      units.push({ ...unitOf(lines.join('\n'), i, block), rows: table.rows, unread: table.unread })
      i += table.blocks - 1
      continue
    }
    let text = block.text
    const first = i
    for (let more = 0; more < JOINED_LIMIT; more++) {
      const next = blocks[i + 1]
      if (!next || next.kind === 'raw' || !runsOn(text, next.text)) break
      text += next.text
      i++
    }
    units.push(unitOf(withFullSigns(text), first, block))
  }
  return withMask(units)
}

/** Half-width signs between Chinese words are read as the full-width ones that were meant; names stay as printed. */
function withFullSigns(text: string): string {
  if (!/[,;:]/.test(text)) return text
  return text.replace(/《[^》]{1,200}》|(?<=[^ -~])[,;:]|[,;:](?=[^ -~])/g, found =>
    found === ',' ? '，' : found === ';' ? '；' : found === ':' ? '：' : found,
  )
}

function unitOf(text: string, block: number, { align }: Pick<Block, 'align'>): Unit {
  return { text, masked: text, rows: null, block, align: align ?? null }
}

function runsOn(text: string, next: string): boolean {
  if (text.length > 2000 || /[。；：！？]$/.test(text)) return false
  if (opensMore(text.slice(-240)))
    return next.length < 400 && !/^附\s*件|^第[一二三四五六七八九十百]+条/.test(next)
  if (/[0-9０-９]年$|[年月][0-9０-９]{1,2}月?$/.test(text) && /^[0-9０-９]{1,2}[月日]/.test(next)) return true
  if (/[〕\]］】]\s?第?$/.test(text) && /^第?\s?[0-9０-９]{1,5}\s?号/.test(next)) return true
  if (text.length <= 12 && /^[〔[［【][0-9０-９]{4}[〕\]］】]/.test(next) && /[\u4e00-\u9fff]$/.test(text))
    return true
  if (/[0-9０-９]$/.test(text) && /^[年月日号][^，。；]{0,3}/.test(next)) return true
  return text.length >= FULL_LINE && next.length > 0 && !/[》）)]$/.test(text) && goesOnWith(next)
}

function goesOnWith(next: string): boolean {
  return (
    !/^(?:[《〈（(“]|附|[0-9０-９]+\s*[.．、]|第[一二三四五六七八九十百]+[章节条])/.test(next) &&
    /[，。；、]/.test(next) &&
    numberingOf(next) === null &&
    !isAddressee(next) &&
    !isAttachmentStart(next) &&
    !isDateLine(next) &&
    signersOf(next).length === 0
  )
}

/** A bracket that is not closed on its line. */
function opensMore(text: string): boolean {
  let titles = 0
  let rounds = 0
  for (const sign of text) {
    if (sign === '《') titles++
    else if (sign === '》' || (sign === '〉' && titles > 0 && !text.includes('〈')))
      titles = Math.max(0, titles - 1)
    else if (sign === '（' || sign === '(' || sign === '〔') rounds++
    else if (sign === '）' || sign === ')' || sign === '〕') rounds = Math.max(0, rounds - 1)
  }
  return titles > 0 || rounds > 0
}

function rowsOf(text: string): string[][] {
  return text
    .split('\n')
    .filter(row => !/^[|｜\s:—–-]+$/.test(row))
    .map(row => {
      const bare = /^[|｜].*[|｜]$/.test(row) ? row.slice(1, -1) : row
      return bare.split(/[\t|｜]/).map(cell => cell.trim())
    })
}

const QUOTE_LIMIT = 4000

/** What stands in “” is the wording of another document: it says nothing of this one. A quoted title stays. */
function withMask(units: Unit[]): Unit[] {
  const whole = units.map(unit => unit.text).join('\n')
  if (!whole.includes('“')) return units
  const parts: string[] = []
  let done = 0
  let at = whole.indexOf('“')
  while (at !== -1) {
    const end = whole.indexOf('”', at + 1)
    if (end === -1) break
    const quoted = whole.slice(at + 1, end)
    if (
      end - at <= QUOTE_LIMIT &&
      !/^(?:《.*》|[^，。；]*关于[^。；]{2,100}(?:通知|意见|办法|规定|决定|方案|细则))$/.test(quoted)
    )
      parts.push(whole.slice(done, at + 1), quoted.replace(/[^\n]/g, '＊'))
    else parts.push(whole.slice(done, end))
    done = end
    at = whole.indexOf('“', end + 1)
  }
  parts.push(whole.slice(done))
  const masked = parts.join('')
  let from = 0
  return units.map(unit => {
    const mine = masked.slice(from, from + unit.text.length)
    from += unit.text.length + 1
    return { ...unit, masked: mine }
  })
}
