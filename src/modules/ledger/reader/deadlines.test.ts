import { describe, expect, it } from 'vitest'
import { deadlinesIn, deadlinesStated, isDeadlineOnly } from './deadlines.ts'

const read = (text: string, year: number | null = 2023) =>
  deadlinesIn(text, 0, year).map(({ text: printed, date }) => [printed, date])

describe('deadlines in the words of a task', () => {
  it.each([
    ['2017年6月底前出台办法', '2017年6月底前', '2017-06-30'],
    ['于6月底前完成', '6月底前', '2023-06-30'],
    ['2024年2月底前上线', '2024年2月底前', '2024-02-29'],
    ['8月15日前报送', '8月15日前', '2023-08-15'],
    ['年内实现全覆盖', '年内', '2023-12-31'],
    ['2018年底前全面完成', '2018年底前', '2018-12-31'],
    ['次年1月底前报送', '次年1月底前', '2024-01-31'],
    ['二〇二三年九月底前', '二〇二三年九月底前', '2023-09-30'],
    ['3月上旬前确定', '3月上旬前', '2023-03-10'],
    ['上半年完成改版', '上半年完成', '2023-06-30'],
    ['9月底进行通报', '9月底', '2023-09-30'],
    ['“十四五”期间建成', '“十四五”期间', '2025-12-31'],
  ])('%s', (text, printed, date) => expect(read(text)).toEqual([[printed, date]]))

  it.each([
    ['每季度公开一次', '每季度'],
    ['按月公布收支', '按月'],
    ['每年1月31日前公布', '每年1月31日前'],
    ['印发后3个工作日内公开', '3个工作日内'],
    ['应在24小时内发布', '24小时内'],
    ['每月25日前更新', '每月25日前'],
  ])('%s comes again or runs from an event: no date', (text, printed) =>
    expect(read(text)).toEqual([[printed, null]]),
  )

  it.each([
    '根据《2017年6月底前工作安排》',
    '按照云政办〔2017〕12号执行',
    '截至2022年6月底，已有三家',
    '2015年1月1日起施行',
    '近3年内的年报',
    '做好内容更新',
    '解读每月财政收支',
  ])('%s sets no term', text => expect(read(text)).toEqual([]))

  it('says when the year is not printed, and gives no date where nobody knows it', () => {
    expect(deadlinesIn('6月底前', 0, 2023)[0]).toMatchObject({
      assumed: true,
      why: '没有印年份，按 2023 年计',
    })
    expect(deadlinesIn('6月底前', 0, null)[0]).toMatchObject({ date: null })
    expect(deadlinesIn('2023年6月底前', 0, null)[0]).toMatchObject({ date: '2023-06-30', assumed: false })
  })

  it('refuses a day that no calendar has', () => {
    expect(deadlinesIn('2月30日前', 0, 2023)[0]).toMatchObject({ date: null })
  })
})

describe('deadlines in a place of their own', () => {
  it.each([
    ['2022年12月', '2022-12-31'],
    ['全年', '2023-12-31'],
    ['2025年', '2025-12-31'],
    ['长期坚持', null],
    ['持续推进', null],
    ['视情', null],
  ])('%s', (text, date) => {
    expect(deadlinesStated(text, 0, 2023).map(one => [one.text, one.date])).toEqual([[text, date]])
  })

  it('tells them from names', () => {
    expect(isDeadlineOnly('2022年6月底前完成')).toBe(true)
    expect(isDeadlineOnly('市年度考核办公室')).toBe(false)
  })
})
