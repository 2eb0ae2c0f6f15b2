import writeXlsxFile from 'write-excel-file/node'
import type { ProgressTable } from './progress-table.ts'
import { tableCells, tableHeads } from './table-files.ts'

const widths = [8, 24, 48, 36, 36, 18, 12, 48]

/** The same table as a spreadsheet: heads that stay in sight, cells that wrap, texts that are never formulas. */
export function xlsxOfTable(table: ProgressTable, today: string): Promise<Buffer> {
  const head = tableHeads.map(value => ({
    value,
    type: String,
    fontWeight: 'bold' as const,
    backgroundColor: '#eef0f3',
    borderStyle: 'thin' as const,
    wrap: true,
  }))
  const rows = tableCells(table, today).map(cells =>
    cells.map(value => ({
      value,
      type: String,
      wrap: true,
      alignVertical: 'top' as const,
      borderStyle: 'thin' as const,
    })),
  )
  return writeXlsxFile([head, ...rows], {
    sheet: '落实情况',
    orientation: 'landscape',
    stickyRowsCount: 1,
    columns: widths.map(width => ({ width })),
  }).toBuffer()
}
