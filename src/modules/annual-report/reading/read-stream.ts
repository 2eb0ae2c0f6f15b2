import { UnreadableFile } from '#modules/files'
import {
  applicantColumns,
  type Cell,
  disclosureRows,
  disputeGroups,
  emptyCells,
  resultColumns,
  rowLabel,
} from '../report.ts'
import { disclosureRowOf, isResultHeading, isTrialHeading, requestRowOf } from './labels.ts'
import { readCell } from './numbers.ts'
import type { ReadTables } from './read-grids.ts'

/** Text into which tables fell apart, a cell a line: labels, and after each its figures. */
export function readStream(name: string, text: string): ReadTables {
  const read: ReadTables = { section2: {}, section3: {}, section4: {}, trial: false, odd: [] }
  // `cell | cell` on lines of their own: only bars tell where nothing stands.
  const barred = /\n\s*[|｜][|｜\s]*\n/.test(text)
  const tokens = text
    .split(barred ? /[|｜]/ : /[\n|｜\t]/)
    .map(token => token.replace(/\s+/g, ''))
    .filter(token => barred || token !== '')
  const start = tokens.findIndex(token => /本年(?:度)?新收/.test(token))
  if (start === -1) return read
  readDisclosed(read, tokens.slice(0, start))
  const rest = readRequests(name, read, tokens.slice(start), barred)
  readDisputed(read, rest)
  return read
}

function readDisclosed(read: ReadTables, tokens: readonly string[]): void {
  const from = tokens.findLastIndex(token => /第二十条第.{1,3}一.{1,2}项/.test(token))
  for (let at = Math.max(0, from); at < tokens.length; at++) {
    const token = tokens[at] ?? ''
    if (isTrialHeading(token)) read.trial = true
    const kind =
      token.length < 12 ? disclosureRows.find(one => one.code === disclosureRowOf(token)) : undefined
    if (!kind || read.section2[kind.code]) continue
    const cells: Cell[] = []
    while (cells.length < kind.columns.length) {
      const cell = readCell(tokens[at + 1 + cells.length] ?? '字')
      if (cell === undefined) break
      cells.push(cell)
    }
    // Where a blank got lost nobody knows which: the row is left out.
    if (cells.length === kind.columns.length) read.section2[kind.code] = cells
  }
}

/** @returns what follows the last row */
function readRequests(name: string, read: ReadTables, tokens: readonly string[], barred: boolean): string[] {
  const width = applicantColumns.length
  let words = ''
  let before: string | null = null
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] ?? ''
    const cell = readCell(token)
    if (cell === undefined) {
      const passed = requestRowOf(words, before)
      // Without bars a row whose cells are all blank leaves nothing but its label.
      if (!barred && passed !== null && isLeaf(passed) && requestRowOf(token, passed) !== null)
        if (requestRowOf(token, passed) !== passed && !read.section3[passed]) {
          read.section3[passed] = emptyCells(width)
          before = passed
          words = ''
        }
      words += token
      at++
      if (/^四、.*(?:复议|诉讼)/.test(token)) return tokens.slice(at)
      continue
    }
    const row = requestRowOf(words, before)
    if (row === null) {
      at++
      continue
    }
    const cells: Cell[] = []
    while (cells.length < width && at + cells.length < tokens.length) {
      const next = readCell(tokens[at + cells.length] ?? '')
      if (next === undefined) break
      cells.push(next)
    }
    if (cells.length < width)
      throw new UnreadableFile(
        'malformed',
        `“${name}”第三部分“${rowLabel(row)}”一行只读出${cells.length}个数，分不清哪几格空白。请改用原来的 .docx、.xlsx 或 .html 文件。`,
      )
    read.section3[row] = cells
    at += width
    before = row
    words = ''
    if (row === 'D') return tokens.slice(at)
  }
  return []
}

/** Rows with figures of their own; the others are headings over several. */
const isLeaf = (row: string) => !/^C[3-6]$/.test(row)

function readDisputed(read: ReadTables, tokens: readonly string[]): void {
  const end = tokens.findIndex(token => /^五、/.test(token))
  const within = end === -1 ? tokens : tokens.slice(0, end)
  const heading = within.findLastIndex(isResultHeading)
  if (heading === -1) return
  const width = resultColumns.length
  const cells: Cell[] = []
  for (const token of within.slice(heading + 1)) {
    const cell = readCell(token)
    if (cell === undefined) break
    cells.push(cell)
  }
  const all = width * disputeGroups.length
  const filled = cells.length >= all ? cells : cells.every(cell => cell === null) ? emptyCells(all) : null
  if (filled)
    for (const [at, group] of disputeGroups.entries())
      read.section4[group] = filled.slice(at * width, (at + 1) * width)
}
