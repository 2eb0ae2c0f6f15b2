import { csvLine } from '#lib/csv'
import { dueWords, lateness, type ProgressTable, progressWords, unitWords } from './progress-table.ts'

export const tableHeads = [
  '序号',
  '章节',
  '工作内容',
  '工作要求',
  '责任单位',
  '时限',
  '状态',
  '完成情况',
] as const

/** The table in rows of text, the same for every format. `today` decides what is late. */
export function tableCells(table: ProgressTable, today: string): string[][] {
  const words = { late: '（已逾期）', 'done-late': '（逾期完成）' }
  return table.rows.map((row, index) => {
    const late = lateness(row, today)
    return [
      row.no || String(index + 1),
      row.heading.join(' > '),
      [row.content, ...row.more.map(({ label, value }) => `${label}：${value}`)].join('\n'),
      row.requirement,
      unitWords(row),
      dueWords(row),
      `${row.word}${late ? words[late] : ''}`,
      progressWords(row),
    ]
  })
}

/** The mark at the start lets spreadsheet programs read the Chinese. */
export const csvOfTable = (table: ProgressTable, today: string): string =>
  `\uFEFF${csvLine([...tableHeads])}${tableCells(table, today).map(csvLine).join('')}`
