/** The tables of the yearly report on government openness, as the national format has them (R-RPT, 国办公开办函〔2021〕30号). */

/** `2019`: the trial format of the reports on 2019 and 2020, where 其他处理 is one row and section two has other columns. */
export type ReportFormat = '2019' | '2021'

/** What a cell says; null where it is blank. */
export type Cell = number | null

/** The kinds of applicants and their total, in the order of the official columns. */
export const applicantColumns = [
  '自然人',
  '商业企业',
  '科研机构',
  '社会公益组织',
  '法律服务机构',
  '其他',
  '总计',
] as const

export const TOTAL_COLUMN = applicantColumns.length - 1

export const resultColumns = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'] as const
export const RESULT_TOTAL = resultColumns.length - 1

interface RowGroup {
  code: string
  label: string
  /** Official labels of its rows; none: the group is itself a row. */
  rows: readonly string[]
}

/** What becomes of requests, in the official order. The groups with rows have none of their own. */
export const resultGroups: readonly RowGroup[] = [
  { code: 'C1', label: '（一）予以公开', rows: [] },
  { code: 'C2', label: '（二）部分公开（区分处理的，只计这一情形，不计其他情形）', rows: [] },
  {
    code: 'C3',
    label: '（三）不予公开',
    rows: [
      '1.属于国家秘密',
      '2.其他法律行政法规禁止公开',
      '3.危及“三安全一稳定”',
      '4.保护第三方合法权益',
      '5.属于三类内部事务信息',
      '6.属于四类过程性信息',
      '7.属于行政执法案卷',
      '8.属于行政查询事项',
    ],
  },
  {
    code: 'C4',
    label: '（四）无法提供',
    rows: ['1.本机关不掌握相关政府信息', '2.没有现成信息需要另行制作', '3.补正后申请内容仍不明确'],
  },
  {
    code: 'C5',
    label: '（五）不予处理',
    rows: [
      '1.信访举报投诉类申请',
      '2.重复申请',
      '3.要求提供公开出版物',
      '4.无正当理由大量反复申请',
      '5.要求行政机关确认或重新出具已获取信息',
    ],
  },
  {
    code: 'C6',
    label: '（六）其他处理',
    rows: [
      '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
      '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
      '3.其他',
    ],
  },
]

const ends: Record<string, string> = {
  A: '一、本年新收政府信息公开申请数量',
  B: '二、上年结转政府信息公开申请数量',
  C7: '（七）总计',
  D: '四、结转下年度继续办理',
}

/** Codes of the rows of one group, in a format. */
export function rowsOfGroup(group: RowGroup, format: ReportFormat): string[] {
  if (group.rows.length === 0 || (group.code === 'C6' && format === '2019')) return [group.code]
  return group.rows.map((_, at) => `${group.code}.${at + 1}`)
}

/** Rows of which each request that was dealt with is in exactly one (R-RPT-30). */
export const outcomeRows = (format: ReportFormat): string[] =>
  resultGroups.flatMap(group => rowsOfGroup(group, format))

/** All rows of section three in the printed order: A, B, C1 … C7, D. */
export const requestRows = (format: ReportFormat): string[] => ['A', 'B', ...outcomeRows(format), 'C7', 'D']

/** Every code that stands in some format. */
export const everyRequestRow: readonly string[] = [...new Set([...requestRows('2021'), 'C6'])]

/** The row as it is printed: 不予公开 › 1.属于国家秘密 */
export function rowLabel(code: string): string {
  const end = ends[code]
  if (end !== undefined) return end
  const [of, at] = code.split('.')
  const group = resultGroups.find(one => one.code === of)
  if (!group) return code
  return at === undefined ? group.label : `${group.label}${group.rows[Number(at) - 1] ?? ''}`
}

interface DisclosureRow {
  code: string
  label: string
  columns: readonly string[]
  /** Which paragraph of article 20 it stands under. */
  paragraph: string
}

const documentColumns = ['本年制发件数', '本年废止件数', '现行有效件数']
const decisions = ['本年处理决定数量']

/** Section two: four tables, six rows. */
export const disclosureRows: readonly DisclosureRow[] = [
  { code: 'T2.1', label: '规章', columns: documentColumns, paragraph: '第二十条第（一）项' },
  { code: 'T2.2', label: '行政规范性文件', columns: documentColumns, paragraph: '第二十条第（一）项' },
  { code: 'T2.3', label: '行政许可', columns: decisions, paragraph: '第二十条第（五）项' },
  { code: 'T2.4', label: '行政处罚', columns: decisions, paragraph: '第二十条第（六）项' },
  { code: 'T2.5', label: '行政强制', columns: decisions, paragraph: '第二十条第（六）项' },
  {
    code: 'T2.6',
    label: '行政事业性收费',
    columns: ['本年收费金额（单位：万元）'],
    paragraph: '第二十条第（八）项',
  },
]

export const FEE_ROW = 'T2.6'

export const disputeGroups = ['复议', '未经复议直接起诉', '复议后起诉'] as const
export type DisputeGroup = (typeof disputeGroups)[number]

export const disputeLabels: Record<DisputeGroup, string> = {
  复议: '行政复议',
  未经复议直接起诉: '行政诉讼（未经复议直接起诉）',
  复议后起诉: '行政诉讼（复议后起诉）',
}

/** A cell that holds something which is no number. */
export interface OddCell {
  where: string
  text: string
}

export interface AnnualReport {
  organ: string | null
  year: number | null
  format: ReportFormat
  /** By row; null: not there, or in the columns of the trial format, which are not checked. */
  section2: Record<string, Cell[]> | null
  /** By row; a row that is not there is missing. */
  section3: Record<string, Cell[]>
  section4: Partial<Record<DisputeGroup, Cell[]>>
  /** Everything that is not in the tables. */
  text: string
  odd: readonly OddCell[]
}

export const emptyCells = (count: number): Cell[] => Array.from({ length: count }, () => null)

/** A blank cell counts as nothing. */
export const numberIn = (cell: Cell | undefined): number => cell ?? 0

/** What one cell of section three says. */
export const requestCell = (report: AnnualReport, row: string, column: number): Cell =>
  report.section3[row]?.[column] ?? null

export function sum(numbers: readonly number[]): number {
  const total = numbers.reduce((so, number) => so + number, 0)
  // Fees have decimals: 0.1 + 0.2 is 0.3.
  return Number(total.toFixed(6))
}
