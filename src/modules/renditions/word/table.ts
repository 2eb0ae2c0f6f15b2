import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  type TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { styleIds } from '#lib/docx-styles'
import type { Cell, Run, Table as TableBlock } from '../official-document.ts'
import { exactly } from './looks.ts'

type WriteRuns = (runs: readonly Run[], size: number) => TextRun[]

const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }

/** A table with its name, as wide as the text; its head comes again on each page, merged cells stay merged. */
export function wordTable(
  table: TableBlock,
  width: number,
  more: { large: boolean; runsOf: WriteRuns },
): (Paragraph | Table)[] {
  const size = Math.round(sizeFor(table.widths.length) * (more.large ? 1.3 : 1))
  const whole = table.widths.reduce((sum, share) => sum + share, 0)
  const columnWidths = table.widths.map(share => Math.floor((width * share) / whole))
  const rows = Map.groupBy(table.cells, cell => cell.y)
  const made = new Table({
    width: { size: width, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths,
    rows: Array.from({ length: table.rows }, (_, y) => {
      const cells = (rows.get(y) ?? []).toSorted((a, b) => a.x - b.x)
      return new TableRow({
        ...(y < table.headRows ? { tableHeader: true } : {}),
        cantSplit: true,
        children: cells.map(cell => cellOf(cell, columnWidths, size, more.runsOf)),
      })
    }),
  })
  if (table.caption === null) return [made]
  const name = new Paragraph({
    style: styleIds.tableName,
    children: more.runsOf([{ text: table.caption }], size),
  })
  return [name, made]
}

function cellOf(cell: Cell, columnWidths: readonly number[], size: number, runsOf: WriteRuns): TableCell {
  const wide = columnWidths.slice(cell.x, cell.x + cell.colspan).reduce((sum, one) => sum + one, 0)
  const lines = cell.lines.length > 0 ? cell.lines : [[]]
  return new TableCell({
    ...(cell.colspan > 1 ? { columnSpan: cell.colspan } : {}),
    ...(cell.rowspan > 1 ? { rowSpan: cell.rowspan } : {}),
    width: { size: wide, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 60, bottom: 60, left: 60, right: 60 },
    children: lines.map(
      line =>
        new Paragraph({
          style: cell.head ? styleIds.headCell : styleIds.cell,
          alignment: alignments[cell.align],
          spacing: { before: 0, after: 0, ...exactly(size * 15) },
          children: runsOf(line, size),
        }),
    ),
  })
}

/** Half points: many columns, small type. */
function sizeFor(columns: number): number {
  if (columns <= 3) return 28
  if (columns <= 6) return 24
  if (columns <= 9) return 21
  return columns <= 13 ? 18 : 15
}
