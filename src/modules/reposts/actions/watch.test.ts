import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dutiesAbout } from '#modules/duties'
import { instant } from '../../../../test/make/publishing.ts'
import { findFeed, selectEntries } from '../queries.ts'
import { makeReposts, type Reposts, rssOf } from '../reposts-for-tests.ts'
import { readDueFeeds, subjectKind } from './read-new.ts'
import { pauseFeed } from './save-feed.ts'

let at: Reposts
let feedId: string
const rss = '/rss.xml'
const notice = (n: number, when?: string) => ({
  link: `/a/${n}.html`,
  title: `关于防汛的通知${n}`,
  at: when,
})
beforeAll(async () => {
  at = await makeReposts()
  at.house.setTime('2026-11-23 10:00')
  at.province.pages.set(
    rss,
    rssOf([notice(3, '2026-11-23 09:30'), notice(2, '2026-11-22 10:00'), notice(1, '2026-11-20 08:00')]),
  )
})
afterAll(() => at.leave())

const round = async (time: string) => {
  at.house.setTime(time)
  return readDueFeeds(at.house.system, at.province.reach)
}
const open = async () =>
  (await selectEntries(at.db, { siteId: at.siteId, show: 'open' }, { page: 1, pageSize: 50 })).rows
const feed = async () => {
  const found = await findFeed(at.db, feedId)
  if (!found) throw new Error('no feed')
  return found
}

/** What its keeper has been told. */
const told = async () => {
  const rows = await at.db
    .selectFrom('notifications')
    .select('title')
    .orderBy('madeAt')
    .orderBy('id')
    .execute()
  return rows.map(row => row.title)
}

describe('watching feeds (B7, S-UPD-09)', () => {
  it('without a feed nobody is asked', async () => {
    expect(await round('2026-11-23 10:00')).toBe(0)
    expect(at.province.asked).toEqual([])
  })

  it('the first reading proposes what came out within a day, and keeps the rest as known', async () => {
    const keeper = await at.keeper()
    feedId = await at.watch({ anyWords: '防汛、抗旱', noneWords: '征文', told: [keeper] })
    expect(await round('2026-11-23 10:00')).toBe(2)
    expect((await open()).map(entry => entry.title)).toEqual(['关于防汛的通知2', '关于防汛的通知3'])
    expect(await told()).toEqual(['省人民政府有新内容待转载'])
  })

  it('opens the duty of 24 hours from the moment that the source states; the board names no foreign words', async () => {
    const [, newest] = await open()
    const [duty] = await dutiesAbout(at.db, { siteId: at.siteId, kind: subjectKind, id: newest?.id ?? '' })
    expect(duty).toMatchObject({
      rule: 'S-UPD-09',
      organId: at.house.at.government.id,
      startedAt: instant('2026-11-23 09:30'),
      dueAt: instant('2026-11-24 09:30'),
      limit: { amount: 24, unit: 'hours' },
      subjectLabel: '省人民政府（2026-11-23 09:30）',
    })
  })

  it('comes again after its interval only, asks whether anything changed, and reads nothing twice', async () => {
    at.province.asked.length = 0
    expect(await round('2026-11-23 10:20')).toBe(0)
    expect(at.province.asked).toEqual([])
    expect(await round('2026-11-23 10:30')).toBe(0)
    expect(at.province.asked[0]?.headers['if-none-match']).toBeDefined()
    // The address changed its mark, not its entries
    at.province.pages.set(rss, `${at.province.pages.get(rss)}\n<!-- again -->`)
    expect(await round('2026-11-23 11:00')).toBe(0)
    expect(await open()).toHaveLength(2)
  })

  it('words decide; the same page of another feed is no second proposal', async () => {
    at.province.pages.set(
      rss,
      rssOf([
        notice(4, '2026-11-23 11:10'),
        { link: '/a/5.html', title: '关于教育的通知', at: '2026-11-23 11:10' },
        { link: '/a/6.html', title: '防汛征文', at: '2026-11-23 11:10' },
      ]),
    )
    at.province.pages.set('/other.xml', rssOf([notice(4, '2026-11-23 11:10')]))
    const other = await at.watch({ name: '省水利厅', address: at.province.address('/other.xml') })
    expect(await round('2026-11-23 11:30')).toBe(1)
    const filtered = await selectEntries(
      at.db,
      { siteId: at.siteId, show: 'filtered' },
      { page: 1, pageSize: 50 },
    )
    expect(filtered.rows.map(({ title, state }) => [title, state]).sort()).toEqual([
      ['关于教育的通知', 'filtered'],
      ['关于防汛的通知4', 'double'],
      ['防汛征文', 'filtered'],
    ])
    await pauseFeed(at.officer, { id: other, revision: 1 }, true)
  })

  it('two workers at once read it once', async () => {
    at.province.pages.set(rss, rssOf([notice(7)]))
    at.house.setTime('2026-11-23 12:00')
    const made = await Promise.all([
      readDueFeeds(at.house.system, at.province.reach),
      readDueFeeds(at.house.system, at.province.reach),
    ])
    expect(made.toSorted()).toEqual([0, 1])
    const undated = (await open()).find(entry => entry.title.endsWith('7'))
    expect(undated).toMatchObject({ startedAt: instant('2026-11-23 12:00'), startedFrom: 'seen' })
  })

  it('a feed that fails waits twice as long each time, a day at most, and says since when and why', async () => {
    at.province.pages.set(rss, { status: 500 })
    await round('2026-11-23 12:30')
    expect(await feed()).toMatchObject({
      failures: 1,
      failingSince: instant('2026-11-23 12:30'),
      nextAt: instant('2026-11-23 13:30'),
      lastProblem: expect.stringContaining('状态 500'),
    })
    await round('2026-11-23 13:30')
    expect((await feed()).nextAt).toEqual(instant('2026-11-23 15:30'))
    at.province.pages.set(rss, '<html><body>维护中</body></html>')
    await round('2026-11-23 15:30')
    expect(await feed()).toMatchObject({
      failures: 3,
      failingSince: instant('2026-11-23 12:30'),
      lastProblem: expect.stringContaining('这是一个网页'),
    })
    await round('2026-11-23 19:30')
    expect(await told()).not.toContain('转载来源“省人民政府”读不到')
    await round('2026-11-24 14:00')
    await round('2026-11-25 14:00')
    expect((await told()).filter(title => title.includes('读不到'))).toHaveLength(1)
    at.province.pages.set(rss, rssOf([notice(8, '2026-11-23 13:00'), notice(7)]))
    expect(await round('2026-11-26 15:00')).toBe(1)
    expect(await feed()).toMatchObject({ failures: 0, failingSince: null, lastProblem: null })
  })

  it('a feed changed while it is read is not written to; a paused one is not asked, and begins anew afterwards', async () => {
    await pauseFeed(at.officer, { id: feedId, revision: (await feed()).revision }, true)
    at.province.asked.length = 0
    await round('2026-11-27 10:00')
    expect(at.province.asked).toEqual([])
    at.province.pages.set(rss, rssOf([notice(10, '2026-11-29 09:00'), notice(9, '2026-11-27 09:00')]))
    at.house.setTime('2026-11-29 10:00')
    await pauseFeed(at.officer, { id: feedId, revision: (await feed()).revision }, false)
    expect(await round('2026-11-29 10:00')).toBe(1)
  })
})
