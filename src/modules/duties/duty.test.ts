import { describe, expect, it } from 'vitest'
import { calendarOf } from '#lib/working-days/calendar'
import { shippedNotices } from './calendar.ts'
import { reckon, standingOf } from './duty.ts'

const calendar = calendarOf(shippedNotices())
const clock = { rule: 'R-INT-02', startedAt: new Date('2026-09-29T15:00:00+08:00'), events: {} }

describe('a duty', () => {
  it('is due at the end of its last working day (R-INT-02, R-CAL-05)', () => {
    const found = reckon({ ...clock, limit: { amount: 3, unit: 'working-days' } }, calendar)
    expect(found.dueOn).toBe('2026-10-09')
    expect(found.dueAt?.toISOString()).toBe('2026-10-09T16:00:00.000Z')
  })

  it('of hours runs through rest days (R-OPN-01, R-CAL-08)', () => {
    const found = reckon({ ...clock, limit: { amount: 48, unit: 'hours' } }, calendar)
    expect(found.dueAt?.toISOString()).toBe('2026-10-01T07:00:00.000Z')
  })

  it('of a fixed day is that day, provisional while its year has no notice (R-SUP-04)', () => {
    const found = reckon({ ...clock, limit: { fixedOn: '2027-01-31' } }, calendar)
    expect(found).toMatchObject({ dueOn: '2027-01-31', provisional: true })
  })

  it('stands as the moment says; nothing of it is stored', () => {
    const { dueOn, dueAt } = reckon({ ...clock, limit: { amount: 3, unit: 'working-days' } }, calendar)
    const at = (now: string, more: { metAt?: Date; waivedAt?: Date } = {}) =>
      standingOf({ dueOn, dueAt, metAt: null, waivedAt: null, ...more }, new Date(now))
    expect(at('2026-09-30T09:00:00+08:00')).toBe('coming')
    expect(at('2026-10-05T09:00:00+08:00')).toBe('soon')
    expect(at('2026-10-09T23:59:59+08:00')).toBe('today')
    expect(at('2026-10-10T00:00:00+08:00')).toBe('late')
    expect(at('2026-10-10T00:00:00+08:00', { metAt: new Date('2026-10-09T23:00:00+08:00') })).toBe('met')
    expect(at('2026-10-10T00:00:00+08:00', { metAt: new Date('2026-10-10T00:00:00+08:00') })).toBe('met-late')
    expect(at('2026-10-10T00:00:00+08:00', { waivedAt: new Date('2026-10-09T00:00:00+08:00') })).toBe(
      'waived',
    )
  })
})
