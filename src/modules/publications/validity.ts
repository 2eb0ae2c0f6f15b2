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
