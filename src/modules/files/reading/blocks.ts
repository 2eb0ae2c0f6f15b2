import { escapeHtml } from './escape-html.ts'

/**
 * One piece of a document in reading order. A `line` is a paragraph or heading whose role its words decide; `raw` is
 * set already (table, list, picture). `html` is always safe: escaped text, or out of cleanBody.
 */
export type Block = {
  kind: 'line' | 'raw'
  text: string
  html: string
  /** Line in the source, from 1, to name a place to people; 0 where the source has no lines. */
  line: number
  /** An empty line, or another element, stands before it. */
  gapBefore: boolean
  align?: 'right' | 'center'
}

/** Further from the left than any paragraph is indented: the writer moved the line to the right by hand. */
const RIGHT_INDENT = 16

export function lineBlock(text: string, place: Partial<Block> = {}): Block {
  return { kind: 'line', text, html: escapeHtml(text), line: 0, gapBefore: false, ...place }
}

export function blocksOfText(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  let gapBefore = true
  for (let i = 0; i < lines.length; i++) {
    const printed = lines[i] ?? ''
    const clean = tidyLine(printed)
    if (clean === '') {
      gapBefore = true
      continue
    }
    const rows = tableRows(lines, i)
    if (rows.length > 1) {
      blocks.push({ kind: 'raw', text: rows.join('\n'), html: tableHtml(rows), line: i + 1, gapBefore })
      i += rows.length - 1
    } else {
      const right = indentOf(printed) >= RIGHT_INDENT && clean.length <= 40
      blocks.push(lineBlock(clean, { line: i + 1, gapBefore, ...(right ? { align: 'right' as const } : {}) }))
    }
    gapBefore = false
  }
  return blocks
}

/** One space for any run of blanks, entities of blanks that were left undecoded included; none at the ends. */
export function tidyLine(line: string): string {
  // Most lines have none of these; asking once is quicker than replacing four times.
  if (!/[\s&\u200b-\u200d\u2060\ufeff]/.test(line)) return line
  return line
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/&(?:nbsp|ensp|emsp|sp|#160);/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function indentOf(line: string): number {
  const blanks = /^\s*/.exec(line)?.[0] ?? ''
  let width = 0
  for (const blank of blanks) width += blank === '\u3000' ? 2 : blank === '\t' ? 4 : 1
  return width
}

function tableRows(lines: string[], from: number): string[] {
  const rows: string[] = []
  for (let i = from; i < lines.length; i++) {
    const line = tidyLine(lines[i] ?? '')
    if (!/^[|｜].*[|｜]$/.test(line) || line.length < 3) break
    rows.push(line)
  }
  return rows
}

function tableHtml(rows: string[]): string {
  const cells = rows.filter(row => !/^[|｜\s:—–-]+$/.test(row)).map(cellsOf)
  const [head = [], ...body] = cells
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0)
  const filled = (row: string[]) => Array.from({ length: width }, (_, i) => escapeHtml(row[i] ?? ''))
  const header = filled(head).map(cell => `<th scope="col">${cell}</th>`)
  const lines = body.map(
    row =>
      `<tr>${filled(row)
        .map(cell => `<td>${cell}</td>`)
        .join('')}</tr>`,
  )
  const tbody = lines.length > 0 ? `<tbody>${lines.join('')}</tbody>` : ''
  return `<table><thead><tr>${header.join('')}</tr></thead>${tbody}</table>`
}

function cellsOf(row: string): string[] {
  return row
    .slice(1, -1)
    .split(/[|｜]/)
    .map(cell => cell.trim())
}
