import { describe, expect, it } from 'vitest'
import { deepestPage, pageCount, pageNumber } from './paging.ts'

describe('paging', () => {
  it.each([undefined, '', 'x', '0', '-1', '1.5', 'Infinity', 'NaN', '１'])('page %s is the first', text => {
    expect(pageNumber(text)).toBe(1)
  })

  it('goes no deeper than it may, forwards and by address', () => {
    expect(pageNumber('3')).toBe(3)
    expect(pageNumber('999999999999')).toBe(deepestPage)
    expect(pageCount({ total: 0, pageSize: 20 })).toBe(1)
    expect(pageCount({ total: 20, pageSize: 20 })).toBe(1)
    expect(pageCount({ total: 21, pageSize: 20 })).toBe(2)
    expect(pageCount({ total: 10_000_000, pageSize: 20 })).toBe(deepestPage)
  })
})
