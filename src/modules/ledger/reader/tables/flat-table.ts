import type { Line } from '../lines.ts'
import { type ColumnKind, isUnits, isWords } from './columns.ts'
import { type Look, lookAt, misfit, misfitAsChapter, missing } from './flat-costs.ts'
import type { FlatHead } from './flat-head.ts'
import type { PlanRow, PlanTable } from './plan-table.ts'

const CHAPTER = -1

/**
 * A table that came as one cell a line → its rows. For every line the column is chosen so that the whole reads best:
 * each line should look like what its column holds, columns come in their order, and few cells are missing. (The best
 * path through all lines, as in spelling correction.)
 */
export function flatTable(lines: readonly Line[], head: FlatHead, below: readonly Line[]): PlanTable | null {
  const body = withoutLayout(below)
  const looks = body.map(line => lookAt(line.text))
  if (looks.filter(look => !look.empty).length < 2) return null
  const { kinds, path } = bestOf(kindsPossible(head.kinds, looks), looks)
  const rows = rowsOf(body, path, kinds)
  const first = lines[head.from]
  const last = body.findLast(line => line.text !== '')
  if (!first || !last || !rows.some(row => row.kind === 'cells')) return null
  return { start: first.start, end: last.end, rows, kinds: [...kinds] }
}

/** Where nearly every line is followed by an empty one, empty lines are layout; elsewhere each may be an empty cell. */
function withoutLayout(lines: readonly Line[]): Line[] {
  const filled = lines.filter(({ text }) => text !== '').length
  const empty = lines.length - filled
  return empty > filled * 0.55 ? lines.filter(({ text }) => text !== '') : [...lines]
}

/** The numbers of rows often stand in a column without a head of its own. */
function kindsPossible(kinds: readonly ColumnKind[], looks: readonly Look[]): ColumnKind[][] {
  const numbers = looks.filter(look => look.number).length
  if (kinds.includes('no') || numbers < 2 || numbers * 8 < looks.length) return [[...kinds]]
  return [0, 1].map(at => [...kinds.slice(0, at), 'no', ...kinds.slice(at)])
}

function bestOf(
  possible: readonly ColumnKind[][],
  looks: readonly Look[],
): { kinds: ColumnKind[]; path: Step[] } {
  let best: { kinds: ColumnKind[]; path: Step[]; cost: number } | null = null
  for (const kinds of possible) {
    const numbered = !kinds.includes('no') && looks.filter(({ mark }) => mark?.kind === 'arabic').length >= 3
    const path = bestPath(looks, kinds, numbered, holdsChapters(looks, kinds))
    const cost = path.reduce((sum, step) => sum + step.cost, 0)
    if (!best || cost < best.cost) best = { kinds, path, cost }
  }
  return best ?? { kinds: [], path: [] }
}

type Step = { column: number; fresh: boolean; cost: number }

/** 工作任务 | 工作要求, where the first holds only 一、…: a cell merged over the rows of its chapter. */
function holdsChapters(looks: readonly Look[], kinds: readonly ColumnKind[]): boolean {
  const both = kinds.includes('task') && kinds.includes('requirement')
  return both && looks.filter(look => look.heading).length >= 2
}

function bestPath(
  looks: readonly Look[],
  kinds: readonly ColumnKind[],
  numbered: boolean,
  chapters: boolean,
): Step[] {
  // State: column × whether the line opens a row; the chapter stands last.
  const states = kinds.length + 1
  const gaps = tails(kinds)
  const apart = chapters && bodyColumn(looks, kinds) === 'requirement'
  let costs = new Float64Array(states).fill(Number.POSITIVE_INFINITY)
  costs[kinds.length] = 0
  const back: Int16Array[] = []
  const opened: Uint8Array[] = []
  const paid: Float64Array[] = []
  looks.forEach((look, i) => {
    const before = looks[i - 1]
    const next = new Float64Array(states).fill(Number.POSITIVE_INFINITY)
    const from = new Int16Array(states)
    const fresh = new Uint8Array(states)
    const pay = new Float64Array(states)
    for (let to = 0; to < states; to++) {
      const kind = kinds[to]
      const fit = kind
        ? misfit(look, kind) + (apart && kind === 'task' && !look.empty ? 4 : 0)
        : misfitAsChapter(look)
      for (let prev = 0; prev < states; prev++) {
        const known = costs[prev] ?? Number.POSITIVE_INFINITY
        if (known === Number.POSITIVE_INFINITY) continue
        for (const opens of [false, true]) {
          const move = moveCost({ prev, to, opens, kinds, gaps, look, before, numbered, apart })
          const cost = known + fit + move
          if (cost < (next[to] ?? 0)) {
            next[to] = cost
            from[to] = prev
            fresh[to] = opens ? 1 : 0
            pay[to] = fit + move
          }
        }
      }
    }
    costs = next
    back.push(from)
    opened.push(fresh)
    paid.push(pay)
  })
  let best = 0
  for (let state = 1; state < states; state++)
    if ((costs[state] ?? 0) + endCost(state, kinds, gaps) < (costs[best] ?? 0) + endCost(best, kinds, gaps))
      best = state
  const path: Step[] = []
  for (let i = looks.length - 1; i >= 0; i--) {
    path.push({
      column: best === kinds.length ? CHAPTER : best,
      fresh: opened[i]?.[best] === 1,
      cost: paid[i]?.[best] ?? 0,
    })
    best = back[i]?.[best] ?? 0
  }
  return path.reverse()
}

/**
 * Whether the words of the rows stand under 工作任务 or under 工作要求: with one text beside each list of units only one of
 * the two is filled, and the chapters fill the other.
 */
function bodyColumn(looks: readonly Look[], kinds: readonly ColumnKind[]): 'task' | 'requirement' {
  const unitsLast = kinds.findIndex(isUnits) > kinds.indexOf('requirement')
  if (!unitsLast) return 'task'
  let alone = 0
  let pairs = 0
  looks.forEach((look, i) => {
    if (look.empty || look.heading || look.units || look.number || look.time) return
    const next = looks[i + 1]
    const before = looks[i - 1]
    if (next?.units !== true && !(next?.empty && looks[i + 2]?.units)) return
    if (
      before &&
      !before.empty &&
      !before.heading &&
      !before.units &&
      !before.number &&
      !before.done &&
      !before.time
    )
      pairs++
    else alone++
  })
  return alone >= pairs ? 'requirement' : 'task'
}

/** `gaps[c]`: what it costs to leave out all columns from c on. */
function tails(kinds: readonly ColumnKind[]): number[] {
  const gaps = [0]
  for (const kind of [...kinds].reverse()) gaps.unshift((gaps[0] ?? 0) + missing(kind))
  return gaps
}

const between = (gaps: readonly number[], from: number, to: number) => (gaps[from] ?? 0) - (gaps[to] ?? 0)
const endCost = (state: number, kinds: readonly ColumnKind[], gaps: readonly number[]) =>
  state === kinds.length ? 3 : (gaps[state + 1] ?? 0)

type Move = {
  prev: number
  to: number
  opens: boolean
  kinds: readonly ColumnKind[]
  gaps: readonly number[]
  look: Look
  before: Look | undefined
  numbered: boolean
  apart: boolean
}

const NEVER = 1000

function moveCost({ prev, to, opens, kinds, gaps, look, before, numbered, apart }: Move): number {
  const chapter = kinds.length
  const leaves = prev === chapter ? 0 : (gaps[prev + 1] ?? 0)
  if (to === chapter && look.empty) return prev === chapter && !opens ? 0 : NEVER
  if (to === chapter) return opens ? NEVER : leaves + (prev === chapter ? 0.2 : 0)
  const kind = kinds[to]
  if (opens) {
    if (look.empty) return leaves + headGap(kinds, gaps, to, apart) + 2.5
    const starts =
      numbered && look.mark?.kind === 'arabic' && isWords(kind) ? -0.5 : numbered && isWords(kind) ? 2 : 0
    return leaves + headGap(kinds, gaps, to, apart) + 0.2 + starts
  }
  // A chapter is followed by a row that opens.
  if (prev === chapter || to < prev) return NEVER
  const inside = numbered && look.mark?.kind === 'arabic' ? 5 : 0
  if (to === prev) return inside + goesOn(kind, look, before)
  const cross = isUnits(kind) && isUnits(kinds[prev]) && look.single && before?.single ? 0.25 : 0
  return inside + between(gaps, prev + 1, to) + cross
}

/** A row may lack its first cells, where these are merged over several rows. */
function headGap(kinds: readonly ColumnKind[], gaps: readonly number[], to: number, apart: boolean): number {
  if (to === 0 || (apart && kinds[to] === 'requirement' && kinds[to - 1] === 'task')) return 0
  const first = kinds.findIndex(kind => kind !== 'no' && kind !== 'chapter')
  const merged = between(gaps, 0, Math.min(to, first + 1))
  return merged * 0.5 + between(gaps, Math.min(to, first + 1), to) * 1.2
}

/** A cell of several lines. */
function goesOn(kind: ColumnKind | undefined, look: Look, before: Look | undefined): number {
  if (look.empty) return 0.5
  if (before?.empty) return 2
  if (isUnits(kind)) return look.single && before?.single ? 0.1 : 0.4
  if (kind === 'no') return NEVER
  const open = before !== undefined && !/[。；！？]$/.test(before.text) && before.text.length > 15
  return open || (look.mark && !['han', 'chapter', 'part'].includes(look.mark.kind)) ? 0.7 : 1.3
}

function rowsOf(lines: readonly Line[], path: readonly Step[], kinds: readonly ColumnKind[]): PlanRow[] {
  const rows: PlanRow[] = []
  let open: Extract<PlanRow, { kind: 'cells' }> | null = null
  let paid = 0
  let last = CHAPTER
  const close = () => {
    if (!open) return
    open.sure = Math.max(0.2, Math.exp(-Math.max(0, paid) / 9))
    if (open.sure < 0.75) open.why.push('表格失去了格子，按内容推断列，个别单元格可能放错')
    if (open.cells.length > 0) rows.push(open)
    open = null
  }
  path.forEach(({ column, fresh, cost }, i) => {
    const line = lines[i]
    if (!line) return
    const cell = { text: line.text, start: line.start, end: line.end }
    if (column === CHAPTER) {
      close()
      if (line.text !== '') rows.push({ kind: 'chapter', cell })
      last = CHAPTER
      return
    }
    if (fresh || !open) {
      close()
      open = { kind: 'cells', cells: [], start: cell.start, end: cell.end, sure: 1, why: [] }
      paid = 0
      last = CHAPTER
    }
    paid += cost
    if (line.text === '') {
      last = column
      return
    }
    const kind = kinds[column] ?? 'note'
    const before = open.cells.at(-1)
    if (before && last === column)
      before.cell = { text: `${before.cell.text}\n${cell.text}`, start: before.cell.start, end: cell.end }
    else open.cells.push({ column: kind, cell })
    if (open.cells.length === 1 && before === undefined) open.start = cell.start
    open.end = cell.end
    last = column
  })
  close()
  return rows
}
