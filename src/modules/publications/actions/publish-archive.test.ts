import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { verifyAuditChain } from '#modules/audit'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { editionText } from '../edition.ts'
import { publicJson } from '../public/public-json.ts'
import { findPublicView } from '../public-queries.ts'
import { validityOn } from '../validity.ts'
import { publish } from './publish.ts'
import { type ArchiveItem, draftArchive, publishArchive } from './publish-archive.ts'

const houses: Publishing[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.leave()
})
async function newHouse() {
  const house = await makePublishing()
  houses.push(house)
  return house
}

const clearance = { kind: 'archive-import', run: 'r', source: 's' } as const

/** A document in short: what it is called, when it was signed, and what it says of others. */
interface Plan {
  title: string
  docNo: string | null
  signedOn: string | null
  says: {
    type: 'repeals' | 'amends' | 'partly-repeals' | 'cites'
    docNo: string | null
    title: string
    from: string | null
  }[]
}

function itemOf(house: Publishing, plan: Plan): ArchiveItem {
  const line = ({ docNo, title, from }: Plan['says'][number]) => ({ docNo, title, from, publicId: null })
  return {
    kind: 'policy',
    organId: house.at.department.id,
    siteId: house.at.site.id,
    columnIds: [house.at.columns.get('policies') ?? ''],
    text: editionText.parse({
      title: plan.title,
      docNo: plan.docNo,
      signedOn: plan.signedOn,
      issuers: ['云溪县水利局'],
      bodyHtml: `<p>${plan.title}</p>`,
    }),
    relations: {
      links: plan.says.filter(one => one.type === 'cites').map(one => ({ type: one.type, line: line(one) })),
      effects: plan.says
        .filter(one => one.type !== 'cites')
        .map(one => ({ type: one.type, line: line(one) })),
    },
    origin: {
      archive: true,
      sourcePublishedOn: plan.signedOn,
      sourceUrl: null,
      formerIndexNo: null,
      importKey: `${plan.docNo} ${plan.title} ${plan.signedOn}`,
    },
    files: [],
    movedFrom: [],
  }
}

/** What readers and search are told of every document, without ids, digests and numbers that are given out as they come. */
async function told(house: Publishing) {
  const { db } = house.connection
  const { rows } = await sql<{
    publicId: string
    importKey: string
    repealedFrom: string | null
    amendedFrom: string | null
    partlyFrom: string | null
  }>`select p.public_id, p.import_key, s.repealed_from, s.amended_from, s.partly_from
    from publications p join search_entries s on s.publication_id = p.id order by p.import_key`.execute(db)
  const names = new Map(rows.map(row => [row.publicId, row.importKey]))
  const named = (text: string) => [...names].reduce((all, [id, key]) => all.replaceAll(id, `«${key}»`), text)
  const documents = await Promise.all(
    rows.map(async ({ publicId, ...row }) => {
      const view = await findPublicView(db, house.now(), {
        siteId: house.at.site.id,
        publicId,
        segment: 'policies',
      })
      if (!view || !('bodyHtml' in view)) throw new Error('not public')
      const { id: _, indexNo: __, edition: ___, ...json } = publicJson(view, 'http://x')
      const sorted = (list: object[]) => list.map(one => named(JSON.stringify(one))).sort()
      const days = ['2000-01-01', '2010-06-30', '2015-01-01', '2020-12-31', '2026-11-23']
      const effects = view.effectsOnIt.map(one => ({
        type: one.type as 'repeals',
        effectiveFrom: one.effectiveFrom ?? '',
      }))
      return {
        ...row,
        ...JSON.parse(named(JSON.stringify(json))),
        links: sorted(json.links),
        effects: sorted(json.effects),
        linkedFrom: sorted(json.linkedFrom),
        effectsOnIt: sorted(json.effectsOnIt),
        onDays: days.map(day => validityOn(view, effects, day)),
      }
    }),
  )
  return documents
}

const numbers = [1, 2, 3, 4, 5].map(n => `云水〔201${n}〕${n}号`)
const titles = ['河道管理办法', '水价办法', '取水办法']
const day = fc.constantFrom('2005-03-01', '2011-05-01', '2014-07-01', '2019-09-09')
const plans = fc
  .array(
    fc.record({
      title: fc.constantFrom(...titles),
      docNo: fc.option(fc.constantFrom(...numbers)),
      signedOn: fc.option(day),
      says: fc.uniqueArray(
        fc.record({
          type: fc.constantFrom(
            'repeals' as const,
            'amends' as const,
            'partly-repeals' as const,
            'cites' as const,
          ),
          docNo: fc.option(fc.constantFrom(...numbers)),
          title: fc.constantFrom(...titles),
          from: fc.option(day),
        }),
        // Saying of one document twice the same thing is tidied by its reader
        { maxLength: 3, selector: one => one.type },
      ),
    }),
    { minLength: 2, maxLength: 7 },
  )
  .map(list => [...new Map(list.map(one => [one.docNo ?? `${one.title}${one.signedOn}`, one])).values()])

describe('publishArchive', () => {
  it('says the same whatever the batches and the order in which documents arrive (R-NOR)', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 4 }), fc.integer(), async (list, size, seed) => {
        const [together, apart, single] = [await newHouse(), await newHouse(), await newHouse()]
        await publishArchive(
          together.system,
          list.map(plan => itemOf(together, plan)),
          clearance,
        )
        const shuffled =
          fc.sample(fc.shuffledSubarray(list, { minLength: list.length }), { numRuns: 1, seed })[0] ?? []
        for (let at = 0; at < shuffled.length; at += size)
          await publishArchive(
            apart.system,
            shuffled.slice(at, at + size).map(plan => itemOf(apart, plan)),
            clearance,
          )
        for (const plan of [...list].reverse()) {
          const [draft] = await draftArchive(single.system, [itemOf(single, plan)])
          await publish(single.system, { publicationId: draft?.id ?? '', revision: 1 }, clearance)
        }
        const whole = await told(together)
        expect(whole).toHaveLength(list.length)
        expect(await told(apart)).toEqual(whole)
        expect(await told(single)).toEqual(whole)
        for (const house of houses.splice(0)) await house.leave()
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 8), endOnFailure: true },
    )
  }, 240_000)

  it('a document never repeals itself, also under a title that it shares with the one it repeals', async () => {
    const house = await newHouse()
    const old: Plan = { title: '河道管理办法', docNo: '云水〔2005〕1号', signedOn: '2005-03-01', says: [] }
    const anew: Plan = {
      title: '河道管理办法',
      docNo: '云水〔2015〕2号',
      signedOn: '2015-03-01',
      says: [{ type: 'repeals', docNo: null, title: '河道管理办法', from: null }],
    }
    await publishArchive(house.system, [itemOf(house, anew), itemOf(house, old)], clearance)
    expect((await told(house)).map(one => [one.docNo, one.validity, one.repealedFrom])).toEqual([
      ['云水〔2005〕1号', 'repealed', '2015-03-01'],
      ['云水〔2015〕2号', 'in-force', null],
    ])
  })

  it('what waited for a document that then names its own number waits for nobody', async () => {
    const house = await newHouse()
    const river = { docNo: '云水〔2013〕3号', title: '河道管理办法' }
    const citing: Plan = {
      title: '水价办法',
      docNo: '云水〔2014〕4号',
      signedOn: '2019-09-09',
      says: [{ type: 'cites', ...river, from: null }],
    }
    const ownNumber: Plan = {
      ...river,
      signedOn: '2014-07-01',
      says: [{ type: 'repeals', ...river, from: null }],
    }
    for (const plan of [citing, ownNumber])
      await publishArchive(house.system, [itemOf(house, plan)], clearance)
    expect((await told(house)).map(one => [one.docNo, one.repealedFrom])).toEqual([
      ['云水〔2013〕3号', null],
      ['云水〔2014〕4号', null],
    ])
  })

  it('seals, numbers, places and records each item', async () => {
    const house = await newHouse()
    const list = (from: number, to: number) =>
      Array.from(
        { length: to - from },
        (_, at): Plan => ({
          title: `第${from + at}件`,
          docNo: `云水〔2010〕${from + at}号`,
          signedOn: '2010-01-01',
          says: [{ type: 'repeals', docNo: `云水〔2010〕${from + at + 1}号`, title: 'x', from: null }],
        }),
      )
    for (const plans of [list(1, 3), list(3, 60)])
      await publishArchive(
        house.system,
        plans.map(plan => itemOf(house, plan)),
        clearance,
      )
    const whole = await sql<{ n: number; numbers: number; placed: number; acts: number; audited: number }>`
      select count(*)::int as n, count(distinct p.index_no)::int as numbers,
        count(distinct pl.publication_id)::int as placed, count(distinct a.publication_id)::int as acts,
        (select count(*)::int from audit_entries where act = 'publications.published') as audited
      from publications p join editions e on e.publication_id = p.id and e.sealed_at is not null and e.digest like 'sha256:%'
      left join placements pl on pl.publication_id = p.id left join publishing_acts a on a.publication_id = p.id`.execute(
      house.connection.db,
    )
    expect(whole.rows).toEqual([{ n: 59, numbers: 59, placed: 59, acts: 59, audited: 59 }])
    expect((await verifyAuditChain(house.connection.db)).fault).toBeNull()
  })
})
