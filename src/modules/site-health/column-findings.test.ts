import { describe, expect, it } from 'vitest'
import { addDays } from '#lib/working-days/calendar'
import { type ColumnSeen, columnFindings, countsOf, periodOf } from './column-findings.ts'

const column = (more: Partial<ColumnSeen> = {}): ColumnSeen => ({
  id: more.path ?? 'news',
  siteId: 'yunxi',
  path: 'news',
  name: `栏目 ${more.path ?? 'news'}`,
  type: '工作动态',
  updateLimitDays: null,
  createdAt: new Date('2025-01-01T00:00:00+08:00'),
  filled: true,
  newestAt: new Date('2026-11-01T23:59:00+08:00'),
  emptiedAt: null,
  contents: null,
  ...more,
})
const fresh = new Date('2026-11-20T09:00:00+08:00')
const siteWith = (columns: ColumnSeen[], newestAt: Date | null = fresh) => ({
  id: 'yunxi',
  name: '云溪县人民政府',
  organName: '云溪县人民政府',
  newestAt,
  columns,
})
const stagesOn = (one: ColumnSeen, days: readonly string[]) =>
  days.map(day => columnFindings(siteWith([one], new Date(`${day}T08:00:00+08:00`)), day)[0]?.stage ?? null)

describe('columns that are not updated', () => {
  it('news: nothing to day 9, warnings on days 10 and 13, the finding from the start of day 15 (S-UPD-02, S-CHK-91)', () => {
    const days = Array.from({ length: 18 }, (_, day) => addDays('2026-11-01', day))
    const stages = stagesOn(column(), days)
    expect(stages.slice(0, 10)).toEqual(Array(10).fill(null))
    expect(stages.slice(10)).toEqual([
      ...['soon', 'soon', 'soon', 'urgent', 'urgent'],
      ...['finding', 'finding', 'finding'],
    ])
  })

  it('notices and documents: six calendar months, to the day (S-UPD-03)', () => {
    const notices = column({ name: '通知公告', newestAt: new Date('2026-03-31T10:00:00+08:00') })
    // 31 March and six months is 30 September: 183 days, so the warnings come on days 129 and 165
    const days = ['2026-08-06', '2026-08-07', '2026-09-11', '2026-09-12', '2026-09-30', '2026-10-01']
    expect(stagesOn(notices, days)).toEqual([null, 'soon', 'soon', 'urgent', 'urgent', 'finding'])
    const [finding] = columnFindings(siteWith([notices], new Date('2026-10-01')), '2026-10-01')
    expect(finding).toMatchObject({
      rule: 'S-UPD-03',
      since: '2026-10-01',
      place: { address: '/columns/news' },
      evidence: '最近更新 2026-03-31，已 184 天；限 6 个月，2026-09-30 到期，已经超期。',
    })
  })

  it('what else lives by new items has twelve months; a guide may stand unchanged (S-UPD-04)', () => {
    expect(periodOf(column({ path: 'a/b', type: '政策解读' }))).toMatchObject({ rule: 'S-UPD-04' })
    expect(periodOf(column({ type: '信息公开指南' }))).toBeNull()
    expect(stagesOn(column({ type: '政策解读' }), ['2027-11-01', '2027-11-02'])).toEqual([
      'urgent',
      'finding',
    ])
  })

  it('a limit of the site counts where it is stricter, never where it is looser (S-UPD-02)', () => {
    expect(periodOf(column({ updateLimitDays: 7 }))?.lastDay('2026-11-01')).toBe('2026-11-08')
    expect(periodOf(column({ updateLimitDays: 90 }))?.lastDay('2026-11-01')).toBe('2026-11-15')
    expect(periodOf(column({ type: '机构职能', updateLimitDays: 30 }))).toMatchObject({ rule: 'S-UPD-04' })
  })

  it('archive items freshen nothing: such a column counts from the day it was made (S-UPD-11, S-CHK-01)', () => {
    const imported = column({ newestAt: null, createdAt: new Date('2026-11-01T09:00:00+08:00') })
    const [finding] = columnFindings(siteWith([imported]), '2026-11-16')
    expect(finding).toMatchObject({ stage: 'finding', since: '2026-11-16' })
    expect(finding?.evidence).toContain('只有历史归档内容')
  })

  it('an empty column is a finding at once, since the day it was emptied (S-UPD-05)', () => {
    const empty = { filled: false, newestAt: null }
    const never = columnFindings(siteWith([column(empty)]), '2026-11-23')[0]
    expect(never).toMatchObject({ rule: 'S-UPD-05', since: '2025-01-01' })
    const emptiedAt = new Date('2026-11-20T18:00:00+08:00')
    expect(columnFindings(siteWith([column({ ...empty, emptiedAt })]), '2026-11-23')[0]).toMatchObject({
      since: '2026-11-20',
    })
  })
})

describe('the home page (S-CHK-03)', () => {
  it('warns on days 10 and 13 and is a veto from day 15', () => {
    const newest = new Date('2026-11-01T10:00:00+08:00')
    const on = (day: string) => columnFindings(siteWith([], newest), day)[0]?.stage ?? null
    expect(['2026-11-10', '2026-11-11', '2026-11-14', '2026-11-15', '2026-11-16'].map(on)).toEqual([
      null,
      'soon',
      'urgent',
      'urgent',
      'finding',
    ])
  })

  it('a site with nothing new at all is a finding', () => {
    expect(columnFindings(siteWith([], null), '2026-11-16')[0]).toMatchObject({
      rule: 'S-CHK-03',
      severity: 'block',
    })
  })
})

describe('the counts of S-CHK-04', () => {
  const stale = (many: number) =>
    Array.from({ length: many }, (_, place) =>
      column({ path: `news-${place}`, newestAt: new Date(`2026-11-0${place + 1}T10:00:00+08:00`) }),
    )

  it('four are no veto, the fifth is, on the day it becomes stale', () => {
    const rulesOn = (many: number, day: string) =>
      columnFindings(siteWith(stale(many)), day).filter(one => one.rule === 'S-CHK-04')
    expect(rulesOn(4, '2026-11-20')).toEqual([])
    expect(rulesOn(5, '2026-11-19')).toEqual([])
    const [veto] = rulesOn(5, '2026-11-20')
    expect(veto).toMatchObject({ since: '2026-11-20', severity: 'block' })
    expect(veto?.evidence).toContain('5 个（5 个即单项否决）')
  })

  it('counts news with notices, others apart, and empty ones apart', () => {
    const columns = [
      ...stale(2),
      column({ path: 'notices', name: '通知公告', newestAt: new Date('2026-01-01') }),
      column({ path: 'data', type: '数据发布', newestAt: new Date('2025-01-01') }),
      column({ path: 'none', filled: false, newestAt: null }),
    ]
    const counted = countsOf(columnFindings(siteWith(columns), '2026-11-23'))
    expect(counted.map(one => one.count)).toEqual([3, 1, 1])
  })
})

describe('columns that are there twice (W2)', () => {
  it('by name (S-DUP-01) or by exactly the same items (S-DUP-02)', () => {
    const quiet = { type: '机构职能', contents: null }
    const columns = [
      column({ ...quiet, path: 'x/a', name: '办事指南' }),
      column({ ...quiet, path: 'y/b', name: '办事 指南' }),
      column({ ...quiet, path: 'c/d', contents: 'same' }),
      column({ ...quiet, path: 'e/f', contents: 'same' }),
      column({ ...quiet, path: 'g/h', contents: 'other' }),
    ]
    const found = columnFindings(siteWith(columns), '2026-11-23')
    expect(found.map(one => [one.rule, one.key])).toEqual([
      ['S-DUP-01', 'S-DUP-01:x/a+y/b'],
      ['S-DUP-02', 'S-DUP-02:c/d+e/f'],
    ])
  })
})
