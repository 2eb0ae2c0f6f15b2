import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestSite, type TestSite, titlesOn } from './site-for-tests.ts'

let here: TestSite
const ask = (address: string) => here.ask(address)

beforeAll(async () => {
  here = await openTestSite()
}, 120_000)

afterAll(() => here.close())

describe('search (S-FUN-08)', () => {
  it('puts titles before texts and marks the words', async () => {
    const { html } = await ask(`/search?q=${encodeURIComponent('节约用水')}`)
    expect(titlesOn(html)).toEqual(['云溪县节约用水办法', '云溪县学校建设方案'])
    expect(html).toMatch(/<mark>/)
  })

  it.each(['云政发〔2026〕12号', '云政发[2026]12号', '2026-12'])(
    'finds the one document of the number %s',
    async number => {
      expect(titlesOn((await ask(`/search?q=${encodeURIComponent(number)}`)).html)).toEqual([
        '云溪县节约用水办法',
      ])
    },
  )

  it('searches within the results', async () => {
    const both = await ask(`/search?q=${encodeURIComponent('节约用水')}&within=${encodeURIComponent('学校')}`)
    expect(titlesOn(both.html)).toEqual(['云溪县学校建设方案'])
  })

  it('helps when nothing has all the words', async () => {
    const { words, html } = await ask(`/search?q=${encodeURIComponent('节约用水 量子')}`)
    expect(words).toContain('没有同时符合全部条件')
    expect(titlesOn(html)).toContain('云溪县节约用水办法')
  })

  it('gives up the other conditions before it gives up', async () => {
    const { words } = await ask(`/search?q=${encodeURIComponent('节约用水')}&year=2019`)
    expect(words).toContain('去掉筛选条件有 2 条')
  })

  it('takes nonsense in the address as not asked', async () => {
    const { status, words } = await ask('/search?kind=nothing&year=20x6&from=2026-02-30&page=-1&validity=old')
    expect(status).toBe(200)
    expect(words).toContain('写几个关键的词')
  })

  it('says so when a question holds no word', async () => {
    expect((await ask(`/search?q=${encodeURIComponent('，。！')}`)).words).toContain('没有可以搜索的字词')
  })

  it('writes what was typed as text, never as markup', async () => {
    const { html } = await ask(`/search?q=${encodeURIComponent('<script>alert(1)</script>节约用水')}`)
    expect(html).not.toContain('<script>')
  })
})
