import {
  type AnnualReport,
  applicantColumns,
  type Cell,
  disclosureRows,
  disputeGroups,
  disputeLabels,
  numberIn,
  requestCell,
  requestRows,
  resultColumns,
  rowLabel,
  sum,
} from '../report.ts'
import { type NewFinding, numberInWords } from './finding.ts'

/** R-RPT-23: what is carried over into this year is what last year carried on, column by column. */
export function checkCarriedOver(report: AnnualReport, last: AnnualReport): NewFinding[] {
  return applicantColumns.flatMap((name, column) => {
    const expected = numberIn(requestCell(last, 'D', column))
    const found = requestCell(report, 'B', column)
    if (expected === numberIn(found)) return []
    const where = `section3.B[${column}]`
    return {
      rule: 'R-RPT-23',
      where,
      expected,
      found,
      cells: [where],
      message: `“上年结转”行“${name}”列写的是${numberInWords(found)}，上一年度报告“结转下年度继续办理”同一列是${expected}，应当相同。`,
    }
  })
}

const DOCUMENT_ROWS = disclosureRows.filter(row => row.columns.length === 3)

/** R-RPT-11: in force now is in force a year ago, and what was made, less what was repealed. */
export function checkInForce(report: AnnualReport, last: AnnualReport): NewFinding[] {
  return DOCUMENT_ROWS.flatMap(({ code, label }) => {
    const now = report.section2?.[code]
    const before = last.section2?.[code]
    if (!now || !before) return []
    const [made, repealed] = [numberIn(now[0]), numberIn(now[1])]
    const expected = sum([numberIn(before[2]), made, -repealed])
    const found = now[2] ?? null
    if (expected === numberIn(found)) return []
    return {
      rule: 'R-RPT-11',
      where: `section2.${code}[2]`,
      expected,
      found,
      cells: [0, 1, 2].map(column => `section2.${code}[${column}]`),
      message:
        `“${label}”：上年现行有效${numberIn(before[2])}＋本年制发${made}－本年废止${repealed}＝${expected}，` +
        `“现行有效件数”写的是${numberInWords(found)}。如因集中清理或口径调整，请在报告里说明。`,
    }
  })
}

interface Place {
  where: string
  name: string
  cell: (report: AnnualReport) => Cell
}

/** Every cell of the three tables. */
function placesOf(report: AnnualReport): Place[] {
  const requests = requestRows(report.format).flatMap(row =>
    applicantColumns.map((column, at) => ({
      where: `section3.${row}[${at}]`,
      name: `“${rowLabel(row)}”行“${column}”列`,
      cell: (of: AnnualReport) => cellOf(of, row, at),
    })),
  )
  const disputes = disputeGroups
    .filter(group => report.section4[group])
    .flatMap(group =>
      resultColumns.map((column, at) => ({
        where: `section4.${group}[${at}]`,
        name: `${disputeLabels[group]}“${column}”`,
        cell: (of: AnnualReport) => of.section4[group]?.[at] ?? null,
      })),
    )
  const disclosed = disclosureRows
    .filter(row => report.section2?.[row.code])
    .flatMap(({ code, label, columns }) =>
      columns.map((column, at) => ({
        where: `section2.${code}[${at}]`,
        name: `“${label}”${column}`,
        cell: (of: AnnualReport) => of.section2?.[code]?.[at] ?? null,
      })),
    )
  return [...disclosed, ...requests, ...disputes]
}

/** A report in the trial format has one row for 其他处理, whatever the other has. */
function cellOf(report: AnnualReport, row: string, column: number): Cell {
  if (row !== 'C6' || report.format === '2019') return requestCell(report, row, column)
  return sum(['C6.1', 'C6.2', 'C6.3'].map(part => numberIn(requestCell(report, part, column))))
}

/** R-RPT-25: the report over several organs has in each cell the sum of theirs. */
export function checkParts(report: AnnualReport, parts: readonly AnnualReport[]): NewFinding[] {
  if (parts.length === 0) return []
  return placesOf(report).flatMap(({ where, name, cell }) => {
    const expected = sum(parts.map(part => numberIn(cell(part))))
    const found = cell(report)
    if (expected === numberIn(found)) return []
    return {
      rule: 'R-RPT-25',
      where,
      expected,
      found,
      cells: [where],
      message: `${name}：${parts.length}个单位的报告相加是${expected}，汇总报告写的是${numberInWords(found)}。`,
    }
  })
}
