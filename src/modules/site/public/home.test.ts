import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publish, startPublication, startPublicationInput } from '#modules/publications'
import { openTestSite, policyFacts, type TestSite } from './site-for-tests.ts'

let here: TestSite
const ask = (address: string) => here.ask(address)

beforeAll(async () => {
  here = await openTestSite()
}, 120_000)

afterAll(() => here.close())

describe('home', () => {
  it('shows the newest policies with what they are worth today', async () => {
    const { words } = await ask('/')
    expect(words.indexOf('云溪县城镇供水细则')).toBeLessThan(words.indexOf('云溪县节约用水办法'))
    expect(words).toContain('2026年12月1日起施行')
    expect(words).toContain('县里开会部署冬修')
  })

  it('shows figures that open into just what they count', async () => {
    const home = await ask('/')
    const figures = [...home.html.matchAll(/<a href="([^"]*from=[^"]*)"><b>(\d+)<\/b>/g)]
    expect(figures.map(([, , number]) => number)).toEqual(['3', '2'])
    for (const [, href = '', number] of figures)
      expect((await ask(href.replaceAll('&amp;', '&'))).words).toContain(`找到 ${number} `)
  })

  it('offers only words that recent policies carry', async () => {
    const home = await ask('/')
    expect(home.links).toContain(`/search?q=${encodeURIComponent('水价')}`)
    expect(home.links).not.toContain(`/search?q=${encodeURIComponent('词')}`)
  })

  it('never shows archive items as new, nor counts them (S-CHK-01)', async () => {
    const { ctx, county } = here
    const before = (await ask('/')).words
    const facts = { ...policyFacts, title: '云溪县旧时的办法', keywords: '旧词', siteId: county.site.id }
    const draft = await startPublication(
      ctx,
      startPublicationInput.parse({
        ...facts,
        organId: county.department.id,
        columnIds: [county.columns.get('policies')],
        source: '县档案馆',
        bodyHtml: '<p>从旧网站来。</p>',
      }),
      {
        archive: true,
        sourcePublishedOn: '2026-11-22',
        sourceUrl: null,
        formerIndexNo: null,
        importKey: 'old-1',
      },
    )
    await publish(
      ctx,
      { publicationId: draft.id, revision: draft.revision },
      { kind: 'archive-import', run: '1', source: '旧网站' },
    )
    const { words } = await ask('/')
    expect(words.slice(words.indexOf('最新政策'))).toBe(before.slice(before.indexOf('最新政策')))
    expect(words).not.toContain('旧时的办法')
    expect((await ask('/policies')).words).toContain('旧时的办法')
  })

  it('does not link to what has nothing behind it', async () => {
    expect((await ask('/')).links.filter(link => link.startsWith('/interpretations'))).toEqual([])
  })
})
