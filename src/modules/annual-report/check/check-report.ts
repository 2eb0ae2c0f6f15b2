import type { AnnualReport } from '../report.ts'
import { checkCarriedOver, checkInForce, checkParts } from './against.ts'
import { checkFeeTold, checkKinds, checkRegulations } from './disclosure.ts'
import { type Finding, severityOf } from './finding.ts'
import { checkSums } from './sums.ts'
import { checkText } from './text-figures.ts'

export interface Judgement {
  findings: Finding[]
  /** What could not be checked, and why; no faults. */
  notes: string[]
}

/** All of R-RPT-10 … R-RPT-27 that can be asked of one report, of those of former years and of the parts it sums. */
export function checkReport(
  report: AnnualReport,
  { against = [], parts = [] }: { against?: readonly AnnualReport[]; parts?: readonly AnnualReport[] } = {},
): Judgement {
  const notes: string[] = []
  const last = lastYearOf(report, against, notes)
  const found = [
    ...checkKinds(report),
    ...checkRegulations(report),
    ...checkSums(report),
    ...(last ? [...checkCarriedOver(report, last), ...checkInForce(report, last)] : []),
    ...checkParts(report, parts),
    ...checkFeeTold(report),
    ...checkText(report),
  ]
  notes.push(...betweenFormerYears(report, against))
  if (report.format === '2019')
    notes.push('这是2019—2020年的试行格式，第二部分的表与现行格式不同，没有核对。')
  return { findings: found.map(one => ({ ...one, severity: severityOf(one.rule) })), notes }
}

function lastYearOf(
  report: AnnualReport,
  against: readonly AnnualReport[],
  notes: string[],
): AnnualReport | null {
  if (against.length === 0) return null
  const { year } = report
  const known = against.filter(one => one.year !== null)
  if (year !== null && known.length > 0) {
    const last = known.find(one => one.year === year - 1)
    if (last) {
      if (last.organ !== null && report.organ !== null && last.organ !== report.organ)
        notes.push(`对照的${last.year}年报告写的机关是“${last.organ}”，本报告是“${report.organ}”。`)
      return last
    }
    notes.push(`给出的往年报告里没有${year - 1}年的，“上年结转”没有核对。`)
    return null
  }
  if (against.length === 1) return against[0] ?? null
  notes.push('往年报告没有写明年度，分不出哪一份是上一年的，“上年结转”没有核对。')
  return null
}

const yearsBack = 3

/** Faults between the reports of the last three years: not of this report, but whoever compares must know them. */
function betweenFormerYears(report: AnnualReport, against: readonly AnnualReport[]): string[] {
  const former = against
    .filter(one => one.year !== null && report.year !== null && one.year < report.year)
    .filter(one => (one.year ?? 0) >= (report.year ?? 0) - yearsBack)
  return former.flatMap(later => {
    const earlier = former.find(one => one.year === (later.year ?? 0) - 1)
    if (!earlier) return []
    return [...checkCarriedOver(later, earlier), ...checkInForce(later, earlier)].map(
      ({ message }) => `${later.year}年的报告与${earlier.year}年的不衔接：${message}`,
    )
  })
}
