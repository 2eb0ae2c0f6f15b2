import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dateInBeijing,
  fromBeijing,
  inChinese,
  isPlainDate,
  momentInBeijing,
  nextMidnight,
  weekday,
} from './beijing-time.ts'

const instants = fc.date({
  min: new Date('1949-10-01T00:00:00+08:00'),
  max: new Date('2100-01-01T00:00:00+08:00'),
  noInvalidDate: true,
})

describe('Beijing time', () => {
  it('an evening in UTC is the next day in Beijing', () => {
    const at = new Date('2026-11-22T16:00:00Z')
    expect([dateInBeijing(at), momentInBeijing(at)]).toEqual(['2026-11-23', '2026-11-23 00:00'])
    expect(dateInBeijing(new Date(at.getTime() - 1))).toBe('2026-11-22')
  })

  it('what is written can be read again, to the minute', () => {
    fc.assert(
      fc.property(instants, at => {
        const minute = Math.floor(at.getTime() / 60_000) * 60_000
        expect(fromBeijing(momentInBeijing(at))?.getTime()).toBe(minute)
        expect(fromBeijing(dateInBeijing(at))?.getTime()).toBeLessThanOrEqual(at.getTime())
      }),
    )
  })

  it('the next midnight is the first instant of the next day', () => {
    fc.assert(
      fc.property(instants, at => {
        const midnight = nextMidnight(at)
        expect(midnight.getTime()).toBeGreaterThan(at.getTime())
        expect(momentInBeijing(midnight)).toMatch(/ 00:00$/)
        expect(dateInBeijing(new Date(midnight.getTime() - 1))).toBe(dateInBeijing(at))
      }),
    )
  })

  it.each([
    '2026-02-30',
    '2026-13-01',
    '2025-02-29',
    '0000-01-01',
    '2026-1-1',
    '26-01-01',
    '2026-11-23 10:00',
    '',
  ])('“%s” is no day', text => {
    expect(isPlainDate(text)).toBe(false)
  })

  it('leap days are', () => {
    expect(['2024-02-29', '2000-02-29', '1900-02-29'].map(isPlainDate)).toEqual([true, true, false])
  })

  it.each([
    '2026-11-23 24:00',
    '2026-11-23 10:60',
    '2026-02-30 10:00',
    '2026-11-23 9:00',
    'x',
    '2026-11-23T10:00Z',
  ])('“%s” is no moment', text => {
    expect(fromBeijing(text)).toBeNull()
  })

  it('S-GWG-15: month and day are written without a leading zero', () => {
    expect(inChinese('2026-01-05')).toBe('2026年1月5日')
    expect([weekday('2026-11-23'), weekday('2026-11-22')]).toEqual(['星期一', '星期日'])
  })
})
