import writeXlsxFile, { type CellObject } from 'write-excel-file/node'

/** A table as a workbook: all cells text, so that no number or date is made of a document number; the head stays in sight. */
export function tableFile(
  name: string,
  columns: readonly { head: string; width: number }[],
  rows: readonly (readonly string[])[],
): Promise<Buffer> {
  const cell = (value: string, more: CellObject = {}): CellObject =>
    value === ''
      ? { ...more, borderStyle: 'thin' }
      : { value, type: String, format: '@', wrap: true, alignVertical: 'top', borderStyle: 'thin', ...more }
  return writeXlsxFile([
    {
      sheet: name.slice(0, 28),
      data: [
        columns.map(({ head }) => cell(head, { fontWeight: 'bold', backgroundColor: '#EEF0F3' })),
        ...rows.map(row => row.map(text => cell(text))),
      ],
      stickyRowsCount: 1,
      columns: columns.map(({ width }) => ({ width })),
    },
  ]).toBuffer()
}
