import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePublic } from '../../../test/make/publication.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../test/make/publishing.ts'
import { entryMemory } from '../search/memory/entry-memory.ts'
import { learnWords } from '../search/vocabulary.ts'
import { takeDown } from './actions/take-down.ts'
import { settle } from './jobs/settle-openings.job.ts'
import { findPublic, type ListFilter } from './list-queries.ts'
import { suggestWords } from './suggest.ts'

let house: Publishing

const db = () => house.connection.db
const facets = ['kind', 'organKey', 'theme', 'genre', 'year', 'validity'] as const
const find = (words: string, more: Partial<ListFilter> = {}, page = { page: 1, pageSize: 20 }) =>
  findPublic(
    db(),
    house.now(),
    { siteId: house.at.site.id, words: [words], order: 'relevance', ...more },
    page,
    facets,
  )
const titles = async (words: string, more: Partial<ListFilter> = {}) =>
  (await find(words, more)).rows.map(row => row.title)
const suggested = async (typed: string) =>
  (await suggestWords(db(), house.now(), house.at.site.id, typed, 10)).map(one => one.text)
const learn = () => learnWords(db(), house.now(), { anew: true })
const policy = (title: string, docNo: string, more: object = {}) =>
  makePublic(house.system, house.at, documentFacts(title, { docNo, ...more }))

/** Small installations are answered by the database alone, large ones out of memory: readers see no difference. */
describe.each(['the database alone', 'memory'])('asked of %s', way => {
  beforeAll(async () => {
    house = await makePublishing()
    if (way === 'memory') await entryMemory(db(), house.now(), { atOnce: true })
  })
  afterAll(() => house.leave())

  describe('the order of hits', () => {
    it('is: exactly this title or number, titles with the words, texts with the words (S-FUN-08)', async () => {
      await policy('农村饮水管理办法', '云政发〔2026〕1号')
      await policy('关于学校的通知', '云政发〔2026〕2号', { bodyHtml: '<p>农村学校饮水安全也要管理。</p>' })
      await policy('云溪县农村饮水管理办法实施细则', '云政发〔2026〕11号')
      expect(await titles('农村饮水管理办法')).toEqual(['农村饮水管理办法', '云溪县农村饮水管理办法实施细则'])
      expect((await titles('农村 饮水')).at(-1)).toBe('关于学校的通知')
      for (const number of ['云政发〔2026〕1号', '云政发[2026]1号', '云政发 2026 1', '云政发2026年1号'])
        expect(await titles(number), number).toEqual(['农村饮水管理办法'])
      expect((await titles('〔2026〕1号')).length).toBe(1)
    })

    it('goes through all pages without repeating or losing any', async () => {
      for (let serial = 0; serial < 7; serial++)
        await policy(`分页用的第${serial}件补贴`, `云财发〔2026〕${serial + 1}号`)
      for (let serial = 0; serial < 6; serial++)
        await policy(`正文里才有的${serial}`, `云财发〔2025〕${serial + 1}号`, {
          bodyHtml: '<p>补贴怎么领。</p>',
        })
      const seen: string[] = []
      let total = 0
      for (let page = 1; page <= 5; page++) {
        const found = await find('补贴', {}, { page, pageSize: 3 })
        total = found.total
        seen.push(...found.rows.map(row => row.id))
      }
      expect(seen.length).toBe(total)
      expect(new Set(seen).size).toBe(total)
    })
  })

  describe('how a question is understood', () => {
    it('says which other words count as found, and finds by them after the word itself', async () => {
      await policy('最低生活保障标准', '云民〔2026〕1号')
      await policy('低保补发', '云民〔2026〕2号')
      const found = await find('低保')
      expect(found.rows.map(row => row.title)).toEqual(['低保补发', '最低生活保障标准'])
      expect(found.understood.synonyms).toEqual([{ word: '低保', others: ['最低生活保障'] }])
    })

    it('shows what was meant by a wrong character, and says so', async () => {
      await policy('烟花爆竹燃放规定', '云政规〔2026〕7号')
      await learn()
      const found = await find('烟花暴竹')
      expect(found.rows.map(row => row.title)).toEqual(['烟花爆竹燃放规定'])
      expect(found.understood.corrected).toMatchObject({
        from: '烟花暴竹',
        to: '烟花爆竹',
        question: '烟花爆竹',
      })
    })

    it('never corrects silently where something is found: it offers', async () => {
      await policy('引水工程', '云水〔2026〕31号')
      await learn()
      const found = await find('引水')
      expect(found.understood.corrected).toBeNull()
      expect(found.rows.map(row => row.title)).toContain('引水工程')
      expect(found.understood.offers.map(offer => offer.to)).toContain('饮水')
    })

    it('reads pinyin, in full and by its first letters', async () => {
      for (const typed of ['yanhuabaozhu', 'yanhua baozhu', 'yhbz']) {
        const found = await find(typed)
        expect(
          found.rows.map(row => row.title),
          typed,
        ).toEqual(['烟花爆竹燃放规定'])
        expect(found.understood.pinyin?.typed).toBe(typed.replace(' ', ''))
      }
    })

    it('asks for the serial alone when nothing has the whole number, and says so', async () => {
      const found = await find('青政发〔2026〕31号')
      expect(found.rows.map(row => row.docNo)).toEqual(['云水〔2026〕31号'])
      expect(found.understood.number).toEqual({ year: '2026', serial: 31, alone: true })
    })

    it('shows what has some of the words when nothing has all, and says so', async () => {
      const found = await find('烟花爆竹 量子计算')
      expect(found.understood.someWords).toBe(true)
      expect(found.rows.map(row => row.title)).toContain('烟花爆竹燃放规定')
      expect((await find('烟花爆竹')).understood.someWords).toBe(false)
    })

    it('leaves out what must not be there, and takes quotes for a phrase', async () => {
      expect(await titles('饮水 -学校')).not.toContain('关于学校的通知')
      expect(await titles('“饮水安全”')).toEqual(['关于学校的通知'])
      expect(await titles('《农村饮水管理办法》')).toHaveLength(2)
      expect(await titles('水')).toEqual(expect.arrayContaining(['农村饮水管理办法', '引水工程']))
    })
  })

  describe('what is not public', () => {
    it('is in no hit, count, facet or suggestion: before its time, after it was withdrawn, while it is a draft', async () => {
      const word = '麒麟'
      const nothing = async (when: string) => {
        const found = await find(`${word}保护`)
        expect(found.total, when).toBe(0)
        expect(found.rows, when).toEqual([])
        expect(
          Object.values(found.facets)
            .flat()
            .filter(one => one.count > 0),
          when,
        ).toEqual([])
        for (const typed of [word, `${word}保`, 'qilin', '云林发〔2026〕5'])
          expect(await suggested(typed), `${when} ${typed}`).toEqual([])
      }
      const facts = documentFacts(`${word}保护办法`, { docNo: '云林发〔2026〕5号', keywords: `${word}保护` })
      const { id } = await makeReviewed(house, facts, '2026-11-24 08:00')
      await learn()
      await nothing('scheduled')

      house.setTime('2026-11-24 08:00')
      await learn()
      expect((await find(`${word}保护`)).total).toBe(1)
      expect(await suggested(word)).toEqual(expect.arrayContaining([word, `${word}保护办法`]))
      expect(await suggested('qilin')).toContain(word)
      expect(await suggested('云林发〔2026〕5号')).toEqual(['云林发〔2026〕5号'])

      await takeDown(house.system, { publicationId: id, how: 'withdrawn', reason: '有误', to: '' })
      await nothing('withdrawn, before the vocabulary is made anew')
      await learn()
      await nothing('withdrawn')
    })
  })

  describe('days of validity in the search table', () => {
    it('follow a scheduled repeal within the minute, and its being withdrawn at once', async () => {
      house.setTime('2026-11-25 09:00')
      await policy('将被废止的办法', '云交发〔2026〕1号')
      const repealing = await makeReviewed(
        house,
        documentFacts('关于废止的决定', {
          docNo: '云交发〔2026〕2号',
          repeals: '云交发〔2026〕1号 @ 2026-11-01',
        }),
        '2026-11-26 09:00',
      )
      const repealed = async () => (await titles('将被废止的办法', { validity: 'repealed' })).length
      expect(await repealed()).toBe(0)
      house.setTime('2026-11-26 09:00')
      await settle(house.system)
      expect(await repealed()).toBe(1)
      expect(await titles('将被废止的办法', { validity: 'in-force', on: '2026-10-31' })).toEqual([])
      expect(await titles('将被废止的办法', { validity: 'in-force', on: '2026-11-05' })).toEqual([])
      await takeDown(house.system, { publicationId: repealing.id, how: 'withdrawn', reason: '有误', to: '' })
      expect(await repealed()).toBe(0)
    })
  })
})
