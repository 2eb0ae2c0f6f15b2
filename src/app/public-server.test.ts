import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, createSiteInput } from '#modules/organisations'
import { clockAt } from '#platform/clock'
import { readConfig } from '#platform/config'
import { makeGovernment, quietLog, systemContext, type TestGovernment } from '../../test/make/government.ts'
import { makePublic } from '../../test/make/publication.ts'
import { testDatabase } from '../../test/make/test-database.ts'
import { makeTestFolder } from '../../test/make/test-folder.ts'
import { type House, openHouse } from './house.ts'
import { publicServer } from './public-server.tsx'
import { splitSitePath } from './sites.ts'

let house: House
let server: FastifyInstance
let government: TestGovernment
let drop: () => Promise<void>
let now = new Date('2026-11-23T02:00:00Z')

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  const config = { ...readConfig({}), dataDir: await makeTestFolder(), publicUrl: 'http://site.example' }
  house = await openHouse({ config, databaseUrl: database.url, log: quietLog, clock: clockAt(() => now) })
  server = await publicServer(house)
  government = await makeGovernment(context())
  await createSite(
    context(),
    createSiteInput.parse({
      key: 'shuili',
      organId: government.department.id,
      name: '云溪县水利局',
      shortName: '水利局',
      tagline: '',
      domain: 'shuili.yunxi.example',
      siteCode: '9900000002',
      hosts: [],
      footer: { host: '县水利局', contactPhone: '0990-5550131' },
    }),
  )
})

afterAll(async () => {
  await server.close()
  await house.close()
  await drop()
})

const context = () => systemContext(house.connection.db, house.clock)
const get = (url: string, headers: Record<string, string> = {}) =>
  server.inject({ method: 'GET', url, headers: { host: 'site.example', ...headers } })
const siteNameOf = (html: string) => /<meta name="SiteName" content="([^"]*)"/.exec(html)?.[1]

describe('sites (W3)', () => {
  it.each([
    ['/s/shuili/policies', 'shuili', '/policies'],
    ['/s/shuili', 'shuili', '/'],
    ['/s/shuili?view=elder', 'shuili', '/?view=elder'],
    ['/policies', undefined, '/policies'],
    ['/search?q=/s/shuili/', undefined, '/search?q=/s/shuili/'],
  ])('%s', (url, key, path) => {
    expect(splitSitePath(url)).toEqual({ key, path })
  })

  it('two sites never answer with one another’s pages, whichever is asked first and also from the cache', async () => {
    for (let round = 0; round < 2; round++) {
      expect(siteNameOf((await get('/s/shuili/')).payload)).toBe('云溪县水利局')
      expect(siteNameOf((await get('/')).payload)).toBe('云溪县人民政府')
    }
  })

  it('S-DOM-04: a site that does not show an item leads to the site that does', async () => {
    const item = await makePublic(context(), government, { title: '只在县政府网站的公告' })
    const answer = await get(`/s/shuili/notices/${item.publicId}`)
    expect([answer.statusCode, answer.headers.location]).toEqual([301, `/notices/${item.publicId}`])
  })

  it('a site that does not exist is not the default one', async () => {
    expect((await get('/s/nowhere/')).statusCode).not.toBe(200)
  })
})

describe('cached pages', () => {
  it('answer the second time from memory, with the same bytes and headers', async () => {
    const [first, second] = [await get('/policies'), await get('/policies')]
    expect(house.cache.get('site.example /policies')).toBeDefined()
    expect(second.payload).toBe(first.payload)
    expect(second.headers['content-security-policy']).toBe(first.headers['content-security-policy'])
    expect(second.headers.etag).toBe(first.headers.etag)
  })

  it('spare a reader who has the page already', async () => {
    const { headers } = await get('/policies')
    expect((await get('/policies', { 'if-none-match': String(headers.etag) })).statusCode).toBe(304)
  })

  it('show a new item within a second, and a scheduled one from its instant on', async () => {
    const list = async () => (await get('/columns/notices')).payload
    await makePublic(context(), government, { title: '关于甲地停水的公告' })
    await expect.poll(list, { timeout: 1000 }).toContain('关于甲地停水的公告')
    await makePublic(context(), government, { title: '关于乙地停水的公告' }, new Date(now.getTime() + 60_000))
    expect(await list()).not.toContain('关于乙地停水的公告')
    now = new Date(now.getTime() + 61_000)
    expect(await list()).toContain('关于乙地停水的公告')
  })

  it('a page that one person alone is to see is kept nowhere, and its address is told to nobody', async () => {
    for (const url of ['/requests/new', '/requests/track']) {
      const { headers, statusCode } = await get(url)
      expect(statusCode).toBe(200)
      expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
      expect(headers['set-cookie']).toBeUndefined()
    }
  })

  it('serve nothing to a reader that was made for another way of seeing', async () => {
    expect((await get('/?view=elder')).payload).toContain('data-elder')
    expect((await get('/')).payload).not.toMatch(/<html[^>]*data-elder/)
  })
})

describe('page tags (S-META)', () => {
  it('stand on a content page exactly once each, and none is empty', async () => {
    const item = await makePublic(context(), government, {
      title: '带“引号”与 <尖括号> 的公告',
      keywords: '停水',
    })
    const { payload } = await get(`/notices/${item.publicId}`)
    const tags = [...payload.matchAll(/<meta name="([A-Z]\w+)" content="([^"]*)"/g)].map(
      ([, name, content]) => [name, content],
    )
    const names = tags.map(([name]) => name)
    for (const name of [
      'SiteName',
      'SiteDomain',
      'SiteIDCode',
      'ColumnName',
      'ColumnDescription',
      'ColumnKeywords',
      'ColumnType',
      'ArticleTitle',
      'PubDate',
      'ContentSource',
    ])
      expect(
        names.filter(one => one === name),
        name,
      ).toHaveLength(1)
    expect(tags.filter(([, content]) => !content || /null|undefined/.test(content))).toEqual([])
    expect(payload).not.toContain('<尖括号>')
    expect(Object.fromEntries(tags).PubDate).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/)
  })
})

describe('refusals', () => {
  it('a page that does not exist says what to do, in the site’s own frame', async () => {
    const answer = await get('/nothing-here')
    expect(answer.statusCode).toBe(404)
    expect(answer.payload).toContain('没有找到')
    expect(answer.payload).toContain('<form')
  })

  it('S-DOM-04: an old address leads to the new one by 301', async () => {
    const item = await makePublic(context(), government, { title: '搬过家的公告' })
    await house.connection.db
      .insertInto('movedAddresses')
      .values({ siteId: government.site.id, path: '/art/2019/1.html', publicationId: item.id })
      .execute()
    const answer = await get('/art/2019/1.html?from=old')
    expect([answer.statusCode, answer.headers.location]).toEqual([301, `/notices/${item.publicId}`])
  })

  it('machines get errors as JSON', async () => {
    const answer = await get('/notices/2222222222.json')
    expect([answer.statusCode, answer.json().error.status]).toEqual([404, 404])
  })

  it.each([
    '/%00',
    '/policies/../../etc/passwd',
    '/policies/%E0%A4%A',
    `/search?q=${'a'.repeat(5000)}`,
    '/policies?page=-1&year=abc&validity=x',
  ])('hostile address %s gives a page, no stack trace', async url => {
    const answer = await get(url)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.payload).not.toMatch(/\bat .*\.(ts|js):\d+/)
  })
})
