import { describe, expect, it } from 'vitest'
import { figuresOf, withoutNumbers } from './rating.ts'
import { readerAddress } from './reader.ts'

describe('figures of ratings', () => {
  it('count, say how many understood, and the mean', () => {
    expect(
      figuresOf([
        { grade: 5, count: 6 },
        { grade: 4, count: 2 },
        { grade: 1, count: 2 },
      ]),
    ).toEqual({ counts: { 5: 6, 4: 2, 3: 0, 2: 0, 1: 2 }, total: 10, understood: 80, mean: 4 })
  })

  it('say nothing of nobody', () => {
    expect(figuresOf([])).toMatchObject({ total: 0, understood: 0, mean: 0 })
  })
})

describe('what a reader types', () => {
  it('loses telephone and identity numbers and mail addresses (S-PII)', () => {
    expect(withoutNumbers('打13800138000或者 zhang@yunxi.example，证号110101199003077758')).toBe(
      '打＊＊或者 ＊＊，证号＊＊',
    )
    expect(withoutNumbers('第12条说2026年起每立方米2.60元')).toBe('第12条说2026年起每立方米2.60元')
  })
})

describe('what counts as one reader', () => {
  it('an IPv4 address, also inside an IPv6 one', () => {
    expect(readerAddress('10.0.0.7')).toBe('10.0.0.7')
    expect(readerAddress('::ffff:10.0.0.7')).toBe('10.0.0.7')
  })

  it('the network of an IPv6 address, however it is written', () => {
    expect(readerAddress('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(readerAddress('2001:0DB8:0001:0002::9')).toBe('2001:db8:1:2')
    expect(readerAddress('2001:db8::1')).toBe('2001:db8:0:0')
    expect(readerAddress('::1')).toBe('0:0:0:0')
  })
})
