import {
  applicantColumns,
  type Cell,
  type DisputeGroup,
  disclosureRows,
  disputeGroups,
  emptyCells,
  type OddCell,
  resultColumns,
} from '../report.ts'
import type { GridRow } from './grids.ts'
import {
  disclosureRowOf,
  disputeGroupOf,
  isHeadingOfDocuments,
  isResultHeading,
  isTrialHeading,
  requestRowOf,
} from './labels.ts'
import { readCell } from './numbers.ts'

export interface ReadTables {
  section2: Record<string, Cell[]>
  section3: Record<string, Cell[]>
  section4: Partial<Record<DisputeGroup, Cell[]>>
  /** Section two is in the columns of the trial format. */
  trial: boolean
  odd: OddCell[]
}

const APPLICANTS = applicantColumns.length
const RESULTS = resultColumns.length

/** Rows of tables in reading order → the figures. Tables are known by their labels, never by their place. */
export function readGrids(rows: readonly GridRow[]): ReadTables {
  const read: ReadTables = { section2: {}, section3: {}, section4: {}, trial: false, odd: [] }
  let before: string | null = null
  let columns: number[] | null = null
  let documents: number[] | null = null
  let results: number[] = []
  for (const row of rows) {
    columns = applicantPlaces(row) ?? columns
    if (row.cells.some(isTrialHeading)) read.trial = true
    if (row.cells.some(isHeadingOfDocuments)) documents = documentPlaces(row)
    const headings = placesWhere(row, isResultHeading)
    if (headings.length >= RESULTS) results = [...new Set([...results, ...headings])].sort((a, b) => a - b)
    const { words, values } = divided(row.cells)
    if (words.length === 0 && values.length === 0) continue

    if (before === null) readDisclosure(read, row, documents)
    const request: string | null =
      before === 'D' || values.length === 0 ? null : requestRowOf(words.join(' '), before)
    if (request !== null && (before !== null || request === 'A')) {
      before = request
      read.section3[request] ??= cellsOf(read, `section3.${request}`, requestValues(row, values, columns))
      continue
    }
    if (before !== null && results.length > 0) readDisputes(read, row, words, values, results)
  }
  // A row without any figure is one in which nothing was to be counted.
  if (results.length > 0) for (const group of disputeGroups) read.section4[group] ??= emptyCells(RESULTS)
  return read
}

const hasWords = (cell: string) => /[\u3400-\u9fff“”]/.test(cell) && readCell(cell) === undefined

/** Labels first, figures after: the last cell with words is the last label. */
function divided(cells: readonly string[]): { words: string[]; values: string[] } {
  const last = cells.findLastIndex(hasWords)
  return { words: cells.slice(0, last + 1).filter(cell => cell !== ''), values: cells.slice(last + 1) }
}

function placesWhere(row: GridRow, is: (words: string) => boolean): number[] {
  return row.spread.flatMap((cell, at) => (cell !== '' && is(cell) ? [at] : []))
}

/** Where the seven columns stand, as the head of the table says. */
function applicantPlaces({ spread }: GridRow): number[] | null {
  const tight = spread.map(cell => cell.replace(/\s+/g, ''))
  const first = tight.indexOf('自然人')
  const last = tight.lastIndexOf('总计')
  return first !== -1 && last - first === APPLICANTS - 1
    ? Array.from({ length: APPLICANTS }, (_, at) => first + at)
    : null
}

function documentPlaces({ spread }: GridRow): number[] | null {
  const places = [/制发/, /废止/, /有效/].map(name => spread.findIndex(cell => name.test(cell)))
  return places.every(place => place !== -1) ? places : null
}

/** The seven figures of a row, however its labels were merged. */
function requestValues(row: GridRow, values: readonly string[], columns: number[] | null): string[] {
  if (values.length === APPLICANTS) return [...values]
  // Written cell for cell the row is as wide as the table: the head tells the columns.
  if (columns && row.spread.length > (columns.at(-1) ?? 0)) return columns.map(at => row.spread[at] ?? '')
  const kept = [...values]
  while (kept.length > APPLICANTS && kept.at(-1) === '') kept.pop()
  return kept.slice(-APPLICANTS)
}

function cellsOf(read: ReadTables, where: string, values: readonly string[]): Cell[] {
  return values.map((written, at) => {
    const cell = readCell(written)
    if (cell !== undefined) return cell
    read.odd.push({ where: `${where}[${at}]`, text: written })
    return null
  })
}

function readDisclosure(read: ReadTables, row: GridRow, documents: number[] | null): void {
  const at = row.cells.findIndex(cell => disclosureRowOf(cell) !== null)
  const label = row.cells[at]
  if (label === undefined) return
  const code = disclosureRowOf(label) ?? ''
  const kind = disclosureRows.find(one => one.code === code)
  if (!kind || read.section2[code]) return
  const values = row.cells.slice(at + 1)
  const count = kind.columns.length
  const places = count === 3 && values.length !== count ? documents : null
  const found =
    count === 1
      ? [values.find(value => value !== '') ?? '']
      : places
        ? places.map(place => row.spread[place] ?? '')
        : values.slice(0, count)
  if (values.length === 0 || found.some(hasWords)) return
  while (found.length < count) found.push('')
  read.section2[code] = cellsOf(read, `section2.${code}`, found)
}

/** The official table has all fifteen in one row; some sites print a row for each group. */
function readDisputes(
  read: ReadTables,
  row: GridRow,
  words: readonly string[],
  values: readonly string[],
  headings: readonly number[],
): void {
  const group = words.length > 0 ? disputeGroupOf(words.join('')) : null
  if (group !== null && values.length >= RESULTS && values.length < RESULTS * 2) {
    read.section4[group] ??= cellsOf(read, `section4.${group}`, values.slice(0, RESULTS))
    return
  }
  const all = RESULTS * disputeGroups.length
  if (values.length < all || read.section4.复议) return
  const found =
    values.length === all || headings.length !== all
      ? values.slice(0, all)
      : headings.map(at => row.spread[at] ?? '')
  // Blank rows between the head and the figures
  if (found.every(value => value === '') && row.cells.every(cell => cell === '')) return
  for (const [at, one] of disputeGroups.entries())
    read.section4[one] = cellsOf(read, `section4.${one}`, found.slice(at * RESULTS, (at + 1) * RESULTS))
}
