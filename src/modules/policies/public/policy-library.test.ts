import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listPublic, registerKinds, type Validity, validities } from '#modules/publications'
import { clockAt } from '#platform/clock'
import type { Context, PublicContext } from '#platform/context'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { makeGovernment, systemContext, type TestGovernment } from '../../../../test/make/government.ts'
import { readerOf, visit } from '../../../../test/make/public-visit.ts'
import { makePublic } from '../../../../test/make/publication.ts'
import { testDatabase } from '../../../../test/make/test-database.ts'
import { kinds } from '../../../app/kinds.ts'
import { routes } from './policy-library.page.tsx'

const at = (moment: string) => new Date(`${moment.replace(' ', 'T')}:00+08:00`)

let connection: Connection
let drop: () => Promise<void>
let ctx: Context
let reader: PublicContext
let county: TestGovernment

const ask = (address: string) => visit(reader, routes, address)
const titles = (html: string) =>
  [...html.matchAll(/class="pub-title"[^>]*>(.*?)<\/a>/g)].map(([, title]) => title)

beforeAll(async () => {
  registerKinds(kinds)
  const database = await testDatabase()
  drop = database.drop
  connection = connect(database.url, { role: applicationRole })
  ctx = systemContext(
    connection.db,
    clockAt(() => at('2026-11-23 09:00')),
  )
  county = await makeGovernment(ctx)
  reader = readerOf(ctx, county.site)
}, 60_000)

afterAll(async () => {
  await connection.close()
  await drop()
})

const base = {
  kind: 'policy',
  column: 'policies',
  issuers: '云溪县人民政府',
  signedOn: '2025-01-10',
  theme: '综合政务',
  genre: '通知',
}
const normative = { ...base, kind: 'normative-document', column: 'policies/normative', genre: '办法' }

async function fill() {
  const add = (facts: Record<string, unknown>, moment: string) => makePublic(ctx, county, facts, at(moment))
  await add(
    { ...normative, title: '停车管理暂行办法', docNo: '云政规〔2021〕1号', effectiveFrom: '2021-01-01' },
    '2025-01-10 10:00',
  )
  await add(
    {
      ...normative,
      title: '停车管理办法',
      docNo: '云政规〔2025〕2号',
      effectiveFrom: '2025-03-01',
      repeals: '云政规〔2021〕1号 《停车管理暂行办法》 @ 2025-03-01',
    },
    '2025-02-10 10:00',
  )
  await add(
    { ...base, title: '年度工作要点', docNo: '云政发〔2025〕9号', validUntil: '2025-12-31' },
    '2025-02-11 10:00',
  )
  await add(
    {
      ...normative,
      title: '供水管理细则',
      docNo: '云政规〔2026〕3号',
      effectiveFrom: '2027-01-01',
      theme: '农业、林业、水利',
    },
    '2026-11-10 10:00',
  )
  await add(
    {
      ...base,
      title: '停车场建设方案',
      docNo: '云政发〔2026〕8号',
      organId: county.government.id,
      genre: '方案',
    },
    '2026-05-10 10:00',
  )
  await add({ title: '停车场停业通知' }, '2026-05-11 10:00')
}

describe('policy library', () => {
  it('says why it is empty before anything is published', async () => {
    expect((await ask('/policies')).words).toContain('还没有公开的政策文件')
    await fill()
  })

  it('lists policies and normative documents only, the newest first, with their validity (S-PLT-08)', async () => {
    const { html, words } = await ask('/policies')
    expect(titles(html)).toEqual([
      '供水管理细则',
      '停车场建设方案',
      '年度工作要点',
      '停车管理办法',
      '停车管理暂行办法',
    ])
    for (const word of ['2027年1月1日起施行', '已废止', '已失效', '现行有效', '有效期至 2025年12月31日'])
      expect(words).toContain(word)
  })

  it('offers every filter with the number that it leads to', async () => {
    const { html } = await ask('/policies')
    const options = [
      ...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*) <span class="filter-count">(\d+)<\/span>/g),
    ]
    expect(new Set(options.map(([, href = '']) => /\?(\w+)=/.exec(href)?.[1]))).toEqual(
      new Set(['validity', 'kind', 'organ', 'theme', 'genre', 'year']),
    )
    for (const [, href = '', , count] of options)
      expect((await ask(href.replaceAll('&amp;', '&'))).words, href).toContain(`找到 ${count} 件`)
  })

  it('filters by the very validity that it shows, so that each document stands under just one', async () => {
    const filter = { siteId: county.site.id, kinds: ['policy', 'normative-document'] }
    let total = 0
    for (const validity of Object.keys(validities) as Validity[]) {
      const now = ctx.clock.now()
      const { rows } = await listPublic(ctx.db, now, { ...filter, validity }, { page: 1, pageSize: 20 })
      expect(rows.map(row => row.validity)).toEqual(rows.map(() => validity))
      total += rows.length
    }
    expect(total).toBe(5)
  })

  it('says by what a document was repealed, with the way there (S-PLT-08)', async () => {
    const { words, links } = await ask('/policies?validity=repealed')
    expect(words).toContain('2025年3月1日起被《停车管理办法》（云政规〔2025〕2号）废止')
    expect(links.filter(link => /^\/policies\/[a-z0-9]{10}$/.test(link))).toHaveLength(2)
  })

  it('tells what was in force on another day (R-NOR)', async () => {
    const then = await ask('/policies?on=2025-02-20&validity=in-force')
    expect(titles(then.html)).toEqual(['停车场建设方案', '年度工作要点', '停车管理暂行办法'])
    expect(then.words).toContain('有效性按2025年2月20日')
    expect(then.links).toContain('/policies?validity=in-force')
    expect(then.reply).toMatchObject({ noIndex: true, dependsOn: undefined })
    const later = await ask('/policies?on=2030-01-01&validity=in-force')
    expect(titles(later.html)).toContain('供水管理细则')
    expect((await ask('/policies?on=2025-02-30')).words).toContain('没有“2025-02-30”这一天')
  })

  it('keeps the whole choice in the address, and gives up each part by itself', async () => {
    const { html, links } = await ask('/policies?kind=normative-document&year=2025')
    expect(titles(html)).toEqual(['停车管理办法', '停车管理暂行办法'])
    expect(links).toContain('/policies?year=2025')
    expect(links).toContain('/policies?kind=normative-document')
    expect(links).toContain('/policies')
  })

  it('puts the exact title before titles that hold the words, and searches the library only', async () => {
    const { html } = await ask(`/policies?q=${encodeURIComponent('停车管理办法')}`)
    expect(titles(html)[0]).toBe('停车管理办法')
    expect(html).not.toContain('停车场停业通知')
  })

  it('finds a number in any usual spelling (S-GWG-22)', async () => {
    for (const number of ['云政规〔2025〕2号', '云政规[2025]2号', '〔2025〕2号'])
      expect(titles((await ask(`/policies?q=${encodeURIComponent(number)}`)).html)).toEqual(['停车管理办法'])
  })

  it('takes days with both ends', async () => {
    expect(titles((await ask('/policies?from=2025-02-10&to=2025-02-11')).html)).toEqual([
      '年度工作要点',
      '停车管理办法',
    ])
  })

  it('says what to do when nothing fits', async () => {
    const { words, links } = await ask(`/policies?q=${encodeURIComponent('停车')}&year=2019`)
    expect(words).toContain('没有符合全部条件的文件')
    expect(links).toContain(`/policies?q=${encodeURIComponent('停车')}`)
  })

  it('does not show kinds of other modules when the address asks for them', async () => {
    expect(titles((await ask('/policies?kind=notice')).html)).toHaveLength(5)
  })
})
