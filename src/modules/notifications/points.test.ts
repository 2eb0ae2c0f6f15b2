import { describe, expect, it } from 'vitest'
import { newestPoint, remindedUntil, usualPoints } from './points.ts'

const due = (openedAt = '2026-11-01') => ({
  dueOn: '2026-11-30',
  openedAt: new Date(`${openedAt}T09:00:00+08:00`),
})

describe('points of reminding', () => {
  it.each([
    ['2026-11-22', null],
    ['2026-11-23', 7],
    ['2026-11-24', 7],
    ['2026-11-26', 7],
    ['2026-11-27', 3],
    ['2026-11-28', 3],
    ['2026-11-29', 1],
    ['2026-11-30', 0],
    ['2026-12-01', -1],
    ['2026-12-07', -1],
    ['2026-12-08', -8],
    ['2026-12-15', -15],
    ['2027-01-04', -29],
  ])('on %s the newest one that has come is %s', (today, point) => {
    expect(newestPoint(due(), today, usualPoints)).toBe(point)
  })

  it('one that had passed before the duty was opened was never missed; lateness is always told', () => {
    expect(newestPoint(due('2026-11-25'), '2026-11-25', usualPoints)).toBeNull()
    expect(newestPoint(due('2026-11-27'), '2026-11-27', usualPoints)).toBe(3)
    expect(newestPoint(due('2026-12-20'), '2026-12-20', usualPoints)).toBe(-15)
  })

  it('a site chooses its own [C]', () => {
    const points = { daysBefore: [10], lateFrom: 3, lateEvery: 2 }
    expect(newestPoint(due(), '2026-11-20', points)).toBe(10)
    expect(newestPoint(due(), '2026-12-02', points)).toBe(10)
    expect(newestPoint(due(), '2026-12-03', points)).toBe(-3)
    expect(newestPoint(due(), '2026-12-06', points)).toBe(-5)
    expect(newestPoint(due(), '2026-11-30', { ...points, daysBefore: [] })).toBeNull()
  })

  it('the walk ends where the furthest point of any site ends', () => {
    expect(remindedUntil('2026-11-23', [usualPoints])).toEqual(new Date('2026-12-01T00:00:00+08:00'))
    expect(remindedUntil('2026-11-23', [{ ...usualPoints, daysBefore: [] }])).toEqual(
      new Date('2026-11-24T00:00:00+08:00'),
    )
  })
})
