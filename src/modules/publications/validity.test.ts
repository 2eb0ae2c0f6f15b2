import { describe, expect, it } from 'vitest'
import { type EffectOnIt, validityOn } from './validity.ts'

const term = { signedOn: '2026-11-14', effectiveFrom: '2026-12-01', validUntil: '2031-11-30' }
const effect = (type: EffectOnIt['type'], effectiveFrom: string): EffectOnIt => ({ type, effectiveFrom })

describe('validityOn (R-NOR)', () => {
  it.each([
    ['before it takes effect', [], '2026-11-30', 'not-yet'],
    ['on the day it takes effect', [], '2026-12-01', 'in-force'],
    ['on its last day', [], '2031-11-30', 'in-force'],
    ['the day after its term', [], '2031-12-01', 'expired'],
    ['amended by another', [effect('amends', '2027-01-01')], '2027-01-01', 'amended'],
    ['the day before the amendment', [effect('amends', '2027-01-01')], '2026-12-31', 'in-force'],
    [
      'partly repealed',
      [effect('amends', '2027-01-01'), effect('partly-repeals', '2028-01-01')],
      '2028-05-01',
      'partly-lapsed',
    ],
    ['repealed', [effect('repeals', '2028-01-01')], '2028-01-01', 'repealed'],
    ['repealed, and its term over', [effect('repeals', '2028-01-01')], '2032-01-01', 'repealed'],
    ['repealed before it ever took effect', [effect('repeals', '2026-11-20')], '2026-11-21', 'repealed'],
  ] as const)('%s', (_, effects, day, expected) => {
    expect(validityOn(term, effects, day)).toBe(expected)
  })
  it('counts from the day of signing when no day of effect is stated', () => {
    expect(validityOn({ ...term, effectiveFrom: null }, [], '2026-11-14')).toBe('in-force')
  })
})
