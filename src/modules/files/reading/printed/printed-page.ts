import { columnsOf } from './page-columns.ts'
import { takeTables } from './ruled-tables.ts'
import type { Rule } from './rules.ts'

/** A piece of text where it stands on a page. Lengths in points, `y` down from the upper edge to the foot of the letters. */
export type PrintedText = { text: string; x: number; y: number; width: number; size: number }

export type PrintedPage = { width: number; height: number; texts: PrintedText[]; rules?: Rule[] }

/** Text without a wide gap in it. */
export type Segment = { text: string; x: number; right: number }

export type PrintedLine = {
  segments: Segment[]
  /** The cells of a row of a ruled table. */
  cells?: string[]
  x: number
  right: number
  y: number
  size: number
  page: number
  /** Lines are only compared with lines of the same column: 0 what goes across the page, else 1, 2. */
  column: number
}

/** A gap of so many letters divides cells, or names set side by side. */
const CELL_GAP = 1.8

/** Lines of one page in the order of reading: of two columns the left one first. */
export function linesOfPage(page: PrintedPage, number: number): PrintedLine[] {
  const { rows, rest } = takeTables(page.texts.flatMap(trimmed), page.rules ?? [], cellText)
  const tables = rows.map(({ cells, y, left, right, size }) => {
    return { segments: [], cells, x: left, right, y, size, page: number, column: 0 }
  })
  const columns = columnsOf(rest, page.width)
  if (columns === null) return [...linesOf(rest, number, 0), ...tables].sort((a, b) => a.y - b.y)
  const { across, left, right } = columns
  const middle = (Math.min(...left.map(text => text.y)) + Math.max(...left.map(text => text.y))) / 2
  const wide = [...linesOf(across, number, 0), ...tables].sort((a, b) => a.y - b.y)
  return [
    ...wide.filter(line => line.y < middle),
    ...linesOf(left, number, 1),
    ...linesOf(right, number, 2),
    ...wide.filter(line => line.y >= middle),
  ]
}

/** Whether a line has gaps as tables have them: then it is worth looking for what rules it. */
export function looksTabular(page: PrintedPage): boolean {
  return linesOf(page.texts.flatMap(trimmed), 0, 0).some(line => line.segments.length > 1)
}

const cellText = (texts: readonly PrintedText[]) =>
  linesOf(texts, 0, 0)
    .map(line => line.segments.map(segment => segment.text).join(' '))
    .join('')

/** Blanks at the ends only move the text; a line of blanks is none. */
function trimmed(text: PrintedText): PrintedText[] {
  const inner = text.text.trim()
  if (inner === '') return []
  const before = blankWidth(/^\s*/.exec(text.text)?.[0] ?? '', text.size)
  const after = blankWidth(/\s*$/.exec(text.text)?.[0] ?? '', text.size)
  return [{ ...text, text: inner, x: text.x + before, width: Math.max(0, text.width - before - after) }]
}

function blankWidth(blanks: string, size: number): number {
  let width = 0
  for (const blank of blanks) width += blank === '\u3000' ? size : size / 4
  return width
}

function linesOf(texts: readonly PrintedText[], page: number, column: number): PrintedLine[] {
  const sorted = [...texts].sort((a, b) => a.y - b.y || a.x - b.x)
  const rows: PrintedText[][] = []
  let row: PrintedText[] = []
  for (const text of sorted) {
    const first = row[0]
    if (first && text.y - first.y > Math.max(first.size, text.size) * 0.45) {
      rows.push(row)
      row = []
    }
    row.push(text)
  }
  if (row.length > 0) rows.push(row)
  return rows.map(texts => lineOf(texts, page, column))
}

function lineOf(row: PrintedText[], page: number, column: number): PrintedLine {
  row.sort((a, b) => a.x - b.x)
  const size = Math.max(...row.map(text => text.size))
  const segments: Segment[] = []
  for (const { text, x, width } of row) {
    const last = segments.at(-1)
    const gap = last ? x - last.right : Number.POSITIVE_INFINITY
    // Bold is sometimes printed twice, a little aside.
    if (last?.text.endsWith(text) && gap < -0.5 * Math.min(width, size)) continue
    if (!last || gap > CELL_GAP * size) {
      segments.push({ text, x, right: x + width })
    } else {
      const blank = gap > size * (/[!-~]$/.test(last.text) && /^[!-~]/.test(text) ? 0.2 : 0.9)
      last.text += blank ? ` ${text}` : text
      last.right = Math.max(last.right, x + width)
    }
  }
  const ends = { x: segments[0]?.x ?? 0, right: segments.at(-1)?.right ?? 0 }
  return { segments, ...ends, y: row[0]?.y ?? 0, size, page, column }
}
