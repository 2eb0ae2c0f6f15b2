import { type Paragraph, Table, TableCell, TableRow, WidthType } from 'docx'
import { elementsIn, type HtmlElement } from './docx-element.ts'

interface Placed {
  cell: HtmlElement
  column: number
  columns: number
  rows: number
}

/**
 * A table of HTML as one of Word: the rows of its head come again on each page, merged cells stay merged, every column has its
 * place. `fill` writes what stands in a cell.
 */
export function tableOf(
  table: HtmlElement,
  width: number,
  fill: (cell: HtmlElement, width: number) => (Paragraph | Table)[],
): Table | null {
  const heads = rowsIn(table, ['thead'])
  const rows = [...heads, ...rowsIn(table, ['tbody', 'tfoot', 'tr'])]
  const { placed, columns } = placesOf(rows)
  if (columns === 0) return null
  const each = Math.floor(width / columns)
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: new Array<number>(columns).fill(each),
    rows: placed.map(
      (cells, at) =>
        new TableRow({
          // Said only where it is so: readers of Word files take the mere word for it.
          ...(at < heads.length ? { tableHeader: true } : {}),
          cantSplit: true,
          children: cells.map(
            one =>
              new TableCell({
                ...(one.columns > 1 ? { columnSpan: one.columns } : {}),
                ...(one.rows > 1 ? { rowSpan: one.rows } : {}),
                width: { size: each * one.columns, type: WidthType.DXA },
                margins: { top: 60, bottom: 60, left: 80, right: 80 },
                children: fill(one.cell, each * one.columns - 160),
              }),
          ),
        }),
    ),
  })
}

function rowsIn(table: HtmlElement, tags: readonly string[]): HtmlElement[] {
  return elementsIn(table)
    .filter(one => tags.includes(one.tagName))
    .flatMap(one => (one.tagName === 'tr' ? [one] : elementsIn(one).filter(row => row.tagName === 'tr')))
}

/** Where each cell begins, those above that reach down counted. */
function placesOf(rows: readonly HtmlElement[]): { placed: Placed[][]; columns: number } {
  const taken: boolean[][] = rows.map(() => [])
  const placed = rows.map((row, at) =>
    elementsIn(row)
      .filter(one => one.tagName === 'td' || one.tagName === 'th')
      .map(cell => {
        let column = 0
        while (taken[at]?.[column]) column++
        const columns = span(cell.attribs.colspan, 100)
        const down = Math.min(span(cell.attribs.rowspan, 1000), rows.length - at)
        for (const row of taken.slice(at, at + down))
          for (let right = column; right < column + columns; right++) row[right] = true
        return { cell, column, columns, rows: down }
      }),
  )
  return { placed, columns: Math.max(0, ...taken.map(row => row.length)) }
}

const span = (value: string | undefined, most: number) =>
  Math.min(most, Math.max(1, Math.trunc(Number(value)) || 1))
