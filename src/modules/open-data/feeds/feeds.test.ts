import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  findTopic,
  openTopic,
  saveSection,
  saveSectionInput,
  saveTopic,
  saveTopicInput,
} from '#modules/topics'
import {
  hostileTitle,
  type OpenSite,
  openSite,
  origin,
  policyFacts,
  readFeed,
} from '../open-data-for-tests.ts'

let here: OpenSite

beforeAll(async () => {
  here = await openSite()
  await here.add(
    { ...policyFacts, title: '云溪县节约用水办法', docNo: '云政发〔2026〕12号' },
    '2026-11-05 10:00',
  )
  await here.add({ title: hostileTitle, summary: 'a < b && c > d' }, '2026-11-06 10:00')
  await here.add({ title: '长'.repeat(200) }, '2026-11-07 10:00')
}, 120_000)

afterAll(() => here.close())

const feed = async (address: string) => {
  const { status, text, headers } = await here.get(address)
  expect(status, address).toBe(200)
  expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8')
  return readFeed(text)
}
const titles = async (address: string) => (await feed(address)).entries.map(entry => entry.title)

describe('feeds (S-OD)', () => {
  it('bring the newest first, with titles that are text and never markup', async () => {
    expect(await titles('/feeds/newest.atom')).toEqual(['长'.repeat(200), hostileTitle, '云溪县节约用水办法'])
  })

  it('say what RFC 4287 asks of a feed and its entries', async () => {
    const found = await feed('/feeds/newest.atom')
    expect(found).toMatchObject({
      id: `${origin}/feeds/newest.atom`,
      self: `${origin}/feeds/newest.atom`,
      title: '最新公开 - 云溪县人民政府',
      updated: '2026-11-07T02:00:00.000Z',
    })
    for (const entry of found.entries) {
      expect(entry.id).toMatch(/^tag:www\.yunxi\.example,2026:publication\/[2-9a-z]{10}$/)
      expect(entry.link).toMatch(/^http:\/\/site\.example\/(policies|notices)\/[2-9a-z]{10}$/)
      expect(entry.author).toBe('县水利局')
    }
    expect(new Set(found.entries.map(entry => entry.id)).size).toBe(found.entries.length)
  })

  it.each([
    ['/feeds/kinds/policies.atom', ['云溪县节约用水办法']],
    ['/feeds/columns/policies.atom', ['云溪县节约用水办法']],
    [`/search.atom?q=${encodeURIComponent('节约用水')}`, ['云溪县节约用水办法']],
    ['/search.atom?kind=policy&year=2026', ['云溪县节约用水办法']],
    ['/search.atom?year=2019', []],
    ['/feeds/columns/interpretation.atom', []],
  ])('%s', async (address, expected) => {
    expect(await titles(address)).toEqual(expected)
  })

  it('of an organ hold what it published', async () => {
    expect(await titles(`/feeds/organs/${here.county.department.key}.atom`)).toHaveLength(3)
    expect(await titles(`/feeds/organs/${here.county.government.key}.atom`)).toHaveLength(0)
  })

  it.each([
    '/feeds/columns/nowhere.atom',
    '/feeds/columns/policies',
    '/feeds/organs/nobody.atom',
    '/feeds/organs/%27%3B--.atom',
    '/feeds/organs/%00.atom',
    '/feeds/columns/%00.atom',
    '/feeds/kinds/constructor.atom',
    '/feeds/kinds/policies.rss',
  ])('that do not exist say so: %s', async address => {
    expect((await here.get(address)).status).toBe(404)
  })

  it('take nonsense in a saved search as not asked, as the search page does', async () => {
    const address =
      '/search.atom?kind=nothing&year=20x6&from=2026-02-30&page=9&sort=%3Cx%3E&foo=1&q=%00%01&theme=%00'
    expect((await feed(address)).entries.length).toBeGreaterThan(0)
  })

  it('a saved search never brings what only comes near', async () => {
    expect(await titles(`/search.atom?q=${encodeURIComponent('节约用水 量子力学')}`)).toEqual([])
  })

  it('a reader that has the feed gets 304, and 200 after something new', async () => {
    const { headers } = await here.get('/feeds/newest.atom')
    expect(headers['last-modified']).toBe('Sat, 07 Nov 2026 02:00:00 GMT')
    expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
    const again = await here.get('/feeds/newest.atom', { 'if-none-match': headers.etag ?? '' })
    expect([again.status, again.text]).toEqual([304, ''])
    await here.add({ title: '新的通知' }, '2026-11-22 10:00')
    await expect
      .poll(
        async () => (await here.get('/feeds/newest.atom', { 'if-none-match': headers.etag ?? '' })).status,
      )
      .toBe(200)
  })

  it('a correction keeps the name of the entry and moves its instant', async () => {
    const item = await here.add({ title: '停水通知' }, '2026-11-20 10:00')
    const entry = async () =>
      (await feed('/feeds/kinds/notices.atom')).entries.find(one => one.id.endsWith(item.publicId))
    await expect.poll(entry).toMatchObject({ title: '停水通知' })
    const first = await entry()
    await here.correct(item.id, { title: '停水通知（更正）' })
    await expect.poll(entry).toMatchObject({ title: '停水通知（更正）', id: first?.id })
    expect((await entry())?.updated).not.toBe(first?.updated)
  })

  it('of a topic bring what it gathers, once it is public', async () => {
    const { ctx, county } = here
    const words = { name: '节水', key: 'saving-water', summary: '节约用水的办法和通知，供居民查阅。' }
    const topicId = await saveTopic(ctx, { siteId: county.site.id }, saveTopicInput.parse(words))
    const seen = async () => ({
      topicId,
      revision: (await findTopic(ctx.db, { id: topicId }))?.revision ?? 0,
    })
    const section = saveSectionInput.parse({ title: '文件', kind: 'policy' })
    await saveSection(ctx, await seen(), null, section)
    expect((await here.get('/feeds/topics/saving-water.atom')).status).toBe(404)
    await openTopic(ctx, await seen())
    await expect.poll(() => titles('/feeds/topics/saving-water.atom')).toEqual(['云溪县节约用水办法'])
    await expect
      .poll(async () => (await here.get('/feeds')).text)
      .toContain('/feeds/topics/saving-water.atom')
  })

  it('pages name their feeds for programs that look for them', async () => {
    expect((await here.get('/')).text).toContain(
      'type="application/atom+xml" title="云溪县人民政府：最新公开" href="/feeds/newest.atom"',
    )
    expect((await here.get('/columns/policies')).text).toContain('href="/feeds/columns/policies.atom"')
    expect((await here.get(`/organs/${here.county.department.key}`)).text).toContain(
      `href="/feeds/organs/${here.county.department.key}.atom"`,
    )
    expect((await here.get('/search?q=%E6%B0%B4')).text).toContain('href="/search.atom?q=%E6%B0%B4"')
  })

  it('the page of all feeds links only to what answers', async () => {
    const { text } = await here.get('/feeds')
    const links = [...text.matchAll(/href="([^"]*\.atom[^"]*)"/g)].map(([, href = '']) => href)
    expect(links.length).toBeGreaterThan(6)
    for (const href of new Set(links))
      expect((await here.get(href.replaceAll('&amp;', '&'))).status, href).toBe(200)
  })
})
