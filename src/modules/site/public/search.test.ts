import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { learnWords } from '../../search/vocabulary.ts'
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
    expect(words).toContain('没有同时包含全部词的内容')
    expect(titlesOn(html)).toContain('云溪县节约用水办法')
  })

  it('gives up the other conditions before it gives up', async () => {
    const { words } = await ask(`/search?q=${encodeURIComponent('节约用水')}&year=2019`)
    expect(words).toContain('去掉筛选条件有 2 条')
  })

  it('says how it read a question that it did not take as typed', async () => {
    await learnWords(here.ctx.db, here.ctx.clock.now(), { anew: true })
    const corrected = await ask(`/search?q=${encodeURIComponent('节约用税')}`)
    expect(corrected.words).toMatch(/没有找到“节约用税”，已按“.*节约用水”查找/)
    expect(titlesOn(corrected.html)).toContain('云溪县节约用水办法')
    const spelled = await ask('/search?q=jieyueyongshui')
    expect(spelled.words).toMatch(/已按拼音查找/)
    expect(titlesOn(spelled.html)).toContain('云溪县节约用水办法')
  })

  it('takes words of searches within the results one after the other, each given up by itself', async () => {
    const both = await ask(
      `/search?q=${encodeURIComponent('节约用水')}&within=${encodeURIComponent('学校')}&within=${encodeURIComponent('建设')}`,
    )
    expect(titlesOn(both.html)).toEqual(['云溪县学校建设方案'])
    const chip = (word: string) =>
      both.links.find(link => new URLSearchParams(link.split('?')[1]).get('within') === word)
    expect(chip('学校')).toBeDefined()
    expect(chip('建设')).toBeDefined()
  })

  it('tells validity for the day that is asked, and keeps such pages out of the cache', async () => {
    const { words, reply } = await ask(`/search?q=${encodeURIComponent('节约用水')}&on=2020-01-01`)
    expect(words).toContain('有效性按2020年1月1日')
    expect(reply).toMatchObject({ dependsOn: undefined })
  })

  it('says what it could not take: a day that does not exist, a question without end', async () => {
    expect((await ask(`/search?q=${encodeURIComponent('节约用水')}&on=2026-02-30`)).words).toContain(
      '没有“2026-02-30”这一天',
    )
    expect((await ask(`/search?q=${encodeURIComponent('节约用水'.repeat(80))}`)).words).toContain(
      '问题太长，只按前 200 个字查找',
    )
  })

  it('says that there is no such page, and which is the last', async () => {
    const { words, links } = await ask(`/search?q=${encodeURIComponent('节约用水')}&page=9`)
    expect(words).toContain('没有第 9 页')
    expect(links).toContain(`/search?q=${encodeURIComponent('节约用水')}`)
  })

  it('can be kept: as a feed of the same choice, and by its address', async () => {
    const { links, html } = await ask(
      `/search?q=${encodeURIComponent('节约用水')}&year=2026&page=2&sort=time`,
    )
    expect(links).toContain(`/search.atom?q=${encodeURIComponent('节约用水')}&year=2026`)
    expect(html).toMatch(/data-copy="http[^"]*\/search\?q=/)
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

describe('suggestions', () => {
  const suggested = async (typed: string): Promise<{ text: string }[]> =>
    JSON.parse((await ask(`/search/suggestions?q=${encodeURIComponent(typed)}`)).html).suggestions

  it('are what somebody who types may be about to ask', async () => {
    expect((await suggested('节约')).map(one => one.text)).toContain('云溪县节约用水办法')
  })

  it('are few, and none where nothing can be suggested', async () => {
    expect((await suggested('云')).length).toBeLessThanOrEqual(8)
    for (const typed of ['', '   ', '水'.repeat(41), '\u0000', "'; drop table"])
      expect(await suggested(typed)).toEqual([])
  })
})
