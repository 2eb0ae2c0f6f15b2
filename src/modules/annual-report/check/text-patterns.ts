import {
  type AnnualReport,
  type DisputeGroup,
  numberIn,
  RESULT_TOTAL,
  requestCell,
  resultGroups,
  rowsOfGroup,
  sum,
  TOTAL_COLUMN,
} from '../report.ts'

const NUMBER = '(?<n>\\d[\\d,]*|[〇零一二三四五六七八九十百千万两]+)'
// 余件, 多件 and 万件 are no exact figures.
export const UNIT = '(?:件|条|份|起|宗|例|次|项|个)'
const FIGURE = `${NUMBER}${UNIT}`
const HOW_MUCH = '(?:共计|合计|总计|共|为|有|计|数量为|数为|数|数量|总数|总数为|情况)?[:：]?'

/** A phrase whose meaning is clear, and what of the tables it speaks of. */
export interface Pattern {
  /** Looked for in a clause; `n` is its number, without one it says that there was none. */
  phrase: RegExp
  /** The cell that is meant, to name it. */
  where: string
  name: string
  /** The first is what it should be; the others may be meant as well. */
  values: (report: AnnualReport) => number[]
  /** Its words are used of other things too: the sentence, or the one before in the paragraph, must be of requests. */
  about: 'requests' | 'anything'
}

const total = (report: AnnualReport, row: string) => numberIn(requestCell(report, row, TOTAL_COLUMN))

const groupTotal = (report: AnnualReport, code: string) => {
  const group = resultGroups.find(one => one.code === code)
  const rows = group ? rowsOfGroup(group, report.format) : []
  return sum(
    rows.map(row => {
      // A total that was left out is a fault of the table, not of the text.
      const printed = requestCell(report, row, TOTAL_COLUMN)
      return printed ?? sum((report.section3[row] ?? []).slice(0, TOTAL_COLUMN).map(numberIn))
    }),
  )
}

/** 逾期不补正2件、其他处理5件: who names the others by themselves means the rest by 其他处理. */
const partsMeant = (report: AnnualReport, code: string): number[] => {
  if (code !== 'C6' || report.format === '2019') return []
  const [late, unpaid, other] = ['C6.1', 'C6.2', 'C6.3'].map(row => total(report, row))
  return [other ?? 0, sum([late ?? 0, other ?? 0]), sum([unpaid ?? 0, other ?? 0])]
}

const disputes = (report: AnnualReport, ...groups: DisputeGroup[]) =>
  sum(groups.map(group => numberIn(report.section4[group]?.[RESULT_TOTAL])))
const pending = (report: AnnualReport, ...groups: DisputeGroup[]) =>
  sum(groups.map(group => numberIn(report.section4[group]?.[RESULT_TOTAL - 1])))

const REQUEST =
  '(?:(?:各类|有效|公民、?法人(?:和|或|及)(?:者)?其他组织(?:的|提出的|提交的)?)?(?:政府信息公开依申请|政府信息依申请公开|依申请公开政府信息|依申请公开信息|依申请公开|政府信息公开|信息公开)(?:的)?(?:申请)?(?:事项|件|数量)?)'

const came = (phrase: string): Pattern => ({
  phrase: new RegExp(phrase),
  where: `section3.A[${TOTAL_COLUMN}]`,
  name: '本年新收政府信息公开申请数量总计',
  values: report => [
    total(report, 'A'),
    ...(countsCarried(report.text) ? [sum([total(report, 'A'), total(report, 'B')])] : []),
  ],
  about: 'anything',
})

/** Some count what was carried over among what they received, or had to deal with, and say so. */
const countsCarried = (text: string) => /结转|转结/.test(text)

const outcome = (code: string, words: string, name: string): Pattern[] =>
  [
    `(?:^|其中)(?:有)?(?:决定|答复|作出|属于)?[“"]?(?:${words})[”"]?(?:的|答复|决定|申请|情形|类)*${HOW_MUCH}${FIGURE}`,
    `(?:^|其中)(?:有)?${FIGURE}(?:申请)?(?:为|是|作出|予以|依法|答复为|属于)?[“"]?(?:${words})[”"]?(?:$|决定|答复|的?$)`,
  ].map(phrase => ({
    phrase: new RegExp(phrase),
    where:
      code.length === 2 && code !== 'C1' && code !== 'C2'
        ? `section3.${code}`
        : `section3.${code}[${TOTAL_COLUMN}]`,
    name,
    values: report => [groupTotal(report, code), ...partsMeant(report, code)],
    about: 'requests',
  }))

export const patterns: readonly Pattern[] = [
  came(`(?:收到|受理|新收|接收|接到|新增|收悉|收)(?:了)?(?:的)?${REQUEST}${HOW_MUCH}${FIGURE}`),
  came(`(?:收到|受理|新收|接收|接到)(?:了)?(?:共|共计)?${FIGURE}(?:的)?${REQUEST}`),
  came(`(?:未|没有|未曾|尚未)(?:收到|接到|受理)(?:过|到)?(?:任何|一件|相关)?(?:形式的)?${REQUEST}$`),
  {
    phrase: new RegExp(
      `上(?:一)?年(?:度)?(?:结转|转结|转入|遗留)(?:的)?(?:${REQUEST}|申请)?${HOW_MUCH}${FIGURE}|结转上(?:一)?年(?:度)?(?:的)?(?:${REQUEST}|申请)?${HOW_MUCH}${FIGURE.replace('<n>', '<m>')}`,
    ),
    where: `section3.B[${TOTAL_COLUMN}]`,
    name: '上年结转政府信息公开申请数量总计',
    values: report => [total(report, 'B')],
    about: 'requests',
  },
  {
    phrase: new RegExp(
      `(?:结转|转至|顺延至?|转入)(?:到|至)?下(?:一)?年(?:度)?(?:继续)?(?:办理|处理|答复)?(?:的)?(?:申请)?${HOW_MUCH}${FIGURE}`,
    ),
    where: `section3.D[${TOTAL_COLUMN}]`,
    name: '结转下年度继续办理总计',
    values: report => [total(report, 'D')],
    about: 'requests',
  },
  {
    phrase: new RegExp(
      `(?:^|予以)(?:已|均已|全部|共|按期|按时|依法|本年度?)*办结(?:${REQUEST}|申请)?${HOW_MUCH}${FIGURE}`,
    ),
    where: `section3.C7[${TOTAL_COLUMN}]`,
    name: '本年度办理结果总计',
    values: report => [
      total(report, 'C7'),
      total(report, 'A'),
      sum([total(report, 'A'), -total(report, 'D')]),
      sum([total(report, 'A'), total(report, 'B')]),
    ],
    about: 'requests',
  },
  {
    phrase: new RegExp(
      `(?:^|其中)(?:予以公开|同意公开)(?:及|和|与|、|或)(?:者)?(?:予以)?部分公开(?:的|申请)*${HOW_MUCH}${FIGURE}`,
    ),
    where: `section3.C1[${TOTAL_COLUMN}]`,
    name: '予以公开、部分公开两行总计',
    values: report => [sum([groupTotal(report, 'C1'), groupTotal(report, 'C2')])],
    about: 'requests',
  },
  ...outcome('C1', '予以公开|同意公开', '予以公开总计'),
  ...outcome('C2', '(?:予以)?部分公开', '部分公开总计'),
  ...outcome('C3', '不予公开|不同意公开', '不予公开各行总计'),
  ...outcome('C4', '无法提供', '无法提供各行总计'),
  ...outcome('C5', '不予处理', '不予处理各行总计'),
  ...outcome('C6', '其他处理', '其他处理各行总计'),
  {
    phrase: new RegExp(
      `(?:提起|申请|引发|发生|收到|涉及|被|^|类|的)行政复议(?:案件|申请|事项)?${HOW_MUCH}${FIGURE}`,
    ),
    where: `section4.复议[${RESULT_TOTAL}]`,
    name: '行政复议总计',
    values: report => [disputes(report, '复议'), sum([disputes(report, '复议'), -pending(report, '复议')])],
    about: 'requests',
  },
  {
    phrase: new RegExp(
      `(?:提起|引发|发生|收到|涉及|被|^|类|的)行政诉讼(?:案件|事项)?${HOW_MUCH}${FIGURE}|^诉讼(?:案件)?${FIGURE.replace('<n>', '<m>')}`,
    ),
    where: `section4.未经复议直接起诉[${RESULT_TOTAL}]`,
    name: '行政诉讼两组总计之和',
    values: report => {
      const both: DisputeGroup[] = ['未经复议直接起诉', '复议后起诉']
      return [
        disputes(report, ...both),
        sum([disputes(report, ...both), -pending(report, ...both)]),
        ...both.map(group => disputes(report, group)),
      ]
    },
    about: 'requests',
  },
  ...(['制发|制定', '废止'] as const).map(
    (verb, at): Pattern => ({
      phrase: new RegExp(`(?:${verb})(?:了)?(?:行政)?规范性文件${HOW_MUCH}${FIGURE}`),
      where: `section2.T2.2[${at}]`,
      name: `行政规范性文件“${['本年制发件数', '本年废止件数'][at]}”`,
      values: report => [numberIn(report.section2?.['T2.2']?.[at])],
      about: 'anything',
    }),
  ),
  {
    phrase: new RegExp(`现行有效(?:的)?(?:行政)?规范性文件${HOW_MUCH}${FIGURE}`),
    where: 'section2.T2.2[2]',
    name: '行政规范性文件“现行有效件数”',
    values: report => [numberIn(report.section2?.['T2.2']?.[2])],
    about: 'anything',
  },
  ...(['行政许可', '行政处罚', '行政强制'] as const).map(
    (kind, at): Pattern => ({
      phrase: new RegExp(`(?:作出|做出)${kind}(?:处理)?决定${HOW_MUCH}${FIGURE}`),
      where: `section2.T2.${at + 3}[0]`,
      name: `${kind}“本年处理决定数量”`,
      values: report => [numberIn(report.section2?.[`T2.${at + 3}`]?.[0])],
      about: 'anything',
    }),
  ),
]
