import type { Line } from '../lines.ts'
import { readMark } from '../numbering.ts'
import { readAssignment } from '../units-printed/assignment.ts'
import { type ColumnKind, isUnits } from './columns.ts'
import { lookAt, misfit, missing } from './flat-costs.ts'
import type { FlatHead } from './flat-head.ts'
import type { PlanRow, PlanTable } from './plan-table.ts'

const LONGEST = 20_000
const ROWS = 400

/**
 * A table whose cells ran together on a line: rows are found by counting on (1…2…3…), the units and the deadline at the end
 * of each by their form. Where the words end and the units begin is a guess, and said to be one.
 */
export function runTogetherTable(head: FlatHead, body: readonly Line[], text: string): PlanTable | null {
  const unitsAt = head.kinds.findIndex(isUnits)
  if (!head.onOneLine || unitsAt === -1) return null
  const spaced = spacedRows(head.kinds, body)
  if (spaced) return spaced
  const rows: PlanRow[] = []
  let count = 0
  for (const line of body) {
    if (line.text.length > LONGEST) continue
    const cuts = rowStarts(line.text, count)
    count += cuts.length
    cuts.forEach((cut, i) => {
      const row = rowOf(
        line.start + cut.words,
        line.start + (cuts[i + 1]?.at ?? line.text.length),
        cut.no,
        head.kinds,
        text,
      )
      if (row) rows.push(row)
    })
  }
  const first = body[0]
  const last = body.at(-1)
  const read = rows.filter(
    row => row.kind === 'cells' && row.cells.some(({ column }) => isUnits(column)),
  ).length
  if (!first || !last || read < 2) return null
  return { start: first.start, end: last.end, rows, kinds: [...head.kinds] }
}

/** Rows of which nearly all have as many words between blanks as the head. */
function spacedRows(kinds: readonly ColumnKind[], body: readonly Line[]): PlanTable | null {
  const rows = body.filter(line => line.text.length <= 2000).map(line => spacedRow(kinds, line))
  const whole = rows.filter(row => row?.kind === 'cells')
  const [first, last] = [body[0], body.at(-1)]
  if (!first || !last || whole.length < 2 || whole.length < body.length * 0.6) return null
  return { start: first.start, end: last.end, rows: rows.filter(row => row !== null), kinds: [...kinds] }
}

function spacedRow(kinds: readonly ColumnKind[], line: Line): PlanRow | null {
  const words = [...line.text.matchAll(/\S+/g)]
  const whole = { text: line.text, start: line.start, end: line.end }
  const columns = columnsFor(
    words.map(([word]) => word),
    kinds,
  )
  if (!columns) return readMark(line.text) && line.text.length <= 60 ? { kind: 'chapter', cell: whole } : null
  const cells = words.map((word, i) => {
    const start = line.start + word.index
    return {
      column: columns[i] ?? ('note' as const),
      cell: { text: word[0], start, end: start + word[0].length },
    }
  })
  return { kind: 'cells', cells, start: line.start, end: line.end, sure: 0.85, why: [] }
}

/** One word for each column; where one is missing, the column is left out with which the others fit best. */
function columnsFor(words: readonly string[], kinds: readonly ColumnKind[]): readonly ColumnKind[] | null {
  if (words.length === kinds.length) return kinds
  if (words.length !== kinds.length - 1 || words.length < 2) return null
  const looks = words.map(lookAt)
  const misfits = kinds.map((_, left) =>
    looks.reduce(
      (sum, look, i) => sum + misfit(look, kinds[i < left ? i : i + 1] ?? 'note'),
      missing(kinds[left] ?? 'note'),
    ),
  )
  const best = misfits.lastIndexOf(Math.min(...misfits))
  return kinds.filter((_, i) => i !== best)
}

type Cut = { at: number; words: number; no: string }

function rowStarts(text: string, counted: number): Cut[] {
  const cuts: Cut[] = []
  let from = 0
  for (let no = counted + 1; no <= counted + ROWS; no++) {
    const found = new RegExp(
      `(?<![0-9.．第〔])${no}[.．、\\s]?(?=[\\u4e00-\\u9fff“])(?![年月日个项条件%级季号期])`,
    ).exec(text.slice(from))
    if (!found || (no === counted + 1 && found.index > 0)) break
    const at = from + found.index
    cuts.push({ at, words: at + found[0].length, no: String(no) })
    from = at + found[0].length
  }
  return cuts
}

/** 2022年6月底前 and the like at the very end. */
const TIME_AT_END =
  /(?:(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末)?|年底|年内|[上下]半年|第?[一二三四]季度|全年)(?:之?前|以前)?(?:完成)?|20\d\d年|长期(?:坚持|推进)?|持续(?:推进|实施)?|每(?:季度|月|年)|常态化)$/

function rowOf(
  start: number,
  end: number,
  no: string,
  kinds: readonly ColumnKind[],
  text: string,
): PlanRow | null {
  let words = text.slice(start, end).trimEnd()
  const cells: Extract<PlanRow, { kind: 'cells' }>['cells'] = []
  const cell = (from: number, to: number) => ({ text: text.slice(from, to).trim(), start: from, end: to })
  const due = kinds.includes('due') ? TIME_AT_END.exec(words.slice(-40))?.[0] : undefined
  if (due) {
    const at = start + words.length - due.length
    cells.push({ column: 'due', cell: cell(at, at + due.length) })
    words = words.slice(0, -due.length).trimEnd()
  }
  const units = unitsFrom(words)
  if (units !== null) {
    const column = kinds.find(isUnits) ?? 'responsible'
    cells.unshift({ column, cell: cell(start + units, start + words.length) })
    words = words.slice(0, units)
  }
  if (words.trim() === '') return null
  cells.unshift(
    { column: 'no', cell: { text: no, start, end: start } },
    { column: 'task', cell: cell(start, start + words.length) },
  )
  return { kind: 'cells', cells, start, end, sure: 0.5, why: ['单元格连在一起，单位从哪里开始是推断的'] }
}

const REGION = /(?:各|全|[省市县区州旗镇乡]直|[省市县区州旗])(?=[\u4e00-\u9fff]{2})/g

/** Where the list of units at the end begins: behind the last full stop, else at the place name before the first name. */
function unitsFrom(words: string): number | null {
  const stop = Math.max(words.lastIndexOf('。'), words.lastIndexOf('；'))
  if (stop !== -1 && allUnits(words.slice(stop + 1))) return stop + 1
  const starts = [...words.slice(-200).matchAll(REGION)].map(
    match => match.index + Math.max(0, words.length - 200),
  )
  for (const at of starts)
    if (at > 3 && allUnits(words.slice(at)) && !/[省市县区州旗]/.test(words[at - 1] ?? '')) return at
  return null
}

function allUnits(list: string): boolean {
  const { lead, responsible } = readAssignment(list, 0)
  const units = [...lead, ...responsible]
  return units.length > 0 && units.every(({ sure, name }) => sure >= 0.8 && name.length <= 16)
}
