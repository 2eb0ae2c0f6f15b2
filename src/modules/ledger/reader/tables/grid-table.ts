import type { Cell, Grid } from '../laid-out.ts'
import { readMark } from '../numbering.ts'
import { type ColumnKind, columnKind, isHead, isUnits } from './columns.ts'
import type { PlanRow, PlanTable } from './plan-table.ts'

const HEAD_WITHIN = 12

/** A table with real cells → its rows by what the head says; null where no row is the head of a plan. */
export function gridTable(grid: Grid): PlanTable | null {
  const at = grid.rows
    .slice(0, HEAD_WITHIN)
    .findIndex(row => isHead(distinct(row).map(cell => columnKind(cell.text))))
  const head = grid.rows[at]
  if (at === -1 || !head) return null
  const below = grid.rows[at + 1]
  const two = below !== undefined && refines(head, below)
  const kinds = head.map((cell, x) => {
    const lower = two ? columnKind(below[x]?.text ?? '') : null
    return lower ?? columnKind(cell.text)
  })
  const rows: PlanRow[] = []
  grid.rows.forEach((row, y) => {
    if (y <= (two ? at + 1 : at)) return
    const read = rowOf(row, kinds, grid.rows[y - 1] ?? [])
    if (read) rows.push(read)
  })
  if (rows.length === 0) return null
  const first = head[0]
  return {
    start: first?.start ?? grid.start,
    end: grid.end,
    rows,
    kinds: kinds.filter(kind => kind !== null),
  }
}

/** A head of two rows: 责任单位 above 牵头单位 and 配合单位. */
function refines(head: readonly Cell[], below: readonly Cell[]): boolean {
  const merged = head.some((cell, x) => x > 0 && cell === head[x - 1] && below[x] !== cell)
  const downward = head.some((cell, x) => cell === below[x])
  const named = below.filter((cell, x) => cell !== head[x] && columnKind(cell.text) !== null).length
  return (
    (merged || downward) &&
    named >= 1 &&
    below.every((cell, x) => cell === head[x] || cell.text === '' || columnKind(cell.text) !== null)
  )
}

function rowOf(
  row: readonly Cell[],
  kinds: readonly (ColumnKind | null)[],
  above: readonly Cell[],
): PlanRow | null {
  const filled = distinct(row).filter(cell => cell.text !== '')
  const [only] = filled
  if (!only) return null
  // The head again, as on each printed page.
  if (isHead(distinct(row).map(cell => columnKind(cell.text)))) return null
  const spans = row.length > 1 && row.every(cell => cell === only || cell.text === '')
  const across = row.filter(cell => cell === only).length
  if (filled.length === 1 && spans && (across > 1 || row[0] === only)) {
    if (across > 1 || readMark(only.text) || only.text.length <= 40) return { kind: 'chapter', cell: only }
  }
  const cells: { column: ColumnKind; cell: Cell }[] = []
  const seen = new Set<Cell>()
  row.forEach((cell, x) => {
    const column = kinds[x]
    if (!column || cell.text === '' || seen.has(cell)) return
    seen.add(cell)
    cells.push({ column, cell })
  })
  if (cells.length === 0) return null
  if (cells.every(({ column }) => column === 'no' || column === 'note')) return null
  const news = filled.filter(cell => !above.includes(cell))
  const own = news.length > 0 ? news : filled
  return {
    kind: 'cells',
    cells,
    start: Math.min(...own.map(cell => cell.start)),
    end: Math.max(...own.map(cell => cell.end)),
    sure: cells.some(({ column }) => isUnits(column)) ? 1 : 0.9,
    why: [],
  }
}

const distinct = (row: readonly Cell[]): Cell[] => [...new Set(row)]
