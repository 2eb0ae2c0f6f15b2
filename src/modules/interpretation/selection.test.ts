import { describe, expect, it } from 'vitest'
import { rank, roundStateOn } from './selection.ts'

const weights = { juryWeight: 60, readerWeight: 40, chosen: 1 }

describe('the order of a selection (I4)', () => {
  it('weighs the mean of the jury and the share of the most votes', () => {
    const [first, second] = rank(
      [
        { id: 'a', scores: [90, 80], votes: 5 },
        { id: 'b', scores: [70], votes: 10 },
      ],
      weights,
    )
    // a: 85 × 0.6 + 50 × 0.4 = 71; b: 70 × 0.6 + 100 × 0.4 = 82
    expect(first).toMatchObject({ id: 'b', place: 1, isChosen: true, total: 82, readerPoints: 100 })
    expect(second).toMatchObject({ id: 'a', place: 2, isChosen: false, total: 71, juryPoints: 85 })
  })

  it('shares a place among equals and chooses them together', () => {
    const ranked = rank(
      ['a', 'b', 'c'].map(id => ({ id, scores: [id === 'c' ? 10 : 80], votes: 0 })),
      weights,
    )
    expect(ranked.map(one => [one.id, one.place, one.isChosen])).toEqual([
      ['a', 1, true],
      ['b', 1, true],
      ['c', 3, false],
    ])
  })

  it('chooses nobody for whom nobody spoke, and counts readers alone where the jury has no weight', () => {
    expect(rank([{ id: 'a', scores: [], votes: 0 }], weights)[0]).toMatchObject({ isChosen: false, total: 0 })
    const readersOnly = { juryWeight: 0, readerWeight: 100, chosen: 1 }
    const [first] = rank(
      [
        { id: 'a', scores: [100], votes: 1 },
        { id: 'b', scores: [], votes: 3 },
      ],
      readersOnly,
    )
    expect(first).toMatchObject({ id: 'b', total: 100 })
  })
})

describe('where a round stands', () => {
  const round = { votesFrom: '2026-12-01', votesUntil: '2026-12-10', publishedAt: null }
  it.each([
    ['2026-11-30', 'preparing'],
    ['2026-12-01', 'voting'],
    ['2026-12-10', 'voting'],
    ['2026-12-11', 'judging'],
  ])('on %s: %s', (day, state) => {
    expect(roundStateOn(round, day)).toBe(state)
  })

  it('published for good', () => {
    expect(roundStateOn({ ...round, publishedAt: new Date() }, '2026-12-05')).toBe('published')
  })
})
