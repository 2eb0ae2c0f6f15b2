import { inChinese } from '#lib/beijing-time'
import { wordOf } from '../official-word.ts'
import { countRows, type ProgressTable } from './progress-table.ts'
import { tableCells, tableHeads } from './table-files.ts'

/** The table as a Word document in official look. */
export function wordOfTable(title: string, table: ProgressTable, today: string): Promise<Buffer> {
  const count = countRows(table.rows, today)
  return wordOf({
    title,
    landscape: true,
    blocks: [
      {
        kind: 'note',
        text: `截至${inChinese(table.asOf)}：共 ${count.total} 项，已完成 ${count.done} 项，逾期未完成 ${count.late} 项。`,
      },
      {
        kind: 'table',
        heads: tableHeads,
        widths: [6, 12, 22, 18, 16, 10, 8, 22],
        rows: tableCells(table, today).map(cells => cells.map(text => ({ text }))),
      },
    ],
  })
}
