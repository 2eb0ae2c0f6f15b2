import type { Organ } from '#modules/organisations'

/** What may differ from place to place ([C], [K] and [U] of R-NOR); an organ follows the nearest one above that says something. */
export interface Settings {
  numberCode: string
  numberPattern: string
  termYears: number
  trialYears: number
  assessMonths: number
  legalityLeast: number
  legalityMost: number
  competitionMost: number
  opinionDays: number
  marketOpinionDays: number
  cleanupMonths: number
  legalityOrganId: string | null
  competitionOrganId: string | null
  filedTo: string
  revision: number
}

/** R-NOR-05, 06, 10, 11, 13 as far as nobody has decided otherwise. */
export const usualSettings: Settings = {
  numberCode: '',
  numberPattern: '{code}GS-{year}-{serial:4}',
  termYears: 5,
  trialYears: 2,
  assessMonths: 6,
  legalityLeast: 5,
  legalityMost: 15,
  competitionMost: 10,
  opinionDays: 30,
  marketOpinionDays: 30,
  cleanupMonths: 24,
  legalityOrganId: null,
  competitionOrganId: null,
  filedTo: '',
  revision: 0,
}

const serialPlace = /\{serial(?::(\d))?\}/

/** `{code}GS-{year}-{serial:4}` → `YXGS-2026-0007` (R-NOR-10). */
export const writeNumber = (pattern: string, facts: { code: string; year: number; serial: number }): string =>
  pattern
    .replaceAll('{code}', facts.code)
    .replaceAll('{year}', String(facts.year))
    .replace(serialPlace, (_, digits: string | undefined) =>
      String(facts.serial).padStart(Number(digits ?? 1), '0'),
    )

/** The serial in a number of that pattern and year; null: a number of another form. */
export function serialIn(
  number: string,
  pattern: string,
  facts: { code: string; year: number },
): number | null {
  const mark = '\u0000'
  const [before = '', after = ''] = pattern
    .replaceAll('{code}', facts.code)
    .replaceAll('{year}', String(facts.year))
    .replace(serialPlace, mark)
    .split(mark)
  if (!number.startsWith(before) || !number.endsWith(after)) return null
  const digits = number.slice(before.length, number.length - after.length)
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null
}

export const codeOf = (settings: Pick<Settings, 'numberCode'>, government: Pick<Organ, 'key'>): string =>
  settings.numberCode || government.key.toUpperCase().replace(/[^A-Z0-9]/g, '')
