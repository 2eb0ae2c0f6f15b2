import type { AnnualReport, Cell } from './report.ts'
import { applicantColumns, disclosureRows, disputeGroups, requestRows, rowLabel } from './report.ts'

/** A whole report of an organ that does not exist, right in every sum; each kind of applicant has something of most things. */
export function fullReport(): AnnualReport {
  const six: Record<string, number[]> = {}
  const rows = requestRows('2021')
  for (const [at, row] of rows.entries())
    six[row] = [0, 1, 2, 3, 4, 5].map(column => ((at + 2) * (column + 3)) % 11)
  const leaves = rows.slice(2, -2)
  six.C7 = [0, 1, 2, 3, 4, 5].map(column => leaves.reduce((so, row) => so + (six[row]?.[column] ?? 0), 0))
  six.B = [3, 0, 1, 0, 2, 0]
  six.D = [4, 1, 0, 2, 0, 0]
  six.A = [0, 1, 2, 3, 4, 5].map(at => (six.C7?.[at] ?? 0) + (six.D?.[at] ?? 0) - (six.B?.[at] ?? 0))
  const section3: Record<string, Cell[]> = Object.fromEntries(
    rows.map(row => {
      const cells = six[row] ?? []
      return [row, [...cells, cells.reduce((so, cell) => so + cell, 0)]]
    }),
  )
  return {
    organ: '云溪县人民政府',
    year: 2024,
    format: '2021',
    section2: {
      'T2.1': [0, 0, 0],
      'T2.2': [6, 2, 31],
      'T2.3': [1204],
      'T2.4': [318],
      'T2.5': [12],
      'T2.6': [86.5],
    },
    section3,
    section4: {
      复议: [3, 1, 0, 2, 6],
      未经复议直接起诉: [1, 0, 0, 1, 2],
      复议后起诉: [2, 0, 1, 0, 3],
    },
    text: '六、其他需要报告的事项\n本年度发出信息处理费收费通知3份，均未缴纳，未收取信息处理费。',
    odd: [],
  }
}

const span = (words: string, across = 1, down = 1) =>
  `<td${across > 1 ? ` colspan="${across}"` : ''}${down > 1 ? ` rowspan="${down}"` : ''}><p>${words}</p></td>`

/** The report as a page in the official layout; `write` makes what stands in a cell. */
export function pageOf(
  report: AnnualReport,
  write = (cell: Cell) => (cell === null ? '&nbsp;' : String(cell)),
): string {
  const cells = (list: readonly Cell[] = []) => list.map(cell => span(write(cell))).join('')
  const two = disclosureRows.map(
    ({ code, label, columns, paragraph }, at) =>
      (disclosureRows[at - 1]?.paragraph === paragraph
        ? ''
        : `<tr>${span(paragraph, 4)}</tr><tr>${span('信息内容')}${columns.map(column => span(column, columns.length === 1 ? 3 : 1)).join('')}</tr>`) +
      `<tr>${span(label)}${(report.section2?.[code] ?? []).map(cell => span(write(cell), columns.length === 1 ? 3 : 1)).join('')}</tr>`,
  )
  const groups: Record<string, [string, number]> = {
    'C3.1': ['（三）不予公开', 8],
    'C4.1': ['（四）无法提供', 3],
    'C5.1': ['（五）不予处理', 5],
    'C6.1': ['（六）其他处理', 3],
  }
  const three = requestRows(report.format).map(row => {
    const group = groups[row]
    const leaf = row.includes('.')
    const label = leaf ? rowLabel(row).replace(/^（.）[^1-9]*/, '') : rowLabel(row)
    const first = row === 'C1' ? span('三、本年度办理结果', 1, requestRows(report.format).length - 3) : ''
    const labels =
      row === 'A' || row === 'B' || row === 'D'
        ? span(label, 3)
        : leaf
          ? `${group ? span(group[0], 1, group[1]) : ''}${span(label)}`
          : span(label, 2)
    return `<tr>${first}${labels}${cells(report.section3[row])}</tr>`
  })
  const results = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计']
  const kinds = applicantColumns.slice(1, -1)
  return `<!doctype html><html><head><title>${report.organ}${report.year}年政府信息公开工作年度报告</title></head><body>
<h1>${report.organ}${report.year}年政府信息公开工作年度报告</h1><p>一、总体情况</p>
<p>二、主动公开政府信息情况</p><table>${two.join('')}</table>
<p>三、收到和处理政府信息公开申请情况</p><table>
<tr>${span('（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', 3, 3)}${span('申请人情况', 7)}</tr>
<tr>${span('自然人', 1, 2)}${span('法人或其他组织', 5)}${span('总计', 1, 2)}</tr>
<tr>${kinds.map(kind => span(`${kind.slice(0, 2)}<br>${kind.slice(2)}`)).join('')}</tr>${three.join('\n')}</table>
<p>四、政府信息公开行政复议、行政诉讼情况</p><table>
<tr>${span('行政复议', 5)}${span('行政诉讼', 10)}</tr>
<tr>${results.map(one => span(one, 1, 2)).join('')}${span('未经复议直接起诉', 5)}${span('复议后起诉', 5)}</tr>
<tr>${[...results, ...results].map(one => span(one)).join('')}</tr>
<tr>${disputeGroups.map(group => cells(report.section4[group])).join('')}</tr></table>
<p>五、存在的主要问题及改进情况</p><p>无。</p><p>${report.text.replaceAll('\n', '</p><p>')}</p></body></html>`
}
