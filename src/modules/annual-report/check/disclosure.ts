import {
  type AnnualReport,
  applicantColumns,
  type Cell,
  disclosureRows,
  disputeGroups,
  disputeLabels,
  FEE_ROW,
  numberIn,
  requestRows,
  resultColumns,
  rowLabel,
} from '../report.ts'
import type { NewFinding } from './finding.ts'

/** R-RPT-11, R-RPT-30: what is counted is counted whole; only the fees have decimals; nothing is below zero. */
export function checkKinds(report: AnnualReport): NewFinding[] {
  const odd = (rule: string, where: string, name: string, cell: Cell | undefined, whole: boolean) => {
    if (cell === null || cell === undefined || (cell >= 0 && (!whole || Number.isInteger(cell)))) return []
    const kind = whole ? '0或者正整数' : '0或者正数'
    return [
      {
        rule,
        where,
        expected: null,
        found: cell,
        cells: [where],
        message: `${name}写的是${cell}，应当是${kind}。`,
      },
    ]
  }
  return [
    ...disclosureRows.flatMap(({ code, label, columns }) =>
      columns.flatMap((column, at) =>
        odd(
          'R-RPT-11',
          `section2.${code}[${at}]`,
          `“${label}”${column}`,
          report.section2?.[code]?.[at],
          code !== FEE_ROW,
        ),
      ),
    ),
    ...requestRows(report.format).flatMap(row =>
      applicantColumns.flatMap((column, at) =>
        odd(
          'R-RPT-30',
          `section3.${row}[${at}]`,
          `“${rowLabel(row)}”行“${column}”列`,
          report.section3[row]?.[at],
          true,
        ),
      ),
    ),
    ...disputeGroups.flatMap(group =>
      resultColumns.flatMap((column, at) =>
        odd(
          'R-RPT-30',
          `section4.${group}[${at}]`,
          `${disputeLabels[group]}“${column}”`,
          report.section4[group]?.[at],
          true,
        ),
      ),
    ),
    ...report.odd.map(({ where, text }) => ({
      rule: where.startsWith('section2') ? 'R-RPT-11' : 'R-RPT-30',
      where,
      expected: null,
      found: text,
      cells: [where],
      message: `${where}这一格写的是“${text}”，不是一个数。请改成数字。`,
    })),
  ]
}

/** Places below those that may make rules; 自治区, 特区 and 地区 are not such. */
const COUNTY =
  /县|(?<!自治|特|地)区|旗|(?:(?<!景德)镇|乡)(?:人民政府|政府|办事处|$)|街道|(?:省|自治区|市|州|盟).*(?:厅|局|委员会|办公室|中心|支队|大队)$/
const OFFICE_OF_GOVERNMENT = /(?:人民政府|政府)办公(?:厅|室)$/

/** R-RPT-10: ministries, provinces, cities with districts and autonomous prefectures make 规章; nobody else has any. */
export function checkRegulations(report: AnnualReport): NewFinding[] {
  const { organ } = report
  const cells = report.section2?.['T2.1']
  if (organ === null || !cells) return []
  const place = organ.replace(/\s+/g, '')
  const below = /县|(?<!自治|特|地)区|旗|街道/.test(place)
  if (!COUNTY.test(place) || (!below && OFFICE_OF_GOVERNMENT.test(place))) return []
  return cells.flatMap((found, at) => {
    if (numberIn(found) === 0) return []
    const where = `section2.T2.1[${at}]`
    return {
      rule: 'R-RPT-10',
      where,
      expected: 0,
      found,
      cells: [where],
      message: `“规章”${['本年制发件数', '本年废止件数', '现行有效件数'][at]}写的是${found}：${organ}不能制定规章（部门、省级、设区的市和自治州人民政府才能），应当是0。`,
    }
  })
}

/** What section six, or else the whole text, says of the fee. */
const FEE = /信息处理费|收取.{0,12}费|收费|缴费|缴纳.{0,6}费/
const NO_NOTICE = /(?:未|没有|无)(?:[^，。；]{0,8})收费通知|收费通知(?:书)?(?:0|０|零)(?:件|份|次)/

/** R-RPT-26: requests dropped because the fee was not paid imply that notices were sent, and that the report tells of the fee. */
export function checkFeeTold(report: AnnualReport): NewFinding[] {
  const row = report.section3['C6.2']
  if (!row || report.format !== '2021') return []
  const dropped = Math.max(...row.map(numberIn))
  if (dropped === 0) return []
  const told = sectionSix(report.text) ?? report.text
  if (told.trim() === '') return []
  const cells = applicantColumns.map((_, at) => `section3.C6.2[${at}]`)
  const where = `section3.C6.2[${applicantColumns.length - 1}]`
  const found = row[applicantColumns.length - 1] ?? null
  if (!FEE.test(told))
    return [
      {
        rule: 'R-RPT-26',
        where,
        expected: null,
        found,
        cells,
        message: `有${dropped}件申请因逾期未缴费不再处理，但“六、其他需要报告的事项”没有说明信息处理费收取情况。`,
      },
    ]
  if (NO_NOTICE.test(report.text.replace(/\s+/g, '')))
    return [
      {
        rule: 'R-RPT-26',
        where,
        expected: 0,
        found,
        cells,
        message: `有${dropped}件申请因逾期未按收费通知缴费不再处理，但报告说没有发出收费通知，两处矛盾。`,
      },
    ]
  return []
}

/** From its heading to the end; null where the text has no such heading. */
function sectionSix(text: string): string | null {
  const heading = /(?:^|\n)\s*六\s*、\s*其他[^\n]*/.exec(text)
  return heading ? text.slice(heading.index) : null
}
