import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chargeByPages, chargeByPieces, chargeInWords, priceOfPiece } from './fees.ts'

describe('by piece (R-FEE-04, test vectors of §3)', () => {
  it.each([
    [10, 0],
    [11, 100],
    [30, 2000],
    [31, 2200],
    [35, 3000],
    [40, 4000],
    [41, 4300],
    [45, 5500],
    [50, 7000],
    [51, 7400],
    [60, 11000],
    [100, 37000],
  ])('%i requests in a month cost %i yuan', (count, yuan) => {
    expect(chargeByPieces(0, count).amount).toBe(yuan)
  })

  it('costs the same whether it is charged in one notice or in many', () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(60), (before, count) => {
        expect(chargeByPieces(0, before).amount + chargeByPieces(before, count).amount).toBe(
          chargeByPieces(0, before + count).amount,
        )
      }),
    )
  })

  it('never gets cheaper (超额累进, R-FEE-02)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), n => {
        expect(priceOfPiece(n + 1)).toBeGreaterThanOrEqual(priceOfPiece(n))
      }),
    )
  })

  it('a month with 35 requests is explained as the notice states it (R-FEE-06)', () => {
    expect(chargeInWords(chargeByPieces(0, 35))).toBe(
      '第 11 至 30 件，100 元/件，计 2000 元；第 31 至 35 件，200 元/件，计 1000 元；共计 3000 元。',
    )
    expect(chargeInWords(chargeByPieces(34, 1))).toBe('第 35 件，200 元/件，计 200 元；共计 200 元。')
  })
})

describe('by page (R-FEE-05, test vectors of §3)', () => {
  it.each([
    [30, 0],
    [31, 10],
    [100, 700],
    [101, 720],
    [200, 2700],
    [201, 2740],
    [250, 4700],
    [1000, 34700],
  ])('%i pages cost %i yuan', (pages, yuan) => {
    expect(chargeByPages(pages).amount).toBe(yuan)
  })

  it('an answer of 250 pages is explained as the notice states it (R-FEE-06)', () => {
    expect(chargeInWords(chargeByPages(250))).toBe(
      '第 31 至 100 页，10 元/页，计 700 元；第 101 至 200 页，20 元/页，计 2000 元；第 201 至 250 页，40 元/页，计 2000 元；共计 4700 元。',
    )
    expect(chargeInWords(chargeByPages(30))).toBe('在免费范围内，不收费。')
  })
})
