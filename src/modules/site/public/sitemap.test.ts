import { load } from 'cheerio'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeDown } from '#modules/publications'
import { makePublic } from '../../../../test/make/publication.ts'
import { at, openTestSite, type TestSite } from './site-for-tests.ts'

let here: TestSite

beforeAll(async () => {
  here = await openTestSite()
}, 120_000)

afterAll(() => here.close())

async function map(query = '') {
  const { html, reply } = await here.ask(`/sitemap.xml${query}`)
  expect(reply).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' })
  const $ = load(html, { xml: true })
  return {
    root: $.root().children().get(0)?.tagName,
    addresses: $('loc')
      .toArray()
      .map(loc => $(loc).text().replace('http://www.yunxi.example', '')),
    days: $('lastmod')
      .toArray()
      .map(day => $(day).text()),
  }
}
const items = (addresses: string[]) => addresses.filter(address => /^\/[^/]+\/[2-9a-z]{10}$/.test(address))
const signs = [...'23456789abcdefghjkmnpqrstuvwxyz']

describe('the site map for machines', () => {
  it('of a small site is one piece, with the day of each text', async () => {
    const { root, addresses, days } = await map()
    expect(root).toBe('urlset')
    expect(items(addresses)).toHaveLength(8)
    expect(addresses).toContain('/columns/disclosure/content/budget')
    expect(days).toHaveLength(8)
    expect(days).toContain('2026-11-05')
  })

  it('cut by the beginnings of ids, it holds every address in one part and only one', async () => {
    const whole = items((await map()).addresses).toSorted()
    for (const parts of [signs, signs.flatMap(one => ['2', 'a', 'z'].map(two => one + two))]) {
      const found = (await Promise.all(parts.map(part => map(`?part=${part}`)))).flatMap(one => one.addresses)
      expect(found.toSorted()).toEqual(
        parts === signs ? whole : whole.filter(id => /[2az]/.test(id.at(-9) ?? '')),
      )
    }
    expect(items((await map('?part=pages')).addresses)).toEqual([])
  })

  it('says nothing of what is not public', async () => {
    const item = await makePublic(here.ctx, here.county, { title: '将被撤下' }, at('2026-11-20 10:00'))
    const later = await makePublic(here.ctx, here.county, { title: '将要公开' }, at('2026-12-20 10:00'))
    await takeDown(here.ctx, { publicationId: item.id, how: 'gone', reason: '有误', to: '' })
    for (const query of ['', `?part=${item.publicId[0]}`, `?part=${later.publicId.slice(0, 2)}`]) {
      const { addresses } = await map(query)
      expect(addresses.join()).not.toContain(item.publicId)
      expect(addresses.join()).not.toContain(later.publicId)
    }
  })

  it.each(['0', 'abc', '%00', "'", 'pages2', 'A', '2%25'])('knows no part %s', async part => {
    await expect(here.ask(`/sitemap.xml?part=${part}`)).rejects.toThrow('没有这一部分')
  })

  it('of a large site is an index whose parts are all of it', async () => {
    await fillUp(5100)
    const { root, addresses } = await map()
    expect(root).toBe('sitemapindex')
    expect(addresses).toEqual(['pages', ...signs].map(part => `/sitemap.xml?part=${part}`))
    const parts = await Promise.all(
      addresses.slice(1).map(address => map(address.slice('/sitemap.xml'.length))),
    )
    expect(items(parts.flatMap(part => part.addresses))).toHaveLength(5108)
  })

  it('robots are told where it is', async () => {
    expect((await here.ask('/robots.txt')).html).toContain('Sitemap: http://www.yunxi.example/sitemap.xml')
  })
})

/** Many public notices, written as rows: only their addresses matter here. */
async function fillUp(count: number): Promise<void> {
  const { ctx, county } = here
  await sql`
    with cleared as (
      insert into clearances (id, kind, opinion, given_by, given_at)
      values (gen_random_uuid(), 'sample', '样例', '测试', now()) returning id),
    made as (
      insert into publications (id, site_id, organ_id, kind, public_id, sort_at, first_public_at, created_by)
      select gen_random_uuid(), ${county.site.id}, ${county.department.id}, 'notice',
        translate(substr(md5(n::text), 1, 10), '01', 'yz'), ${at('2026-11-01 10:00')}, ${at('2026-11-01 10:00')}, '测试'
      from generate_series(1, ${count}::int) as n returning id)
    insert into editions (id, publication_id, site_id, number, title, edited_by, edited_at, sealed_at, digest, clearance_id, public_from)
    select gen_random_uuid(), made.id, ${county.site.id}, 1, '通知', '测试', now(), now(), 'x', cleared.id, ${at('2026-11-01 10:00')}
    from made, cleared`.execute(ctx.db)
}
