import { describe, expect, it } from 'vitest'
import { periodicRules, periodsOn } from './periodic.ts'

const rule = (id: string) => periodicRules.find(one => one.rule === id) ?? expect.fail(`no ${id}`)

describe('duties that come round', () => {
  it('annual reports of departments run in January and are due on the 31st (R-SUP-04)', () => {
    expect(periodsOn(rule('R-SUP-04'), '2026-12-31')).toEqual([])
    expect(periodsOn(rule('R-SUP-04'), '2027-01-01')).toEqual(['2026'])
    expect(periodsOn(rule('R-SUP-04'), '2027-01-31')).toEqual(['2026'])
    expect(periodsOn(rule('R-SUP-04'), '2027-02-01')).toEqual([])
  })

  it('the report of the government has until 31 March (R-SUP-05)', () => {
    expect(periodsOn(rule('R-SUP-05'), '2027-03-31')).toEqual(['2026'])
    expect(rule('R-SUP-05').span('2026').to).toBe('2027-03-31')
  })

  it('a press conference is owed each quarter (J3)', () => {
    expect(periodsOn(rule('J3'), '2026-11-23')).toEqual(['2026-Q4'])
    expect(rule('J3').title('2026-Q4')).toBe('举行2026年第4季度新闻发布会')
  })

  it('leaders hear a report within the year (A4)', () => {
    expect(periodsOn(rule('A4'), '2026-11-23')).toEqual(['2026'])
  })
})
