import type { PrintedLine } from './printed-page.ts'

const FEWEST_ROWS = 3

/** Lines from here on whose cells stand one below the other, as `| a | b |`; empty when there are too few of them. */
export function tableRowsAt(lines: readonly PrintedLine[], from: number): string[] {
  const first = lines[from]
  if (first?.cells) return ruledRows(lines, from)
  if (!first || first.segments.length < 2) return []
  const rows: PrintedLine[] = []
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]
    const last = rows.at(-1)
    if (!line || line.segments.length !== first.segments.length || line.column !== first.column) break
    if (last && (line.page !== last.page || !aligned(last, line))) break
    rows.push(line)
  }
  if (rows.length < FEWEST_ROWS) return []
  return rows.map(row => `| ${row.segments.map(({ text }) => text.replaceAll('|', '｜')).join(' | ')} |`)
}

function ruledRows(lines: readonly PrintedLine[], from: number): string[] {
  const end = lines.findIndex((line, i) => i > from && !line.cells)
  return lines
    .slice(from, end === -1 ? lines.length : end)
    .map(({ cells = [] }) => `| ${cells.join(' | ')} |`)
}

function aligned(line: PrintedLine, next: PrintedLine): boolean {
  return line.segments.every((segment, i) => {
    const below = next.segments[i]
    return below !== undefined && below.x < segment.right && segment.x < below.right
  })
}
