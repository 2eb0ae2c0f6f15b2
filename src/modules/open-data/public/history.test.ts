import { load } from 'cheerio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeDown } from '#modules/publications'
import { settle } from '../../publications/jobs/settle-openings.job.ts'
import { hostileTitle, type OpenSite, openSite, readFeed } from '../open-data-for-tests.ts'

let here: OpenSite

beforeAll(async () => {
  here = await openSite()
}, 120_000)

afterAll(() => here.close())

/** The table as a person reads it. */
async function history(query = '') {
  const { status, text } = await here.get(`/history${query}`)
  expect(status).toBe(200)
  const $ = load(text)
  const rows = $('.data-table tbody tr')
    .toArray()
    .map(row =>
      $(row)
        .children('td')
        .toArray()
        .map(cell => $(cell).text()),
    )
  return { $, text, rows }
}
const latest = async (query = '') => (await history(query)).rows[0]
const take = (id: string, how: 'withdrawn' | 'gone' | 'redirected' | 'superseded', to = '') =>
  takeDown(here.ctx, { publicationId: id, how, reason: '数字有误，已另行公布', to })

describe('the public history (S-DOM-04: nothing goes away in silence)', () => {
  it('tells what was published, when, what and by whom', async () => {
    await here.add({ title: hostileTitle }, '2026-11-05 10:00')
    await expect
      .poll(() => latest())
      .toEqual(['2026-11-05 10:00', '发布', `${hostileTitle}通知公告`, '县水利局', '—'])
  })

  it('tells a correction with its reason', async () => {
    const item = await here.add({ title: '水价通知' }, '2026-11-06 10:00')
    await here.correct(item.id, { title: '水价通知（更正）', changeNote: '第三条的数字写错' })
    await expect
      .poll(() => latest())
      .toEqual([
        '2026-11-23 09:00',
        '更正',
        '水价通知（更正）通知公告，第 2 版',
        '县水利局',
        '第三条的数字写错',
      ])
  })

  it('names what was withdrawn by its kind and reason only, also in the lines before', async () => {
    const item = await here.add({ title: '误发的名单', summary: '名单里的名字' }, '2026-11-23 08:00')
    await take(item.id, 'withdrawn')
    await expect
      .poll(() => latest('?act=withdrawn'))
      .toEqual([
        '2026-11-23 09:00',
        '撤下',
        '已经停止公开的内容（通知公告）',
        '县水利局',
        '数字有误，已另行公布',
      ])
    for (const address of ['/history', '/feeds/history.atom', '/api/v1/changes?after=start']) {
      const { text } = await here.get(address)
      expect(text).not.toContain('误发的名单')
      expect(text).not.toContain(`/notices/${item.publicId}`)
    }
  })

  it('leads to what took the place', async () => {
    const next = await here.add({ title: '新办法' }, '2026-11-22 08:00')
    const item = await here.add({ title: '旧办法' }, '2026-11-22 07:00')
    await take(item.id, 'superseded', next.publicId)
    await expect
      .poll(async () => (await history('?act=superseded')).text)
      .toContain(`href="/notices/${next.publicId}"`)
  })

  it('says nothing of drafts and schedules, and tells a schedule once it has opened', async () => {
    const item = await here.add({ title: '定时的公告' }, '2026-11-25 08:00')
    await expect.poll(async () => (await history()).text).not.toContain('定时的公告')
    expect((await here.get('/feeds/history.atom')).text).not.toContain('定时的公告')
    here.setTime('2026-11-25 08:00')
    expect(await latest()).toEqual(['2026-11-25 08:00', '发布', '定时的公告通知公告', '县水利局', '—'])
    expect((await history()).text).toContain(`/notices/${item.publicId}`)
  })

  it('tells that the time of a publicity notice is over', async () => {
    await here.add({ title: '公示', shownUntil: '2026-11-25' }, '2026-11-25 08:00')
    here.setTime('2026-11-26 09:00')
    await settle(here.ctx)
    await expect
      .poll(() => latest('?act=expired'))
      .toEqual(['2026-11-26 00:00', '到期下线', '公示通知公告', '县水利局', '—'])
  })

  it('tells imports apart: they are shown when asked for and never drown the rest', async () => {
    const { id } = await here.importOld('2009年的旧通知')
    await expect
      .poll(async () => (await latest('?act=imported'))?.slice(1, 3))
      .toEqual(['历史存量导入', '2009年的旧通知通知公告'])
    expect((await history()).text).not.toContain('2009年的旧通知')
    expect((await here.get('/feeds/newest.atom')).text).not.toContain('2009年的旧通知')
    await here.correct(id, { changeNote: '与纸质原件核对' })
    await expect.poll(async () => (await history()).text).toContain('与纸质原件核对')
  })

  it('can be narrowed by organ, act and days', async () => {
    expect((await history(`?organ=${here.county.government.key}`)).text).toContain('没有符合条件的记录')
    expect((await history('?from=2026-11-05&to=2026-11-05')).rows).toHaveLength(1)
    const all = (await history('?act=corrected')).rows
    expect(all.every(row => row[1] === '更正')).toBe(true)
  })

  it.each([
    '?act=dropped',
    '?before=1;2',
    '?before=99999999999999999999.x',
    '?from=2026-02-30&to=%00',
    '?organ=%27%20or%201=1',
    '?act=published&act=gone',
    '?before=0.00000000-0000-0000-0000-000000000000',
  ])('takes nonsense as not asked: %s', async query => {
    await history(query)
  })

  it('pages by a cursor that loses and repeats nothing, on the page and in the feed', async () => {
    for (let count = 0; count < 110; count++)
      await here.add({ title: `第${count}号通知` }, '2026-11-26 08:00')
    const seen: string[] = []
    let address: string | undefined = '/history?act=published'
    for (let page = 0; address && page < 9; page++) {
      const { $, rows } = await history(address.slice('/history'.length))
      seen.push(...rows.map(row => row[2] ?? ''))
      address = $('a[rel=next]').attr('href')
    }
    expect(seen.filter(title => title.endsWith('号通知通知公告'))).toHaveLength(110)
    expect(new Set(seen).size).toBe(seen.length)

    const ids: string[] = []
    let feed: string | undefined = '/feeds/history.atom'
    while (feed) {
      const found = readFeed((await here.get(feed)).text)
      ids.push(...found.entries.map(entry => entry.id))
      feed = found.next?.slice('http://site.example'.length)
    }
    expect(ids.length).toBeGreaterThan(115)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
