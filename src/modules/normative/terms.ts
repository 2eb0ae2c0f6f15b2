import type { PlainDate } from '#lib/beijing-time'

/** 暂行、试行 are short; a document says so in its title (R-NOR-11). */
export const isTrial = (title: string): boolean => /[（(](?:暂行|试行)[）)]|暂行|试行/.test(title)

/** The same day so many months on; the last day of the month where there is none. */
export function monthsAfter(day: PlainDate, months: number): PlainDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return first.toISOString().slice(0, 10)
}

/** The last day of a term that begins on `from`: five years from 2026-12-01 end with 2031-11-30. */
export function lastDayOf(from: PlainDate, years: number): PlainDate {
  const after = new Date(`${monthsAfter(from, years * 12)}T00:00:00Z`)
  return new Date(after.getTime() - 86_400_000).toISOString().slice(0, 10)
}

export interface TermFacts {
  title: string
  effectiveFrom: PlainDate | null
  signedOn: PlainDate | null
  validUntil: PlainDate | null
}

export interface TermCheck {
  years: number
  isTrial: boolean
  /** The longest term; null while no day of beginning is stated. */
  longest: PlainDate | null
  /** What is wrong with the stated one. */
  fault: string | null
}

/** Whether the stated last day of validity keeps within the term (R-NOR-11), and what it may be at most. */
export function checkTerm(facts: TermFacts, rules: { termYears: number; trialYears: number }): TermCheck {
  const trial = isTrial(facts.title)
  const years = trial ? rules.trialYears : rules.termYears
  const from = facts.effectiveFrom ?? facts.signedOn
  const longest = from ? lastDayOf(from, years) : null
  const name = trial ? '暂行、试行的规范性文件' : '规范性文件'
  // A term that is written as “to 2031-12-01” means the same as one that ends the day before
  const most = from ? monthsAfter(from, years * 12) : null
  const fault = !facts.validUntil
    ? `没有写明有效期。${name}有效期最长 ${years} 年${longest ? `，可以填 ${longest}` : ''}。`
    : most && facts.validUntil > most
      ? `有效期至 ${facts.validUntil}，超过 ${years} 年。${name}最长到 ${longest}。`
      : null
  return { years, isTrial: trial, longest, fault }
}
