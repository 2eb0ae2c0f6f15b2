import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#lib/ids'
import { findEntries, setValidityDates } from '#modules/search'
import { siteRow } from '../../../test/make/edition-rows.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { documentFacts, instant, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { makeEntries } from '../search/entries-for-tests.ts'
import { publish } from './actions/publish.ts'
import { startPublication, startPublicationInput } from './actions/start-publication.ts'
import { countFacet, countPublic, listPublic } from './list-queries.ts'
import { type EffectOnIt, type Validity, validities, validityOn } from './validity.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const db = () => house.connection.db
const paging = { page: 1, pageSize: 100 }
const list = async (filter: object) =>
  (await listPublic(db(), house.now(), { siteId: house.at.site.id, ...filter }, paging)).rows
const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', '2026-01-06']

describe('the filter by validity (R-NOR)', () => {
  it('finds what the rule says, for all dates and effects, on any day', async () => {
    const maybe = fc.option(fc.constantFrom(...days))
    const facts = fc.sample(
      fc.record({
        term: fc.record({ signedOn: maybe, effectiveFrom: maybe, validUntil: maybe }),
        starts: fc.record({ repealedFrom: maybe, amendedFrom: maybe, partlyFrom: maybe }),
        archive: fc.boolean(),
      }),
      { numRuns: 300, seed: 5 },
    )
    const at = await siteRow(db())
    const made = facts.map(one => ({ ...one, publicationId: uuidv7() }))
    await makeEntries(
      db(),
      at,
      made.map(({ term, archive, publicationId }) => ({ ...term, archive, publicationId })),
    )
    await setValidityDates(
      db(),
      made.map(({ publicationId, starts }) => ({ publicationId, ...starts })),
    )
    for (const day of days)
      for (const validity of Object.keys(validities) as Validity[]) {
        const expected = made
          .filter(({ term, starts, archive }) => {
            const effects = [
              { type: 'repeals', effectiveFrom: starts.repealedFrom },
              { type: 'amends', effectiveFrom: starts.amendedFrom },
              { type: 'partly-repeals', effectiveFrom: starts.partlyFrom },
            ].filter((effect): effect is EffectOnIt => effect.effectiveFrom !== null)
            // Of an old document without any day nothing can be said
            const silent =
              archive && effects.length === 0 && Object.values(term).every(value => value === null)
            return !silent && validityOn(term, effects, day) === validity
          })
          .map(one => one.publicationId)
        const asked = {
          filter: { siteId: at.siteId, day, worth: validity, kindsWithWorth: ['policy'] },
          words: [],
          order: 'newest' as const,
        }
        const found = await findEntries(db(), house.now(), asked, { limit: 500, offset: 0 }, ['worth'])
        expect(found.entries.map(entry => entry.publicationId).sort(), `${day} ${validity}`).toEqual(
          expected.sort(),
        )
        expect(found.facets.worth?.find(one => one.value === validity)?.count ?? 0).toBe(expected.length)
      }
  })

  it('and the list says of each item what it was found by, day by day', async () => {
    house.setTime('2026-11-23 10:00')
    const target = await makePublic(
      house.system,
      house.at,
      documentFacts('日期走完的办法', {
        docNo: '云政发〔2026〕50号',
        effectiveFrom: '2026-12-01',
        validUntil: '2027-12-31',
      }),
    )
    for (const [docNo, effect] of [
      ['云政发〔2026〕51号', { amends: '云政发〔2026〕50号 @ 2027-03-01' }],
      ['云政发〔2026〕52号', { repeals: '云政发〔2026〕50号 @ 2028-02-01' }],
    ] as const)
      await makePublic(house.system, house.at, documentFacts(`改它的 ${docNo}`, { docNo, ...effect }))
    const expected = {
      '2026-11-30 23:59': 'not-yet',
      '2026-12-01 00:00': 'in-force',
      '2027-03-01 00:00': 'amended',
      '2027-12-31 23:59': 'amended',
      '2028-01-01 00:00': 'expired',
      '2028-02-01 00:00': 'repealed',
    }
    for (const [time, validity] of Object.entries(expected)) {
      house.setTime(time)
      for (const asked of Object.keys(validities) as Validity[]) {
        const found = (await list({ validity: asked })).find(row => row.id === target.id)
        expect(found?.validity, `${time} ${asked}`).toBe(asked === validity ? validity : undefined)
      }
      const facet = await countFacet(db(), house.now(), { siteId: house.at.site.id }, 'validity')
      const counted = facet.find(one => one.value === validity)?.count
      expect(counted).toBe(
        await countPublic(db(), house.now(), { siteId: house.at.site.id, validity: validity as Validity }),
      )
    }
  })

  it('says nothing of kinds without validity', async () => {
    const notice = await makePublic(house.system, house.at)
    for (const validity of Object.keys(validities))
      expect((await list({ validity })).map(row => row.id)).not.toContain(notice.id)
    expect((await list({})).find(row => row.id === notice.id)?.validity).toBeNull()
  })
})

describe('archive items (S-CHK-01)', () => {
  const archive = async (title: string, sourcePublishedOn: string | null) => {
    const input = startPublicationInput.parse({
      kind: 'notice',
      siteId: house.at.site.id,
      organId: house.at.department.id,
      columnIds: [house.at.columns.get('notices')],
      title,
      bodyHtml: '<p>旧闻。</p>',
    })
    const draft = await startPublication(house.system, input, {
      archive: true,
      sourcePublishedOn,
      sourceUrl: 'https://old.yunxi.example/1.html',
      formerIndexNo: 'X-1',
      importKey: title,
    })
    const clearance = { kind: 'archive-import', run: '2026-11', source: '旧网站' } as const
    await publish(house.system, { publicationId: draft.id, revision: 1 }, clearance)
  }

  it('sort by the day their source published them, and are never “newest”', async () => {
    house.setTime('2026-11-24 10:00')
    await makePublic(house.system, house.at, { title: '新闻' }, instant('2019-06-01 10:00'))
    await archive('2021 年的旧闻', '2021-05-01')
    await archive('2017 年的旧闻', '2017-05-01')
    await archive('日期不详的旧闻', null)
    const titles = (await list({ columnPath: 'notices' })).map(row => row.title)
    const order = ['日期不详的旧闻', '2021 年的旧闻', '新闻', '2017 年的旧闻']
    expect(titles.filter(title => order.includes(title))).toEqual(order)
    expect((await list({ withoutArchive: true })).some(row => row.archive)).toBe(false)
    expect((await list({ year: 2017 })).map(row => row.title)).toEqual(['2017 年的旧闻'])
    expect((await list({ from: '2021-05-01', to: '2021-05-01' })).map(row => row.title)).toEqual([
      '2021 年的旧闻',
    ])
  })

  it('keep apart when it came here and when its source published it (S-META-04)', async () => {
    const item = (await list({ year: 2021 }))[0]
    expect(item).toMatchObject({
      archive: true,
      sourcePublishedOn: '2021-05-01',
      firstPublicAt: instant('2026-11-24 10:00'),
    })
  })
})

describe('lists', () => {
  it('a column shows what lies in the columns below it, and no neighbour whose name begins alike', async () => {
    await makePublic(house.system, house.at, documentFacts('下层的', { docNo: '云政发〔2026〕70号' }))
    await makePublic(house.system, house.at, {
      ...documentFacts('本层的', { docNo: '云政发〔2026〕71号' }),
      column: 'policies',
    })
    const inPolicies = (await list({ columnPath: 'policies' })).map(row => row.title)
    expect(inPolicies).toEqual(expect.arrayContaining(['下层的', '本层的']))
    expect((await list({ columnPath: 'policies/normative' })).map(row => row.title)).not.toContain('本层的')
    expect(await list({ columnPath: 'polic' })).toEqual([])
    expect(await list({ columnPath: 'polic%' })).toEqual([])
  })

  it('every item stands on exactly one page, also where many came in the same instant', async () => {
    for (let n = 0; n < 7; n++)
      await makePublic(house.system, house.at, { title: `同时 ${n}`, theme: '其他' }, house.now())
    const seen = []
    for (let page = 1; page <= 4; page++) {
      const filter = { siteId: house.at.site.id, theme: '其他' }
      const found = await listPublic(db(), house.now(), filter, { page, pageSize: 2 })
      expect(found.total).toBe(7)
      seen.push(...found.rows.map(row => row.title))
    }
    expect(new Set(seen).size).toBe(7)
    expect(seen).toHaveLength(7)
  })
})
