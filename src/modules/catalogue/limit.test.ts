import { describe, expect, it } from 'vitest'
import { countedLimit, periodsOn, readLimit } from './limit.ts'

const wd = (amount: number) => ({ amount, unit: 'working-days' })
const event = (from: string, limit: unknown) => ({ limit: { on: 'event', from, limit } })

describe('readLimit: every form that catalogues print (R-GRS §11.2)', () => {
  it.each([
    ['实时公开', event('信息形成', 'at-once')],
    ['及时公开', event('信息形成', 'promptly')],
    ['信息形成或者变更之日起20个工作日内', event('信息形成或者变更', wd(20))],
    ['信息形成（变更）二十个工作日内', event('信息形成（变更）', wd(20))],
    ['制定或获取信息之日起10个工作日内', event('制定或获取信息', wd(10))],
    [
      '制定或获取信息之日起10个工作日内，公示7个工作日',
      { limit: { posting: 7, on: 'event', from: '制定或获取信息', limit: wd(10) } },
    ],
    ['作出行政决定之日起7个工作日内', event('作出行政决定', wd(7))],
    ['本级人大或其常委会批准后20日内', event('本级人大或其常委会批准', { amount: 20, unit: 'days' })],
    ['批复后２０日内', event('批复', { amount: 20, unit: 'days' })],
    ['公告期限5个工作日', { limit: { posting: 5, on: 'event', from: '信息形成', limit: 'promptly' } }],
    ['信息形成后24小时内', event('信息形成', { amount: 24, unit: 'hours' })],
    ['20个工作日内', event('信息形成或者变更', wd(20))],
  ])('%s', (words, read) => {
    expect(readLimit(words)).toEqual(read)
  })

  it.each([
    ['每月公开', 'month', 'within'],
    ['每月10日前公布上月', 'month', { by: '10' }],
    ['按季度公开', 'quarter', 'within'],
    ['每季度结束后15日内', 'quarter', { after: 15, unit: 'days' }],
    ['季后10个工作日内', 'quarter', { after: 10, unit: 'working-days' }],
    ['每年1月31日前', 'year', { by: '01-31' }],
    ['年度公开', 'year', 'within'],
  ])('%s comes round', (words, every, due) => {
    expect(readLimit(words)).toEqual({ limit: { on: 'period', every, due } })
  })

  it.each(['长期公开', '动态更新', '常年公开并及时更新', '定期维护'])('%s is upkeep', words => {
    expect(readLimit(words)).toEqual({ limit: { on: 'upkeep' } })
  })

  it.each([
    ['', '空着'],
    ['20内', '没有写单位'],
    ['0个工作日内', '实时公开'],
    ['每半年公开', '每月、每季度或者每年'],
    ['每月31日前', '1日到28日'],
    ['每年2月30日前', '存在的日期'],
    ['按规定', '看不出什么时候公开'],
  ])('“%s” is refused with what to write instead', (words, remedy) => {
    expect(readLimit(words)).toMatchObject({ fault: expect.stringContaining(remedy) })
  })

  it('takes 及时 and 实时 as the site has set them', () => {
    expect(countedLimit('promptly', { promptly: 5, atOnce: 1 })).toEqual(wd(5))
    expect(countedLimit('at-once', { promptly: 5, atOnce: 1 })).toEqual(wd(1))
  })
})

describe('periodsOn', () => {
  it('a month runs to its end; the one before is not reproached', () => {
    expect(periodsOn('month', 'within', '2026-11-23')).toEqual([
      { name: '2026-11', words: '2026年11月', begins: '2026-11-01', limit: { fixedOn: '2026-11-30' } },
    ])
  })
  it('until a day of the month that follows', () => {
    expect(periodsOn('month', { by: '10' }, '2027-01-05')).toMatchObject([
      { name: '2026-12', begins: '2027-01-01', limit: { fixedOn: '2027-01-10' } },
    ])
    expect(periodsOn('month', { by: '10' }, '2027-01-11')).toEqual([])
  })
  it('so many days after a quarter', () => {
    expect(periodsOn('quarter', { after: 15, unit: 'days' }, '2027-01-10')).toMatchObject([
      { name: '2026-Q4', words: '2026年第4季度', begins: '2026-12-31', limit: { amount: 15, unit: 'days' } },
    ])
    expect(periodsOn('quarter', { after: 15, unit: 'days' }, '2026-11-23')).toEqual([])
  })
  it('until a day of the next year', () => {
    expect(periodsOn('year', { by: '01-31' }, '2027-01-31')).toMatchObject([
      { name: '2026', limit: { fixedOn: '2027-01-31' } },
    ])
  })
})
