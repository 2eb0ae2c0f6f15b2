import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePublic } from '../../../test/make/publication.ts'
import { documentFacts, instant, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { publish } from './actions/publish.ts'
import { startPublication, startPublicationInput } from './actions/start-publication.ts'
import { countFacet, countPublic, listPublic, validityIn } from './list-queries.ts'
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
  it('finds what the rule says, for all dates and effects', async () => {
    const day = fc.constantFrom(...days)
    const maybe = fc.option(day)
    await fc.assert(
      fc.asyncProperty(
        fc.record({ signedOn: maybe, effectiveFrom: maybe, validUntil: maybe }),
        fc.record({ repeals: maybe, amends: maybe, 'partly-repeals': maybe }),
        day,
        fc.boolean(),
        async (term, starts, today, archive) => {
          const effects = Object.entries(starts).flatMap(([type, effectiveFrom]) =>
            effectiveFrom ? [{ type, effectiveFrom } as EffectOnIt] : [],
          )
          const { rows } = await sql<{ found: Validity }>`
            select ${validityIn(today)} as found from (select 'policy' as kind, ${archive}::boolean as archive) p,
              (select ${term.signedOn}::date as signed_on, ${term.effectiveFrom}::date as effective_from, ${term.validUntil}::date as valid_until) e,
              (select ${starts.repeals}::date as repealed_from, ${starts.amends}::date as amended_from, ${starts['partly-repeals']}::date as partly_from) x`.execute(
            db(),
          )
          // Of an old document without any day nothing can be said
          const silent = archive && effects.length === 0 && Object.values(term).every(value => value === null)
          expect(rows[0]?.found).toBe(silent ? null : validityOn(term, effects, today))
        },
      ),
      { numRuns: 400 },
    )
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
