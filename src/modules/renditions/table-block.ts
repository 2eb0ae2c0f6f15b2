import type { CheerioAPI } from 'cheerio'
import type { HtmlElement } from './html-nodes.ts'
import { type Cell, paper, type Run, type Table, textOf } from './official-document.ts'
import { widthOf } from './title-lines.ts'

const mostColumns = 40
const mostRows = 5000

/** A table of a body, every cell at its place, whatever its spans claim. Null when it has no cells. */
export function tableBlock(
  $: CheerioAPI,
  table: HtmlElement,
  runsOf: (cell: HtmlElement) => Run[][],
): Table | null {
  const rows = $(table)
    .find('tr')
    .toArray()
    .filter(row => $(row).closest('table').get(0) === table)
    .slice(0, mostRows)
  const headRows = countHeadRows($, rows)
  const taken = new Set<string>()
  const cells: Cell[] = []
  let columns = 0
  for (const [y, row] of rows.entries()) {
    let x = 0
    const last = y < headRows ? headRows : rows.length
    for (const cell of $(row).children('td, th').toArray()) {
      while (taken.has(`${x} ${y}`)) x++
      if (x >= mostColumns) break
      const colspan = freeWidth(taken, x, y, span(cell.attribs.colspan, mostColumns - x))
      const rowspan = span(cell.attribs.rowspan, last - y)
      for (let down = 0; down < rowspan; down++)
        for (let right = 0; right < colspan; right++) taken.add(`${x + right} ${y + down}`)
      const lines = runsOf(cell)
      const isHead = y < headRows || cell.tagName === 'th'
      cells.push({ x, y, colspan, rowspan, lines, head: isHead, align: alignOf(cell, isHead, lines) })
      columns = Math.max(columns, x + colspan)
      x += colspan
    }
  }
  if (columns === 0) return null
  for (let y = 0; y < rows.length; y++)
    for (let x = 0; x < columns; x++)
      if (!taken.has(`${x} ${y}`))
        cells.push({ x, y, colspan: 1, rowspan: 1, lines: [], head: y < headRows, align: 'left' })
  cells.sort((a, b) => a.y - b.y || a.x - b.x)
  const caption = $(table).children('caption').text().trim()
  return {
    kind: 'table',
    caption: caption || null,
    widths: widthsOf(cells, columns),
    headRows,
    rows: rows.length,
    cells,
  }
}

const span = (value: string | undefined, most: number) =>
  Math.max(1, Math.min(Math.max(1, most), Number.parseInt(value ?? '1', 10) || 1))

/** A cell above may reach down into the way. */
function freeWidth(taken: ReadonlySet<string>, x: number, y: number, wanted: number): number {
  let width = 1
  while (width < wanted && !taken.has(`${x + width} ${y}`)) width++
  return width
}

/** Rows of `thead`, else leading rows of nothing but `th`; a table that is all head has none. */
function countHeadRows($: CheerioAPI, rows: readonly HtmlElement[]): number {
  let count = 0
  for (const row of rows) {
    const isHead =
      (row.parent as HtmlElement | null)?.tagName === 'thead' ||
      ($(row).children('th').length > 0 && $(row).children('td').length === 0)
    if (!isHead) break
    count++
  }
  return count === rows.length || count > 5 ? 0 : count
}

function alignOf(cell: HtmlElement, isHead: boolean, lines: readonly (readonly Run[])[]): Cell['align'] {
  const given = /align-(left|center|right)/.exec(cell.attribs.class ?? '')?.[1]
  if (given) return given as Cell['align']
  const text = lines.map(textOf).join('')
  return isHead || (lines.length === 1 && text.length <= 12) ? 'center' : 'left'
}

/** How large the type of a table is: the more columns, the smaller. */
export function tablePoints(columns: number): number {
  const steps = [
    [3, 14],
    [6, 12],
    [9, 10.5],
    [13, 9],
  ] as const
  return steps.find(([most]) => columns <= most)?.[1] ?? 7.5
}

/** Signs in a cell that stay on one line, where there is room for them. */
const short = 9

/**
 * Shares of the width: columns of few words as wide as these, so that none of them breaks, the others by how much is written in
 * them.
 */
function widthsOf(cells: readonly Cell[], columns: number): number[] {
  const longest = new Array<number>(columns).fill(1)
  const sums = new Array<number>(columns).fill(0)
  const counts = new Array<number>(columns).fill(0)
  for (const cell of cells) {
    if (cell.colspan > 1) continue
    const most = Math.max(0, ...cell.lines.map(line => widthOf(textOf(line))))
    longest[cell.x] = Math.max(longest[cell.x] ?? 0, most)
    sums[cell.x] = (sums[cell.x] ?? 0) + Math.min(most, 120)
    counts[cell.x] = (counts[cell.x] ?? 0) + 1
  }
  const room = (paper.blockWidth / 0.3528 / tablePoints(columns)) * 0.97
  const natural = longest.map(long => Math.max(2, long) + 1)
  const total = natural.reduce((all, one) => all + one, 0)
  if (total <= room) return natural.map(width => rounded(width * (room / total)))
  const weights = longest.map((long, x) => {
    const average = (sums[x] ?? 0) / Math.max(1, counts[x] ?? 1)
    return Math.min(28, Math.max(3, Math.sqrt(Math.min(long, 40) * Math.max(average, 2)) + 1))
  })
  const isShort = (x: number) => (longest[x] ?? 0) <= short
  const taken = natural.reduce((all, width, x) => all + (isShort(x) ? width : 0), 0)
  const rest = weights.reduce((all, weight, x) => all + (isShort(x) ? 0 : weight), 0)
  if (taken > room * 0.65 || rest === 0) return weights.map(rounded)
  return weights.map((weight, x) =>
    rounded(isShort(x) ? (natural[x] ?? 3) : (weight / rest) * (room - taken)),
  )
}

const rounded = (width: number) => Math.round(width * 10) / 10
