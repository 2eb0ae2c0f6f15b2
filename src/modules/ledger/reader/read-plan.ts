import type { ReadDocument } from '#modules/files'
import { type DocumentHead, planYear, readHead } from './document-head.ts'
import { finished } from './finish.ts'
import { type LaidOut, layOut } from './laid-out.ts'
import { type Line, linesOf } from './lines.ts'
import { normaliseText } from './normalise.ts'
import type { PlanReading } from './plan-reading.ts'
import { rolesOf } from './prose/body-lines.ts'
import { proseLines } from './prose/inline-marks.ts'
import { headingsAbove } from './prose/item-words.ts'
import { outlineOf } from './prose/outline.ts'
import { assignmentsOf, proseTasks } from './prose/prose-tasks.ts'
import { reportsResults } from './results-report.ts'
import { styleOf } from './style.ts'
import type { PlanTable } from './tables/plan-table.ts'
import { tableTasks } from './tables/table-tasks.ts'
import { tablesOf } from './tables/tables-of.ts'

/** A plan as plain text → what it sets, task by task. Never throws. */
export function readPlan(raw: string): PlanReading {
  const text = normaliseText(raw)
  return read({ text, grids: [] }, readHead({ form: 'text', format: 'text', text: raw, doubts: [] }))
}

/** A plan of any form that is read (`readDocument` of files): tables count as tables. */
export function readPlanDocument(document: ReadDocument): PlanReading {
  if (document.form === 'text') return withDoubts(readPlan(document.text), document)
  const laidOut = layOut(document)
  const head = readHead(
    document.form === 'html' ? document : { form: 'text', format: 'text', text: laidOut.text, doubts: [] },
  )
  return withDoubts(read(laidOut, head), document)
}

function withDoubts(reading: PlanReading, { doubts }: ReadDocument): PlanReading {
  return { ...reading, doubts: [...reading.doubts, ...doubts.map(({ why }) => why)] }
}

function read({ text, grids }: LaidOut, head: DocumentHead): PlanReading {
  const lines = linesOf(text)
  const tables = tablesOf(lines, grids, text)
  const items = outlineOf(proseLines(bodyOf(lines, tables)))
  const inTable = tables.flatMap(table => tableTasks(table, headingsAbove(items, table.start), text))
  const assigned = assignmentsOf(items, text)
  const style = styleOf(items, assigned, inTable, text)
  const drafts = [...inTable, ...proseTasks({ items, assigned }, text, style.printsAssignments)].sort(
    (a, b) => a.start - b.start,
  )
  const isReport = reportsResults(head.title, drafts, text)
  return finished({
    head,
    text,
    drafts: isReport ? [] : drafts,
    items,
    style,
    isReport,
    year: planYear(head, text),
  })
}

/** The lines outside the tables that may belong to items; null where one document ends. */
function bodyOf(lines: readonly Line[], tables: readonly PlanTable[]): (Line | null)[] {
  const outside: Line[] = []
  let next = 0
  for (const line of lines) {
    while ((tables[next]?.end ?? Number.POSITIVE_INFINITY) < line.start) next++
    if (line.start < (tables[next]?.start ?? Number.POSITIVE_INFINITY)) outside.push(line)
  }
  const roles = rolesOf(outside)
  return outside.flatMap((line, at) => (roles[at] === 'break' ? [null] : roles[at] === 'text' ? [line] : []))
}
