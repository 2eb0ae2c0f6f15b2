import { describe, expect, it } from 'vitest'
import { freshnessOn } from './freshness.ts'

const column = { newestAt: new Date('2026-11-01T23:59:00+08:00'), updateLimitDays: 14 }

describe('freshness of a column (S-UPD)', () => {
  it.each([
    ['2026-11-01', 0, 'fresh'],
    ['2026-11-10', 9, 'fresh'],
    ['2026-11-11', 10, 'soon'],
    ['2026-11-13', 12, 'soon'],
    ['2026-11-14', 13, 'urgent'],
    ['2026-11-15', 14, 'urgent'],
    ['2026-11-16', 15, 'stale'],
  ] as const)(
    'updated on day 0 with a limit of 14 days: on %s (day %i) it is %s',
    (today, days, freshness) => {
      expect(freshnessOn(today, column)).toEqual({ days, freshness })
    },
  )

  it('says nothing of a column without a limit, or without anything in it', () => {
    expect(freshnessOn('2026-11-16', { ...column, updateLimitDays: null })).toBeNull()
    expect(freshnessOn('2026-11-16', { ...column, newestAt: null })).toBeNull()
  })

  it('rounds floating products rightly: 90 % of 10 days is day 9, 70 % of 10 is day 7', () => {
    const ten = { ...column, updateLimitDays: 10 }
    expect(freshnessOn('2026-11-08', ten)?.freshness).toBe('soon')
    expect(freshnessOn('2026-11-10', ten)?.freshness).toBe('urgent')
  })
})
