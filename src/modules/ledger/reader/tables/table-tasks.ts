import type { Cell } from '../laid-out.ts'
import { linesOf } from '../lines.ts'
import { markKinds, readMark, toldNumber } from '../numbering.ts'
import { firstSentenceEnd, isLongTitle } from '../prose/item-words.ts'
import type { Draft } from '../prose/prose-tasks.ts'
import { type Assignment, readAssignment } from '../units-printed/assignment.ts'
import { findAssignments, joined } from '../units-printed/find-assignments.ts'
import type { PrintedUnit } from '../units-printed/split-units.ts'
import type { ColumnKind } from './columns.ts'
import type { PlanRow, PlanTable } from './plan-table.ts'

type CellRow = Extract<PlanRow, { kind: 'cells' }>
type Chapter = { rank: number; text: string }

const PLAIN_RANK = markKinds.length

/** Rows → tasks. `above` are the headings under which the table stands; a chapter row and a cell merged over several rows are headings of what stands beside and below. */
export function tableTasks(table: PlanTable, above: readonly string[], text: string): Draft[] {
  const drafts: Draft[] = []
  const merged = mergedTasks(table.rows)
  let path: Chapter[] = []
  let group: Cell | null = null
  table.rows.forEach((row, at) => {
    if (row.kind === 'chapter') {
      path = entered(path, row.cell.text)
      group = null
      return
    }
    const kinds = cellOf(row, 'chapter')
    if (kinds) path = entered(path, kinds.text)
    const task = cellOf(row, 'task')
    if (task) group = merged.has(task) || leadsGroup(table.rows, at) ? task : null
    const draft = draftOf(row, group, [...above, ...path.map(chapter => chapter.text)], text)
    if (draft) drafts.push(draft)
  })
  return drafts
}

const cellOf = (row: CellRow, kind: ColumnKind): Cell | null =>
  row.cells.find(({ column }) => column === kind)?.cell ?? null

/** Cells of the task column that several rows share. */
function mergedTasks(rows: readonly PlanRow[]): Set<Cell> {
  const seen = new Set<Cell>()
  const shared = new Set<Cell>()
  for (const row of rows) {
    const task = row.kind === 'cells' ? cellOf(row, 'task') : null
    if (!task) continue
    if (seen.has(task)) shared.add(task)
    seen.add(task)
  }
  return shared
}

/** In a flattened table a merged cell stands before its first row only: rows without a task of their own follow. */
function leadsGroup(rows: readonly PlanRow[], at: number): boolean {
  const row = rows[at]
  const next = rows[at + 1]
  return (
    row?.kind === 'cells' &&
    next?.kind === 'cells' &&
    cellOf(row, 'requirement') !== null &&
    cellOf(next, 'task') === null &&
    cellOf(next, 'requirement') !== null
  )
}

function entered(path: readonly Chapter[], printed: string): Chapter[] {
  const text = printed.replace(/\s*\n\s*/g, '')
  const mark = readMark(text)
  const rank = mark ? markKinds.indexOf(mark.kind) : PLAIN_RANK
  const above = path.findIndex(chapter => chapter.rank >= rank)
  return [...(above === -1 ? path : path.slice(0, above)), { rank, text }]
}

function draftOf(row: CellRow, group: Cell | null, chapters: readonly string[], text: string): Draft | null {
  const task = cellOf(row, 'task')
  const requirement = cellOf(row, 'requirement')
  const own = group ? requirement : (task ?? requirement)
  if (!own || own.text === '') return null
  const words = own.text
  const mark = readMark(words)
  const body = mark ? words.slice(mark.length) : words
  const number = cellOf(row, 'no')
  const heading = group ? [...chapters, group.text.replace(/\s*\n\s*/g, '')] : [...chapters]
  const end = firstSentenceEnd(body.replace(/\n/g, ' '))
  const title = body
    .slice(0, end)
    .replace(/\s*\n\s*/g, '')
    .replace(/[。：:；;，,\s]+$/, '')
  const assignment = assignmentOf(row, [task, requirement], text)
  const due = row.cells.filter(({ column }) => column === 'due').map(({ cell }) => cell)
  const said = row.cells.filter(
    ({ column, cell }) => (column === 'task' && cell !== group) || column === 'requirement',
  )
  return {
    no: number ? number.text.replace(/[.．、]$/, '') : mark ? toldNumber(mark) : null,
    heading,
    title,
    text: body,
    requirement: requirement?.text ?? null,
    progress: joinedText(row, 'progress'),
    start: row.start,
    end: row.end,
    assignment,
    times: [
      ...said.map(({ cell }) => ({ start: cell.start, end: cell.end, stated: false })),
      ...due.map(cell => ({ start: cell.start, end: cell.end, stated: true })),
    ],
    titleSure: row.sure * (isLongTitle(title) ? 0.8 : 0.97),
    titleWhy: isLongTitle(title) ? ['没有单独的标题，取了第一句'] : [],
    columnsSure: row.sure,
    why: row.why,
  }
}

function joinedText(row: CellRow, kind: ColumnKind): string | null {
  const texts = row.cells.filter(({ column }) => column === kind).map(({ cell }) => cell.text)
  return texts.length > 0 ? texts.join('\n') : null
}

/** What the columns of units say; where there are none, what brackets in the words say. */
function assignmentOf(row: CellRow, words: readonly (Cell | null)[], text: string): Assignment | null {
  const units = row.cells.filter(({ column }) => column === 'lead' || column === 'responsible')
  if (units.length === 0) return inWords(words, text)
  const said: Assignment = {
    start: row.start,
    end: row.end,
    lead: [],
    responsible: [],
    how: 'label',
    sure: 1,
    why: [],
  }
  for (const { column, cell } of units) {
    const read = readAssignment(
      text.slice(cell.start, cell.end),
      cell.start,
      column === 'lead' ? 'lead' : 'responsible',
    )
    add(said.lead, read.lead)
    add(said.responsible, read.responsible)
    said.sure = Math.min(said.sure, read.sure)
    said.why.push(...read.why)
  }
  return said
}

function add(list: PrintedUnit[], more: readonly PrintedUnit[]): void {
  for (const unit of more) if (!list.some(({ name }) => name === unit.name)) list.push(unit)
}

function inWords(words: readonly (Cell | null)[], text: string): Assignment | null {
  const found = words.flatMap(cell =>
    cell
      ? joined(
          findAssignments(
            linesOf(cell.text).map(line => ({
              ...line,
              start: line.start + cell.start,
              end: line.end + cell.start,
            })),
          ),
          text,
        )
      : [],
  )
  const [first, ...more] = found
  if (!first) return null
  const all = { ...first, lead: [...first.lead], responsible: [...first.responsible] }
  for (const one of more) {
    add(all.lead, one.lead)
    add(all.responsible, one.responsible)
  }
  return all
}
