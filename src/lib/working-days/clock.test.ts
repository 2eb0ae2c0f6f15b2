import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, calendarOf, type HolidayNotice } from './calendar.ts'
import { dayBefore, dueDay, hoursAfter, type Limit, type Pause, workingDaysLeft } from './clock.ts'

const notices: HolidayNotice[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../db/calendar/notices.json'), 'utf8'),
)
const calendar = calendarOf(notices)
const workingDays = (amount: number): Limit => ({ amount, unit: 'working-days', rule: 'R-REQ-22' })
const due = (from: string, amount: number) => dueDay(workingDays(amount), { started: from }, calendar).due

describe('the working-day calendar', () => {
  it.each([
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('has in %i as many working days as the check sum says (R-CAL §14.2)', (year, days) => {
    expect(workingDaysLeft(`${year}-12-31`, `${year - 1}-12-31`, calendar)).toBe(days)
  })

  it('lets a later notice of the same year overrule an earlier one (R-CAL-03)', () => {
    expect(calendar.day('2020-02-01')).toEqual({
      works: false,
      why: '春节延长放假',
      ground: '国办发明电〔2020〕1号',
    })
    expect(calendar.day('2020-01-19').works).toBe(true)
  })

  it('adds a regional festival as one more notice (R-CAL-04)', () => {
    const region = { number: '地方规定', holidays: [{ name: '三月三', rest: ['2026-04-20'], work: [] }] }
    expect(calendarOf([...notices, region]).day('2026-04-20').works).toBe(false)
    expect(calendar.day('2026-04-20').works).toBe(true)
  })

  it('leaves the half-day holidays working days (R-CAL-03)', () => {
    for (const day of ['2023-03-08', '2026-05-06', '2023-06-01', '2023-08-01'])
      expect(calendar.day(day).works).toBe(true)
  })
})

describe('days due in working days (R-CAL-05, vectors of §14.3)', () => {
  it.each([
    ['2023-01-16', 20, '2023-02-16'],
    ['2023-04-20', 7, '2023-04-28'],
    ['2023-09-25', 20, '2023-10-27'],
    ['2024-02-05', 20, '2024-03-08'],
    ['2024-04-26', 7, '2024-05-09'],
    ['2024-09-13', 15, '2024-10-11'],
    ['2025-01-24', 20, '2025-02-27'],
    ['2025-09-22', 7, '2025-09-30'],
    ['2025-09-22', 20, '2025-10-24'],
    ['2025-12-30', 20, '2026-01-28'],
    ['2026-02-09', 20, '2026-03-13'],
    ['2026-02-13', 7, '2026-03-02'],
    ['2026-04-30', 1, '2026-05-06'],
    ['2026-09-18', 20, '2026-10-22'],
    ['2026-09-28', 15, '2026-10-23'],
  ])('from %s, %i working days: %s', (from, amount, expected) => {
    expect(due(from, amount)).toBe(expected)
  })

  it('agrees with a slow counter of another make for every start from 2020 on (7, 15, 20, 40 days)', () => {
    const rest = new Set<string>()
    const work = new Set<string>()
    for (const { holidays } of notices)
      for (const holiday of holidays) {
        const [first = '', last = first] = holiday.rest
        for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
          const day = new Date(at).toISOString().slice(0, 10)
          rest.add(day)
          work.delete(day)
        }
        for (const day of holiday.work) work.add(day)
      }
    const slow = (from: string, amount: number): string => {
      const at = new Date(`${from}T12:00:00Z`)
      let left = amount
      while (left > 0) {
        at.setUTCDate(at.getUTCDate() + 1)
        const day = at.toISOString().slice(0, 10)
        const isWeekend = at.getUTCDay() % 6 === 0
        if (work.has(day) || (!isWeekend && !rest.has(day))) left--
      }
      return at.toISOString().slice(0, 10)
    }
    let compared = 0
    for (let from = '2020-01-01'; from <= '2026-12-31'; from = addDays(from, 1))
      for (const amount of [7, 15, 20, 40]) {
        const found = dueDay(workingDays(amount), { started: from }, calendar)
        expect(found.due).toBe(slow(from, amount))
        expect(found.provisional).toBe((found.due ?? '') > '2026-12-31')
        compared++
      }
    expect(compared).toBe(2557 * 4)
  })

  it('is provisional when the count reaches a year without a notice (R-CAL-09)', () => {
    expect(dueDay(workingDays(20), { started: '2026-12-15' }, calendar).provisional).toBe(true)
    expect(dueDay(workingDays(7), { started: '2026-12-15' }, calendar).provisional).toBe(false)
    expect(dueDay(workingDays(7), { started: '2019-12-20' }, calendar).provisional).toBe(true)
  })
})

describe('pauses, restarts, extensions', () => {
  const consultation: Pause = {
    from: '2025-09-25',
    to: '2025-10-16',
    why: '征求第三方意见',
    rule: 'R-REQ-24',
  }
  const extension = { by: 20, most: 20, why: '延长答复', rule: 'R-REQ-23' }

  it('composite vector of §14.3: consultation of 11 working days, then a full extension (R-REQ-23 to 25)', () => {
    const events = { started: '2025-09-22', paused: [consultation] }
    const adjusted = dueDay(workingDays(20), events, calendar)
    expect(adjusted.due).toBe('2025-11-10')
    expect(adjusted.explanation.filter(day => day.why.startsWith('征求第三方意见'))).toHaveLength(11)
    expect(dueDay(workingDays(20), { ...events, extended: extension }, calendar).due).toBe('2025-12-08')
  })

  it('counts overlapping consultations once (R-REQ-25), worked by hand', () => {
    // 2026-03-02 Monday; paused 03-05…03-12 and 03-10…03-17: Thu 5 is the sending day and counts.
    // Counted: 3,4,5 (3), then 18,19,20 (6), 23…27 (11), 30,31,1,2,3 April (16); 4–6 Qingming; 7,8,9,10 (20).
    const paused = [
      { from: '2026-03-05', to: '2026-03-12', why: '征求第三方意见', rule: 'R-REQ-24' },
      { from: '2026-03-10', to: '2026-03-17', why: '征求其他机关意见', rule: 'R-REQ-24' },
    ]
    expect(dueDay(workingDays(20), { started: '2026-03-02', paused }, calendar).due).toBe('2026-04-10')
  })

  it('begins anew on the day after a correction came in (R-REQ-13), with an extension, worked by hand', () => {
    // Corrected Friday 2026-04-24; 27–30 (4), 5/6–8 (7), 9 make-up Saturday (8), 11–15 (13), 18–22 (18), 25, 26 (20);
    // extension of 5: 27, 28, 29, 6/1, 6/2.
    const restarted = [{ on: '2026-04-24', why: '收到补正', rule: 'R-REQ-13' }]
    const events = { started: '2026-04-10', restarted }
    expect(dueDay(workingDays(20), events, calendar).due).toBe('2026-05-26')
    const extended = { ...extension, by: 5 }
    expect(dueDay(workingDays(20), { ...events, extended }, calendar).due).toBe('2026-06-02')
  })

  it('names no day while a correction or an answer is awaited', () => {
    const awaiting = { since: '2026-03-05', why: '已告知补正', rule: 'R-REQ-12' }
    expect(dueDay(workingDays(20), { started: '2026-03-02', awaiting }, calendar).due).toBeNull()
    const open = [{ from: '2026-03-05', to: null, why: '征求第三方意见', rule: 'R-REQ-24' }]
    const standing = dueDay(workingDays(20), { started: '2026-03-02', paused: open }, calendar)
    expect(standing.due).toBeNull()
    expect(standing.explanation.at(-1)?.why).toContain('期限暂停')
  })

  it('refuses an extension over its cap (R-REQ-23)', () => {
    const events = { started: '2026-03-02', extended: { ...extension, by: 21 } }
    expect(() => dueDay(workingDays(20), events, calendar)).toThrow('延长最多 20')
  })
})

describe('days, months, years, hours, before', () => {
  const days = (amount: number): Limit => ({ amount, unit: 'days', rule: 'R-REM-01' })

  it('a period in days ends on the next working day when its last day is a rest day (R-CAL-06)', () => {
    // 2026-09-03 and 30 days is Saturday 3 October, in the holiday until the 7th
    expect(dueDay(days(30), { started: '2026-09-03' }, calendar).due).toBe('2026-10-08')
    expect(dueDay(days(15), { started: '2026-03-02' }, calendar).due).toBe('2026-03-17')
  })

  it('a make-up Saturday is a working day on which a period may end (R-CAL-01, R-CAL-06)', () => {
    expect(dueDay(days(10), { started: '2026-04-29' }, calendar).due).toBe('2026-05-09')
  })

  it('months go to the same day, or to the last day of a shorter month (R-REM-02)', () => {
    expect(addMonths('2026-08-31', 6)).toBe('2027-02-28')
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonths('2026-01-15', -2)).toBe('2025-11-15')
    const sixMonths: Limit = { amount: 6, unit: 'months', rule: 'R-REM-02' }
    expect(dueDay(sixMonths, { started: '2026-03-10' }, calendar).due).toBe('2026-09-10')
  })

  it('hours are natural hours (R-CAL-08)', () => {
    expect(hoursAfter(new Date('2026-10-01T20:00:00+08:00'), 48).toISOString()).toBe(
      '2026-10-03T12:00:00.000Z',
    )
  })

  it('what must lie before a day gives way backwards (R-DEC-12)', () => {
    expect(dayBefore({ amount: 7, unit: 'days', rule: 'R-DEC-12' }, '2026-10-12', calendar)).toBe(
      '2026-09-30',
    )
    expect(dayBefore(workingDays(3), '2026-10-12', calendar)).toBe('2026-10-08')
  })
})

describe('whatever happens', () => {
  const start = fc.integer({ min: 0, max: 2200 }).map(days => addDays('2020-01-01', days))
  const amount = fc.integer({ min: 0, max: 60 })
  const at = (from: string, days: number) => dueDay(workingDays(days), { started: from }, calendar).due ?? ''

  it('a later start is never due earlier', () => {
    fc.assert(
      fc.property(start, fc.nat(40), amount, (from, more, days) => {
        expect(at(addDays(from, more), days) >= at(from, days)).toBe(true)
      }),
    )
  })

  it('a restart is never due before the original, a pause of no day changes nothing', () => {
    fc.assert(
      fc.property(start, fc.nat(60), amount, (from, more, days) => {
        const restarted = [{ on: addDays(from, more), why: '收到补正', rule: 'R-REQ-13' }]
        const again = dueDay(workingDays(days), { started: from, restarted }, calendar).due ?? ''
        expect(again >= at(from, days)).toBe(true)
        const on = addDays(from, more)
        const paused = [{ from: on, to: on, why: '征求意见', rule: 'R-REQ-24' }]
        expect(dueDay(workingDays(days), { started: from, paused }, calendar).due).toBe(at(from, days))
      }),
    )
  })

  it('an extension is due as many working days later as it is long, and never more than its cap', () => {
    fc.assert(
      fc.property(start, amount, fc.nat(20), (from, days, by) => {
        const extended = { by, most: 20, why: '延长', rule: 'R-REQ-23' }
        const late = dueDay(workingDays(days), { started: from, extended }, calendar).due ?? ''
        expect(workingDaysLeft(late, at(from, days), calendar)).toBe(by)
      }),
    )
  })

  it('the days that count are as many as the limit, each a working day', () => {
    fc.assert(
      fc.property(start, amount, (from, days) => {
        const { explanation } = dueDay(workingDays(days), { started: from }, calendar)
        const counted = explanation.filter(day => day.counts)
        expect(counted).toHaveLength(days)
        expect(counted.every(day => calendar.day(day.date).works)).toBe(true)
        expect(
          explanation
            .filter(day => !day.counts)
            .every(day => day.date === from || !calendar.day(day.date).works),
        ).toBe(true)
      }),
    )
  })
})
