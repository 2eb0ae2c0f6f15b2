import { describe, expect, it } from 'vitest'
import { checkTerm, isTrial, lastDayOf, monthsAfter } from './terms.ts'

const rules = { termYears: 5, trialYears: 2 }
const facts = { title: '云溪县供水管护办法', signedOn: '2026-11-20', effectiveFrom: '2026-12-01' }

describe('validity terms', () => {
  it('R-NOR-11: five years at most, stated in the text', () => {
    expect(checkTerm({ ...facts, validUntil: '2031-11-30' }, rules).fault).toBeNull()
    expect(checkTerm({ ...facts, validUntil: '2031-12-01' }, rules).fault).toBeNull()
    expect(checkTerm({ ...facts, validUntil: '2031-12-02' }, rules).fault).toContain('最长到 2031-11-30')
    expect(checkTerm({ ...facts, validUntil: null }, rules).fault).toContain('可以填 2031-11-30')
  })

  it('R-NOR-11: two years for what is on trial; the years are settings', () => {
    const trial = { ...facts, title: '云溪县供水管护办法（试行）' }
    expect(isTrial('云溪县暂行规定')).toBe(true)
    expect(checkTerm({ ...trial, validUntil: '2029-01-01' }, rules).fault).toContain('2028-11-30')
    expect(checkTerm({ ...trial, validUntil: '2029-01-01' }, { ...rules, trialYears: 3 }).fault).toBeNull()
  })

  it('months end on the last day where the day does not exist', () => {
    expect(monthsAfter('2026-08-31', -6)).toBe('2026-02-28')
    expect(monthsAfter('2026-11-30', 24)).toBe('2028-11-30')
    expect(lastDayOf('2024-02-29', 2)).toBe('2026-02-27')
  })
})
