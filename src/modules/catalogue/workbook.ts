import writeXlsxFile, { type CellObject } from 'write-excel-file/node'
import type { SheetFault } from './sheet.ts'
import { sheetColumns } from './write-sheet.ts'

const widths: Record<string, number> = {
  [sheetColumns.serial]: 6,
  [sheetColumns.domain]: 14,
  [sheetColumns.level1]: 18,
  [sheetColumns.level2]: 18,
  [sheetColumns.level3]: 14,
  [sheetColumns.elements]: 48,
  [sheetColumns.ground]: 40,
  [sheetColumns.limit]: 28,
  [sheetColumns.body]: 24,
  [sheetColumns.channels]: 32,
  [sheetColumns.group]: 16,
  [sheetColumns.code]: 10,
  [sheetColumns.place]: 24,
}
const usualWidth = 10

/** A cell of text: a spreadsheet program must not make a date, a number or a formula of it. */
const cell = (value: string, more: CellObject = {}): CellObject =>
  value === ''
    ? { ...more, borderStyle: 'thin' }
    : { value, type: String, format: '@', wrap: true, alignVertical: 'top', borderStyle: 'thin', ...more }

/**
 * The same tables as a workbook: all cells text, the head in bold and always in sight. With `faults` each faulty cell is marked, and
 * what is wrong with a row, and how to put it right, stands behind it in a column that the import does not read.
 */
export function workbookOf(
  sheets: readonly { name: string; rows: readonly (readonly string[])[] }[],
  faults: readonly SheetFault[] = [],
): Promise<Buffer> {
  const taken = new Set<string>()
  return writeXlsxFile(
    sheets.map(({ name, rows }) => {
      const ofSheet = faults.filter(fault => fault.sheet === name)
      const across = Math.max(1, ...rows.map(row => row.length))
      const head = Math.max(
        0,
        rows.findIndex(row => row.some(text => /^公开内容|^公开要素/.test(text.trim()))),
      )
      const data = rows.map((row, index) => {
        const wrong = ofSheet.filter(fault => Math.max(fault.row, 1) === index + 1)
        const marked = new Set(wrong.map(fault => fault.cell))
        const cells = Array.from({ length: across }, (_, at) =>
          cell(row[at] ?? '', {
            ...(index <= head ? { fontWeight: 'bold', backgroundColor: '#EEF0F3' } : {}),
            ...(marked.has(at) ? { backgroundColor: '#F8C9C4' } : {}),
          }),
        )
        if (ofSheet.length === 0) return cells
        const said = wrong.map(fault => `${fault.column}：${fault.why}`).join('\n')
        const title = index === head ? '错在哪里，怎样改' : ''
        return [
          ...cells,
          cell([title, said].filter(text => text !== '').join('\n'), said ? { textColor: '#A3180E' } : {}),
        ]
      })
      return {
        sheet: sheetName(name, taken),
        data,
        stickyRowsCount: head + 1,
        columns: [
          ...Array.from({ length: across }, (_, at) => ({
            width: widths[rows[head]?.[at]?.trim() ?? ''] ?? usualWidth,
          })),
          ...(ofSheet.length > 0 ? [{ width: 60 }] : []),
        ],
      }
    }),
  ).toBuffer()
}

/** Names of sheets are short, without some signs, and each stands once in a workbook. */
function sheetName(name: string, taken: Set<string>): string {
  const base =
    name
      .replace(/[\\/?*[\]:]/g, ' ')
      .trim()
      .slice(0, 26) || '表'
  let free = base
  for (let number = 2; taken.has(free); number++) free = `${base} ${number}`
  taken.add(free)
  return free
}
