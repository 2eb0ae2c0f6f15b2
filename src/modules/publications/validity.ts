import type { PlainDate } from '#lib/beijing-time'

/** 有效性 as the reader sees it, on a day; derived from dates and effects, never stored. */
export const validities = {
  'in-force': '现行有效',
  'not-yet': '尚未施行',
  amended: '已修改',
  'partly-lapsed': '部分失效',
  repealed: '已废止',
  expired: '已失效',
} as const
export type Validity = keyof typeof validities

export interface EffectOnIt {
  type: 'repeals' | 'amends' | 'partly-repeals'
  effectiveFrom: PlainDate
}

export interface Term {
  signedOn: PlainDate | null
  effectiveFrom: PlainDate | null
  /** The last day on which it is valid. */
  validUntil: PlainDate | null
}

/**
 * What a document is worth on a day. Repeal outweighs expiry, expiry outweighs the rest; a document that another has
 * amended still is in force and says so. Without a stated day of effect the day of signing counts (R-NOR).
 */
export function validityOn(term: Term, effects: readonly EffectOnIt[], day: PlainDate): Validity {
  const felt = new Set(effects.filter(effect => effect.effectiveFrom <= day).map(effect => effect.type))
  if (felt.has('repeals')) return 'repealed'
  if (term.validUntil && term.validUntil < day) return 'expired'
  const from = term.effectiveFrom ?? term.signedOn
  if (from && from > day) return 'not-yet'
  if (felt.has('partly-repeals')) return 'partly-lapsed'
  return felt.has('amends') ? 'amended' : 'in-force'
}

/** A stretch of days on which a document is worth the same; `from` null: since ever. */
export interface Period {
  from: PlainDate | null
  validity: Validity
}

/** How the worth of a document changes over time, from its beginning to as far as is known. */
export function periodsOf(term: Term, effects: readonly EffectOnIt[]): Period[] {
  const begins = term.effectiveFrom ?? term.signedOn
  const days = [
    ...(begins ? [begins] : []),
    ...(term.validUntil ? [dayAfter(term.validUntil)] : []),
    ...effects.map(effect => effect.effectiveFrom),
  ]
  const periods: Period[] = [{ from: null, validity: validityOn(term, effects, '0001-01-01') }]
  for (const from of [...new Set(days)].sort()) {
    const validity = validityOn(term, effects, from)
    if (validity !== periods.at(-1)?.validity) periods.push({ from, validity })
  }
  return periods
}

/** The stretch that a day lies in, and the one that follows. */
export function periodOn(
  periods: readonly Period[],
  day: PlainDate,
): { now: Period | undefined; next: Period | undefined } {
  const at = periods.findLastIndex(period => period.from === null || period.from <= day)
  return { now: periods[at], next: periods[at + 1] }
}

const dayAfter = (day: PlainDate): PlainDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3600 * 1000).toISOString().slice(0, 10)
