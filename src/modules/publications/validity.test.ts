import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EffectOnIt, periodOn, periodsOf, validityOn } from './validity.ts'

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

const days = fc
  .integer({ min: 0, max: 2000 })
  .map(count => new Date(Date.UTC(2020, 0, 1 + count)).toISOString().slice(0, 10))
const terms = fc.record({
  signedOn: fc.option(days),
  effectiveFrom: fc.option(days),
  validUntil: fc.option(days),
})
const effects = fc.array(
  fc.record({ type: fc.constantFrom('repeals', 'amends', 'partly-repeals'), effectiveFrom: days }),
  { maxLength: 5 },
)

describe('validity on any day', () => {
  it('does not depend on the order in which the effects are told', () => {
    fc.assert(
      fc.property(terms, effects, fc.infiniteStream(fc.nat()), days, (term, told, keys, day) => {
        const shuffled = told
          .map(one => ({ one, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one)
        expect(validityOn(term, shuffled, day)).toBe(validityOn(term, told, day))
        expect(periodsOf(term, shuffled)).toEqual(periodsOf(term, told))
      }),
    )
  })

  it('is that of the period in which the day lies, and periods follow each other without repeating', () => {
    fc.assert(
      fc.property(terms, effects, days, (term, told, day) => {
        const periods = periodsOf(term, told)
        expect(periodOn(periods, day).now?.validity).toBe(validityOn(term, told, day))
        expect(periods.map(period => period.from ?? '')).toEqual(
          [...new Set(periods.map(period => period.from ?? ''))].sort(),
        )
        periods.slice(1).forEach((period, at) => {
          expect(period.validity).not.toBe(periods[at]?.validity)
        })
      }),
    )
  })

  it('ends with a repeal, whatever is told beside it', () => {
    fc.assert(
      fc.property(terms, effects, days, (term, told, day) => {
        const repealed = [...told, { type: 'repeals' as const, effectiveFrom: day }]
        expect(periodsOf(term, repealed).at(-1)?.validity).toBe('repealed')
      }),
    )
  })
})
