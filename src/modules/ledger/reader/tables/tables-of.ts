import type { Cell, Grid } from '../laid-out.ts'
import type { Line } from '../lines.ts'
import { rolesOf } from '../prose/body-lines.ts'
import { columnKind, isHead } from './columns.ts'
import { type FlatHead, flatHeadAt } from './flat-head.ts'
import { flatTable } from './flat-table.ts'
import { gridTable } from './grid-table.ts'
import type { PlanTable } from './plan-table.ts'
import { runTogetherTable } from './run-together.ts'

/** All tables of plans in a text: those with real cells, rows divided by signs, and flattened ones. In their order. */
export function tablesOf(lines: readonly Line[], grids: readonly Grid[], text: string): PlanTable[] {
  const real = continued(grids).flatMap(grid => gridTable(grid) ?? [])
  const drawn = grids.length > 0 ? [] : dividedRows(lines).flatMap(grid => gridTable(grid) ?? [])
  const found = [...real, ...drawn]
  if (found.length === 0) found.push(...flattened(lines, text))
  return found.sort((a, b) => a.start - b.start)
}

/** A table that goes on after a page break repeats no head: it takes that of the table before it. */
function continued(grids: readonly Grid[]): Grid[] {
  const whole: Grid[] = []
  for (const grid of grids) {
    const last = whole.at(-1)
    const head = last?.rows.findIndex(row => isHead(row.map(cell => columnKind(cell.text)))) ?? -1
    const width = last?.rows[Math.max(0, head)]?.length
    const own = grid.rows.some((row, y) => y < 4 && isHead(row.map(cell => columnKind(cell.text))))
    if (last && head !== -1 && !own && grid.rows[0]?.length === width && grid.start - last.end < 120)
      whole[whole.length - 1] = { ...last, end: grid.end, rows: [...last.rows, ...grid.rows] }
    else whole.push(grid)
  }
  return whole
}

/** `| a | b |` as drawn tables of PDF files come, and rows divided by tabs. */
function dividedRows(lines: readonly Line[]): Grid[] {
  const grids: Grid[] = []
  let open: Cell[][] = []
  const close = () => {
    const [first] = open
    const last = open.at(-1)
    if (first && last && open.length >= 2) {
      const width = open.reduce((most, row) => Math.max(most, row.length), 0)
      const end = last.at(-1)?.end ?? 0
      const rows = open.map(row => [
        ...row,
        ...Array.from({ length: width - row.length }, () => emptyAt(row.at(-1)?.end ?? 0)),
      ])
      grids.push({ start: first[0]?.start ?? 0, end, rows })
    }
    open = []
  }
  for (const line of lines) {
    const cells = cellsOf(line)
    if (cells) {
      if (cells.some(cell => !/^[\s:—–-]*$/.test(cell.text))) open.push(cells)
    } else if (line.text !== '' || open.length === 0) close()
  }
  close()
  return grids
}

const emptyAt = (at: number): Cell => ({ text: '', start: at, end: at })

function cellsOf(line: Line): Cell[] | null {
  const signs = line.text.length > 3000 ? 0 : line.text.split(/[|｜]/).length - 1
  const framed = /^[|｜].*[|｜]$/.test(line.text) && line.text.length > 2
  const piped = framed || signs >= 2
  if (!piped && !line.text.includes('\t')) return null
  const cells: Cell[] = []
  const text = framed ? line.text.slice(1, -1) : line.text
  let at = line.start + (framed ? 1 : 0)
  for (const raw of text.split(piped ? /[|｜]/ : '\t')) {
    const start = at + (raw.length - raw.trimStart().length)
    const trimmed = raw.trim()
    cells.push({ text: trimmed, start, end: start + trimmed.length })
    at += raw.length + 1
  }
  return cells
}

function flattened(printed: readonly Line[], text: string): PlanTable[] {
  // Signs between cells, each on a line of its own.
  const lines = printed.flatMap(line => (/^[|｜\s]+$/.test(line.text) ? [] : [withoutSigns(line)]))
  const heads = headsIn(lines)
  if (heads.length === 0) return []
  const roles = rolesOf(lines)
  const breaks = roles.flatMap((role, at) => (role === 'break' ? [at] : []))
  let next = 0
  return heads.flatMap((head, i) => {
    while ((breaks[next] ?? Number.POSITIVE_INFINITY) < head.to) next++
    const to = Math.min(breaks[next] ?? lines.length, heads[i + 1]?.from ?? lines.length)
    const body = lines
      .slice(head.to, to)
      .filter((line, below) => line.text === '' || roles[head.to + below] === 'text')
    return (
      runTogetherTable(
        head,
        body.filter(line => line.text !== ''),
        text,
      ) ??
      flatTable(lines, head, body) ??
      []
    )
  })
}

/** `省财政厅 |`: the sign that closed a cell. */
function withoutSigns(line: Line): Line {
  if (!/[|｜]$/.test(line.text)) return line
  const text = line.text.replace(/[\s|｜]+$/, '')
  return { text, start: line.start, end: line.start + text.length }
}

/** All heads, each behind the one before it: a head is repeated on every page. */
function headsIn(lines: readonly Line[]): FlatHead[] {
  const heads: FlatHead[] = []
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]?.text === '') continue
    const head = flatHeadAt(lines, at)
    if (!head) continue
    heads.push(head)
    at = head.to - 1
  }
  return heads
}
