import type { PlainDate } from '#lib/beijing-time'
import type { OrganType } from '#modules/organisations'
import type { Domain } from './duty.ts'

/** A duty that comes round. Whether it is owed here is a choice of each site; `usual` is the choice nobody has made. */
export interface PeriodicRule {
  rule: string
  article: string
  domain: Domain
  every: 'year' | 'quarter'
  owedBy: readonly OrganType[]
  usual: boolean
  /** What is to be done, of a period. */
  title(period: string): string
  /** First day of working on it, and the last. */
  span(period: string): { from: PlainDate; to: PlainDate }
}

const nextYear = (year: string) => String(Number(year) + 1)
const quarterEnds: Record<string, [from: string, to: string]> = {
  Q1: ['01-01', '03-31'],
  Q2: ['04-01', '06-30'],
  Q3: ['07-01', '09-30'],
  Q4: ['10-01', '12-31'],
}
const withinYear = (year: string) => ({ from: `${year}-01-01`, to: `${year}-12-31` })
const january = (year: string) => ({ from: `${nextYear(year)}-01-01`, to: `${nextYear(year)}-01-31` })
function quarter(period: string) {
  const [year = '', part = ''] = period.split('-')
  const [from, to] = quarterEnds[part] ?? ['01-01', '12-31']
  return { from: `${year}-${from}`, to: `${year}-${to}` }
}
const inWords = (period: string) => period.replace('-Q', '年第').replace(/第(\d)$/, '第$1季度')

export const periodicRules: readonly PeriodicRule[] = [
  {
    rule: 'R-SUP-04',
    article: '条例第四十九条：部门每年1月31日前',
    domain: 'supervision',
    every: 'year',
    owedBy: ['department', 'office'],
    usual: true,
    title: year => `公布${year}年政府信息公开工作年度报告`,
    span: january,
  },
  {
    rule: 'R-SUP-05',
    article: '条例第四十九条：主管部门每年3月31日前',
    domain: 'supervision',
    every: 'year',
    owedBy: ['government'],
    usual: true,
    title: year => `公布${year}年本级政府信息公开工作年度报告`,
    span: year => ({ from: `${nextYear(year)}-01-01`, to: `${nextYear(year)}-03-31` }),
  },
  {
    rule: 'S-UPD-12',
    article: '政府网站工作年度报表每年1月31日前',
    domain: 'supervision',
    every: 'year',
    owedBy: ['government'],
    usual: true,
    title: year => `公布${year}年政府网站工作年度报表`,
    span: january,
  },
  {
    rule: 'B6',
    article: '不予公开信息年度审查，自查报告每年1月底前',
    domain: 'supervision',
    every: 'year',
    owedBy: ['government', 'department', 'development-zone'],
    usual: true,
    title: year => `审查${year}年不予公开和反复申请的信息并提交自查报告`,
    span: january,
  },
  {
    rule: 'A4',
    article: '负责人每年至少听取一次政务公开工作汇报',
    domain: 'supervision',
    every: 'year',
    owedBy: ['government', 'department', 'development-zone'],
    usual: true,
    title: year => `负责人听取${year}年政务公开工作汇报`,
    span: withinYear,
  },
  {
    rule: 'I3',
    article: '主要负责人每年至少解读一次重要政策',
    domain: 'interpretation',
    every: 'year',
    owedBy: ['government', 'department'],
    usual: true,
    title: year => `主要负责人${year}年解读重要政策`,
    span: withinYear,
  },
  {
    rule: 'J3',
    article: '每季度至少举行一次新闻发布会',
    domain: 'response',
    every: 'quarter',
    owedBy: ['government'],
    usual: false,
    title: period => `举行${inWords(period)}新闻发布会`,
    span: quarter,
  },
  {
    rule: 'R-GAZ-01',
    article: '政府公报按季出版',
    domain: 'proactive',
    every: 'quarter',
    owedBy: ['government'],
    usual: false,
    title: period => `出版${inWords(period)}政府公报`,
    span: quarter,
  },
]

/** Periods of a rule that run on a day: begun, and not yet due. What was due before the system came is not reproached. */
export function periodsOn(rule: PeriodicRule, today: PlainDate): string[] {
  const year = Number(today.slice(0, 4))
  const years = [year - 1, year].map(String)
  const periods =
    rule.every === 'year'
      ? years
      : years.flatMap(one => Object.keys(quarterEnds).map(part => `${one}-${part}`))
  return periods.filter(period => {
    const { from, to } = rule.span(period)
    return from <= today && today <= to
  })
}
