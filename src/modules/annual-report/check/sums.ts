import {
  type AnnualReport,
  applicantColumns,
  disputeGroups,
  disputeLabels,
  numberIn,
  outcomeRows,
  RESULT_TOTAL,
  requestCell,
  requestRows,
  resultColumns,
  rowLabel,
  sum,
  TOTAL_COLUMN,
} from '../report.ts'
import { type NewFinding, numberInWords } from './finding.ts'

const at = (row: string, column: number) => `section3.${row}[${column}]`

/** The sums inside one report: R-RPT-20, R-RPT-21, R-RPT-22, R-RPT-24. */
export const checkSums = (report: AnnualReport): NewFinding[] => [
  ...checkBalance(report),
  ...checkOutcomes(report),
  ...checkApplicants(report),
  ...checkDisputes(report),
]

/** R-RPT-20: what came in and what was carried over is what was dealt with and what is carried on. */
function checkBalance(report: AnnualReport): NewFinding[] {
  return applicantColumns.flatMap((name, column) => {
    const [a, b, done, on] = ['A', 'B', 'C7', 'D'].map(row => numberIn(requestCell(report, row, column)))
    const came = sum([a ?? 0, b ?? 0])
    const went = sum([done ?? 0, on ?? 0])
    if (came === went) return []
    return {
      rule: 'R-RPT-20',
      where: at('D', column),
      expected: sum([came, -(done ?? 0)]),
      found: requestCell(report, 'D', column),
      cells: ['A', 'B', 'C7', 'D'].map(row => at(row, column)),
      message: `“${name}”列：本年新收${a}＋上年结转${b}＝${came}，办理结果总计${done}＋结转下年度${on}＝${went}，两边应当相等。`,
    }
  })
}

/** R-RPT-21: the rows of results make up their total. */
function checkOutcomes(report: AnnualReport): NewFinding[] {
  const rows = outcomeRows(report.format)
  const totals = totalsLeftOut(report)
  return applicantColumns.flatMap((name, column) => {
    const expected = sum(
      rows.map(row =>
        column === TOTAL_COLUMN && totals
          ? applicantsOf(report, row)
          : numberIn(requestCell(report, row, column)),
      ),
    )
    const found = requestCell(report, 'C7', column)
    if (expected === numberIn(found)) return []
    return {
      rule: 'R-RPT-21',
      where: at('C7', column),
      expected,
      found,
      cells: [...rows, 'C7'].map(row => at(row, column)),
      message: `“${name}”列：办理结果各行相加是${expected}，“（七）总计”写的是${numberInWords(found)}。`,
    }
  })
}

const applicantsOf = (report: AnnualReport, row: string) =>
  sum((report.section3[row] ?? []).slice(0, TOTAL_COLUMN).map(numberIn))

/** Some reports leave the totals of all result rows out: each is a fault, their column's sum is not one more. */
function totalsLeftOut(report: AnnualReport): boolean {
  const filled = outcomeRows(report.format).filter(row => applicantsOf(report, row) !== 0)
  return filled.length > 1 && filled.every(row => requestCell(report, row, TOTAL_COLUMN) === null)
}

/** R-RPT-22: the six kinds of applicants make up the total of a row. */
function checkApplicants(report: AnnualReport): NewFinding[] {
  return requestRows(report.format).flatMap(row => {
    const expected = applicantsOf(report, row)
    const found = requestCell(report, row, TOTAL_COLUMN)
    if (expected === numberIn(found)) return []
    return {
      rule: 'R-RPT-22',
      where: at(row, TOTAL_COLUMN),
      expected,
      found,
      cells: applicantColumns.map((_, column) => at(row, column)),
      message: `“${rowLabel(row)}”行：自然人和五类法人或其他组织相加是${expected}，“总计”写的是${numberInWords(found)}。`,
    }
  })
}

/** R-RPT-24: the four results make up the total of each group. */
function checkDisputes(report: AnnualReport): NewFinding[] {
  return disputeGroups.flatMap(group => {
    const cells = report.section4[group]
    if (!cells) return []
    const expected = sum(cells.slice(0, RESULT_TOTAL).map(numberIn))
    const found = cells[RESULT_TOTAL] ?? null
    if (expected === numberIn(found)) return []
    return {
      rule: 'R-RPT-24',
      where: `section4.${group}[${RESULT_TOTAL}]`,
      expected,
      found,
      cells: resultColumns.map((_, column) => `section4.${group}[${column}]`),
      message: `${disputeLabels[group]}：维持、纠正、其他、尚未审结相加是${expected}，“总计”写的是${numberInWords(found)}。`,
    }
  })
}
