import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastDayOfSpan, readDate } from './dates.ts'

describe('readDate', () => {
  it.each([
    ['2017年3月10日', '2017-03-10'],
    ['二〇一七年三月十日', '2017-03-10'],
    ['二○一七年十二月三十一日', '2017-12-31'],
    ['二OO六年二月二十日', '2006-02-20'],
    ['一九九八年十月廿一日', '1998-10-21'],
    ['２０１７年３月１０日', '2017-03-10'],
    ['2017 年 3 月 10 日', '2017-03-10'],
    ['2 0 1 7年3月1 0日', '2017-03-10'],
    ['2017/3/22', '2017-03-22'],
    ['2017.03.22', '2017-03-22'],
    ['2017—03—22', '2017-03-22'],
    ['20170322', '2017-03-22'],
    ['于2017年3月10日印发', '2017-03-10'],
    ['2024年2月29日', '2024-02-29'],
  ])('reads %s', (printed, on) => {
    expect(readDate(printed)).toMatchObject({ on, why: null })
  })

  it('S-META-06: keeps the time of day', () => {
    expect(readDate('2017-03-22 10:53')).toEqual({
      on: '2017-03-22',
      time: '10:53',
      printed: '2017-03-22 10:53',
      why: null,
    })
    expect(readDate('2024年04月06日 9:05:01')).toMatchObject({ on: '2024-04-06', time: '09:05' })
  })

  it.each([
    ['2024年2月30日', '2 月只有 29 天'],
    ['2023-02-29', '2 月只有 28 天'],
    ['2024年13月1日', '没有 13 月'],
    ['3020年1月1日', '年份 3020 不可能'],
    ['二〇二四年四月三十一日', '4 月只有 30 天'],
  ])('names what is impossible in %s and guesses nothing', (printed, reason) => {
    const date = readDate(printed)
    expect(date?.on).toBeNull()
    expect(date?.why).toContain(`“${printed}”`)
    expect(date?.why).toContain(reason)
  })

  it('finds no date where there is none', () => {
    for (const text of ['', '2017年3月', '第12号', '13800000000', '2016815日前'])
      expect(readDate(text), text).toBeNull()
  })

  it('reads back every day of two centuries in each spelling', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, date => {
        const on = date.toISOString().slice(0, 10)
        const [y, m, d] = on.split('-').map(Number)
        for (const printed of [on, `${y}年${m}月${d}日`, `${y}/${m}/${d}`])
          expect(readDate(printed)?.on).toBe(on)
      }),
    )
  })
})

it('R-NOR-11: five years from the first day end the day before', () => {
  expect(lastDayOfSpan('2022-05-06', 5, 0)).toBe('2027-05-05')
  expect(lastDayOfSpan('2024-01-01', 0, 6)).toBe('2024-06-30')
})
