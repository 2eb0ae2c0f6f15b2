import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correctPublic } from '../../../test/make/corrected.ts'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { documentFacts, instant, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { takeDown } from './actions/take-down.ts'
import { settleOpenings } from './jobs/settle-openings.job.ts'
import { countFacet, listPublic } from './list-queries.ts'
import { itemRoutes } from './public/item.page.tsx'
import { type EffectOnIt, type Validity, validities, validityOn } from './validity.ts'

/*
 * Whatever the order in which documents arrive, are corrected and withdrawn: in the end every document is worth the same on every
 * day, on its page, in lists and in facets, and it is what the dates say.
 */

/** A document on paper. `effects` point to documents that are older. */
interface Paper {
  numbered: boolean
  signedOn: string
  effectiveFrom: string
  validUntil: string | null
  effects: readonly Said[]
  /** What becomes of it after it was published. */
  fate: 'stays' | 'withdrawn' | 'corrected' | 'scheduled'
}
interface Said {
  type: EffectOnIt['type']
  /** How many documents before it. */
  back: number
  from: string
  by: 'number' | 'title' | 'both'
}

type Step = { paper: number; act: 'publish' | 'withdraw' | 'correct' }

const day = (count: number) => new Date(Date.UTC(2024, 0, 1 + count)).toISOString().slice(0, 10)
const now = '2026-11-23 10:00'

const paper = fc.record({
  numbered: fc.boolean(),
  term: fc.option(fc.integer({ min: 0, max: 900 })),
  lag: fc.integer({ min: 0, max: 60 }),
  effects: fc.array(
    fc.record({
      type: fc.constantFrom<EffectOnIt['type']>('repeals', 'amends', 'partly-repeals'),
      back: fc.integer({ min: 1, max: 3 }),
      after: fc.integer({ min: 0, max: 200 }),
      by: fc.constantFrom<Said['by']>('number', 'title', 'both'),
    }),
    { maxLength: 3 },
  ),
  fate: fc.constantFrom<Paper['fate']>('stays', 'stays', 'withdrawn', 'corrected', 'scheduled'),
})

/** A few documents, each signed later than the one before. */
const libraries = fc.array(paper, { minLength: 2, maxLength: 4 }).map(papers =>
  papers.map((one, at): Paper => {
    const signed = at * 120
    return {
      numbered: one.numbered,
      signedOn: day(signed),
      effectiveFrom: day(signed + one.lag),
      validUntil: one.term === null ? null : day(signed + one.lag + one.term),
      effects: one.effects
        .filter(effect => effect.back <= at)
        .map(({ after, ...effect }) => ({ ...effect, from: day(signed + after) })),
      fate: one.fate,
    }
  }),
)

/** Everything that happens, in the order of the papers; what is done to a document comes after its publication. */
const stepsOf = (papers: readonly Paper[]): Step[] =>
  papers.flatMap(({ fate }, at): Step[] => [
    { paper: at, act: 'publish' },
    ...(fate === 'withdrawn' ? [{ paper: at, act: 'withdraw' as const }] : []),
    ...(fate === 'corrected' ? [{ paper: at, act: 'correct' as const }] : []),
  ])

/** All orders in which a document is published before anything else is done to it. */
function ordersOf(steps: readonly Step[]): Step[][] {
  if (steps.length === 0) return [[]]
  return steps.flatMap((step, at) => {
    const mustWait =
      step.act !== 'publish' && steps.some(other => other.paper === step.paper && other.act === 'publish')
    if (mustWait) return []
    return ordersOf(steps.filter((_, other) => other !== at)).map(rest => [step, ...rest])
  })
}

/** What the dates say: effects of what is public in the end, whatever happened on the way. */
function expectedOn(papers: readonly Paper[], target: number, on: string, isOpen: (paper: Paper) => boolean) {
  const effects = papers.flatMap((paper, at) =>
    isOpen(paper) && paper.fate !== 'corrected'
      ? paper.effects
          .filter(effect => at - effect.back === target)
          .map(({ type, from }) => ({ type, effectiveFrom: from }))
      : [],
  )
  const one = papers[target]
  return one ? validityOn(one, effects, on) : undefined
}

let house: Publishing
let world = 0
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

/** Plays one order in a world of its own: names and theme are not those of any other. */
async function play(papers: readonly Paper[], order: readonly Step[]) {
  const serial = ++world
  const theme = `世界${serial}`
  const nameOf = (at: number) => `第${serial}世界的第${at}号办法`
  const numberOf = (at: number) => (papers[at]?.numbered ? `云政规〔2024〕${serial * 10 + at}号` : '')
  const lineOf = (at: number, effect: Said) => {
    const target = at - effect.back
    const number = effect.by === 'title' ? '' : numberOf(target)
    const title = effect.by === 'number' && number ? '' : `《${nameOf(target)}》`
    return `${number} ${title} @ ${effect.from}`.trim()
  }
  const made = new Map<number, { id: string; publicId: string }>()
  house.setTime(now)
  for (const { paper: at, act } of order) {
    const one = papers[at]
    if (!one) continue
    const facts = documentFacts(nameOf(at), {
      kind: 'policy',
      column: 'policies',
      docNo: numberOf(at),
      signedOn: one.signedOn,
      effectiveFrom: one.effectiveFrom,
      validUntil: one.validUntil ?? '',
      theme,
      ...Object.fromEntries(
        ['repeals', 'amends', 'partly-repeals'].map(type => [
          type,
          one.effects
            .filter(effect => effect.type === type)
            .map(effect => lineOf(at, effect))
            .join('\n'),
        ]),
      ),
    })
    const id = made.get(at)?.id ?? ''
    if (act === 'publish')
      made.set(
        at,
        await makePublic(
          house.system,
          house.at,
          facts,
          instant(one.fate === 'scheduled' ? '2026-11-24 09:00' : now),
        ),
      )
    // The corrected edition says nothing of others any more
    else if (act === 'correct')
      await correctPublic(house, id, { repeals: '', amends: '', 'partly-repeals': '' })
    else await takeDown(house.reviewer, { publicationId: id, how: 'withdrawn', reason: '有误', to: '' })
  }
  return { theme, made }
}

async function checkWorld(
  papers: readonly Paper[],
  { theme, made }: Awaited<ReturnType<typeof play>>,
  days: readonly string[],
  isOpen: (paper: Paper) => boolean,
) {
  const { db } = house.connection
  const filter = { siteId: house.at.site.id, theme }
  const open = papers.flatMap((paper, at) => (isOpen(paper) ? [at] : []))
  for (const on of days) {
    const expected = new Map(
      open.map(at => [made.get(at)?.publicId ?? '', expectedOn(papers, at, on, isOpen) as Validity]),
    )
    const listed = await listPublic(db, house.now(), { ...filter, on }, { page: 1, pageSize: 20 })
    expect(Object.fromEntries(listed.rows.map(row => [row.publicId, row.validity]))).toEqual(
      Object.fromEntries(expected),
    )
    const counted = await countFacet(db, house.now(), { ...filter, on }, 'validity')
    for (const validity of Object.keys(validities) as Validity[]) {
      const wanted = [...expected].filter(([, worth]) => worth === validity).map(([id]) => id)
      expect(counted.find(facet => facet.value === validity)?.count ?? 0).toBe(wanted.length)
      if (wanted.length === 0) continue
      const found = await listPublic(db, house.now(), { ...filter, on, validity }, { page: 1, pageSize: 20 })
      expect(found.rows.map(row => row.publicId).sort()).toEqual(wanted.sort())
    }
    // Pages are asked less often: they answer out of the very effects that lists are checked by
    if (on !== days[0] && on !== days.at(-1)) continue
    for (const [publicId, validity] of expected) {
      const { reply } = await visit(
        readerOf(house.system, house.at.site),
        itemRoutes('policies'),
        `/policies/${publicId}.json?on=${on}`,
      )
      expect(JSON.parse(String(reply.kind === 'content' && reply.body)).validity).toBe(validity)
    }
  }
}

/** The days around everything that may change something. */
function daysOf(papers: readonly Paper[]): string[] {
  const turning = papers.flatMap(one => [
    one.effectiveFrom,
    ...(one.validUntil ? [one.validUntil] : []),
    ...one.effects.map(effect => effect.from),
  ])
  const around = turning.flatMap(text =>
    [-1, 0, 1].map(step => new Date(Date.parse(text) + step * 86_400_000).toISOString().slice(0, 10)),
  )
  return [...new Set(around)].sort()
}

const openNow = (paper: Paper) => paper.fate !== 'withdrawn' && paper.fate !== 'scheduled'
const openLater = (paper: Paper) => paper.fate !== 'withdrawn'

async function holds(
  papers: readonly Paper[],
  orders: readonly (readonly Step[])[],
  days: readonly string[],
) {
  for (const order of orders) {
    const played = await play(papers, order)
    await checkWorld(papers, played, days, openNow)
    if (papers.every(paper => paper.fate !== 'scheduled')) continue
    house.setTime('2026-11-24 09:01')
    await settleOpenings.run(house.system, {})
    await checkWorld(papers, played, days, openLater)
    house.setTime(now)
  }
}

describe('validity on any day follows from any order of arrival (R-NOR)', () => {
  const plain = { numbered: true, effectiveFrom: day(0), validUntil: null, fate: 'stays' } as const
  const says = (type: EffectOnIt['type'], back: number, by: Said['by'], from: number): Said => ({
    type,
    back,
    by,
    from: day(from),
  })

  it('amended by number, then repealed by title, in all orders', async () => {
    const papers: Paper[] = [
      { ...plain, signedOn: day(0), effects: [], validUntil: day(900) },
      { ...plain, signedOn: day(100), effects: [says('amends', 1, 'number', 110)] },
      {
        ...plain,
        signedOn: day(200),
        effects: [says('repeals', 2, 'title', 400), says('partly-repeals', 1, 'both', 300)],
      },
    ]
    await holds(papers, ordersOf(stepsOf(papers)), [99, 110, 299, 300, 400, 901].map(day))
  }, 120_000)

  it('repealed by a document that is withdrawn, corrected or opens later, in all orders', async () => {
    for (const fate of ['withdrawn', 'corrected', 'scheduled'] as const) {
      const papers: Paper[] = [
        { ...plain, signedOn: day(0), effects: [] },
        { ...plain, signedOn: day(100), effects: [says('repeals', 1, 'both', 150)], fate },
        { ...plain, numbered: false, signedOn: day(200), effects: [says('amends', 2, 'number', 210)] },
      ]
      await holds(papers, ordersOf(stepsOf(papers)), [day(120), day(150), day(220), day(900)])
    }
  }, 180_000)

  it('for any few documents, in some of their orders', async () => {
    await fc.assert(
      fc.asyncProperty(
        libraries,
        fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
        fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
        async (papers, chosen, someDays) => {
          const [orders, days] = [ordersOf(stepsOf(papers)), daysOf(papers)]
          await holds(
            papers,
            [...new Set(chosen.map(at => at % orders.length))].map(at => orders[at] ?? []),
            [...new Set(someDays.map(at => at % days.length))].map(at => days[at] ?? ''),
          )
        },
      ),
      { numRuns: 10, interruptAfterTimeLimit: 90_000 },
    )
  }, 180_000)
})
