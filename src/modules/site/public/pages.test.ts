import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeDown } from '#modules/publications'
import type { Page } from '#platform/http/reply'
import { visit } from '../../../../test/make/public-visit.ts'
import { makeDraft, makePublic } from '../../../../test/make/publication.ts'
import { at, openTestSite, policyFacts, routes, type TestSite } from './site-for-tests.ts'

let here: TestSite
const ask = (address: string) => here.ask(address)

beforeAll(async () => {
  here = await openTestSite()
}, 120_000)

afterAll(() => here.close())

describe('site maps', () => {
  it('names every public address for machines', async () => {
    const { html } = await ask('/sitemap.xml')
    const found = [...html.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address)
    expect(
      found.filter(address => /\/(policies|notices|disclosure-\w+)\/[2-9a-z]{10}$/.test(address ?? '')),
    ).toHaveLength(8)
    expect(found).toContain('http://www.yunxi.example/columns/disclosure/content/budget')
    expect(found).not.toContain('http://www.yunxi.example/columns/disclosure/content/fees')
  })

  it('shows people the columns in use', async () => {
    const { links } = await ask('/site-map')
    expect(links).toContain('/columns/dynamics')
    expect(links).not.toContain('/columns/interpretation')
  })
})

describe('leaving the site (S-ID-04)', () => {
  it('asks in the very words, shows where to, and sends nobody there by itself', async () => {
    const { status, words, links } = await ask('/leaving?to=https%3A%2F%2Fexample.com%2Fa')
    expect(status).toBe(200)
    expect(words).toContain('您访问的链接即将离开“云溪县人民政府”门户网站，是否继续？')
    expect(links).toEqual(['https://example.com/a', '/'])
  })

  it.each([
    'javascript:alert(1)',
    '//example.com',
    'ftp://example.com',
    'https://www.gov.cn@example.com/',
    '',
  ])('does not open %s', async to => {
    await expect(ask(`/leaving?to=${encodeURIComponent(to)}`)).rejects.toThrow('站外链接')
  })
})

describe('every page', () => {
  const lists = [
    '/',
    '/policies',
    '/interpretations',
    '/disclosure',
    '/columns/dynamics',
    '/organs',
    '/search',
    '/site-map',
    '/reading',
  ]

  it.each(lists)('%s carries whole column tags and may be cached (S-META-01, S-META-03)', async address => {
    const { reply } = await ask(address)
    const { column, dependsOn } = reply as Page
    for (const tag of [column?.name, column?.description, column?.keywords, column?.type])
      expect(tag?.trim()).toBeTruthy()
    expect(dependsOn).toBeDefined()
  })

  it('asks the database as often for many items as for few', async () => {
    let questions = 0
    const counting = here.ctx.db.withPlugin({
      transformQuery: ({ node }) => {
        questions++
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const asked = async (address: string) => {
      questions = 0
      await visit({ ...here.reader, db: counting }, routes, address)
      return questions
    }
    const addresses = [
      ...lists,
      '/search?q=%E4%BE%9B%E6%B0%B4',
      '/sitemap.xml',
      `/organs/${here.county.department.key}`,
    ]
    const few = new Map<string, number>()
    for (const address of addresses) few.set(address, await asked(address))
    for (const number of [1, 2, 3, 4])
      await makePublic(
        here.ctx,
        here.county,
        { ...policyFacts, title: `云溪县供水办法之${number}` },
        at('2026-11-02 10:00'),
      )
    for (const address of addresses)
      expect(await asked(address), address).toBeLessThanOrEqual(few.get(address) ?? 0)
  })

  it('ends by itself when a schedule opens, and until then shows nothing of what waits', async () => {
    const opens = at('2026-11-23 15:00')
    const hidden = await hide(opens)
    for (const item of hidden)
      for (const route of routes) {
        if (route.rule.shows !== 'publications') continue
        for (const address of route.rule.probe(item)) {
          const { html } = await ask(address)
          expect(
            html.includes(item.id) || html.includes('这段文字还没有公开'),
            `${item.id} on ${address}`,
          ).toBe(false)
        }
      }
    for (const address of lists.slice(0, 8)) {
      const { freshUntil } = (await ask(address)).reply as Page
      expect(freshUntil?.getTime(), address).toBe(opens.getTime())
    }
  })
})

/** A draft, a scheduled and a withdrawn item, as the visibility test knows them. */
async function hide(opens: Date) {
  const facts = { ...policyFacts, bodyHtml: '<p>这段文字还没有公开。</p>' }
  const probe = (item: { publicId: string }, title: string) => ({
    id: item.publicId,
    segment: 'policies',
    title,
    columnPath: 'policies',
    keys: [],
    files: [],
    organKey: here.county.department.key,
  })
  const draft = await makeDraft(here.ctx, here.county, { ...facts, title: '还在起草的文件' })
  const scheduled = await makePublic(here.ctx, here.county, { ...facts, title: '定时公开的文件' }, opens)
  const withdrawn = await makePublic(
    here.ctx,
    here.county,
    { ...facts, title: '已经撤下的文件' },
    at('2026-11-01 10:00'),
  )
  await takeDown(here.ctx, { publicationId: withdrawn.id, how: 'withdrawn', reason: '内容有误', to: '' })
  return [
    probe(draft, '还在起草的文件'),
    probe(scheduled, '定时公开的文件'),
    probe(withdrawn, '已经撤下的文件'),
  ]
}
