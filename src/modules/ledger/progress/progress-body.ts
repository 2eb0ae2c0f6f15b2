import { numbered } from '../task.ts'
import { dueWords, type ProgressTable, progressWords, unitWords } from './progress-table.ts'

/**
 * The table as the text of its edition, four columns as such tables are printed, a row for each chapter. Cells are parted by a
 * blank and rows end lines, so that two editions are compared row by row.
 */
export function bodyOfTable(table: ProgressTable): string {
  const heads = ['工作内容', '工作要求', '责任单位', '时限', '完成情况']
  let chapter = ''
  const rows = table.rows.flatMap(row => {
    const path = row.heading.join(' ')
    const opening =
      path === chapter || path === '' ? [] : [`<tr><th colspan="${heads.length}">${escaped(path)}</th></tr>`]
    chapter = path
    const more = row.more.map(({ label, value }) => `${label}：${value}`)
    const content = [numbered(row.no, row.content), ...more].join('；')
    const cells = [content, row.requirement, unitWords(row), dueWords(row), progressWords(row)]
    return [...opening, `<tr>${cells.map(cell => `<td>${escaped(oneLine(cell))}</td>`).join(' ')}</tr>`]
  })
  return [
    `<p>${escaped(table.plan.title)}的落实情况如下。</p>`,
    '<table><thead>',
    `<tr>${heads.map(head => `<th>${head}</th>`).join(' ')}</tr>`,
    `</thead><tbody>${rows.join('')}</tbody></table>`,
  ].join('')
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
