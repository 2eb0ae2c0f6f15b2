import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#lib/ids'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { siteRow } from '../../../test/make/edition-rows.ts'
import { testDatabase } from '../../../test/make/test-database.ts'
import { endEntries, removeEntries, setValidityDates } from './entries.ts'
import { makeEntries } from './entries-for-tests.ts'
import { type EntryFilter, facetNames, worths } from './entry-filter.ts'
import type { Listing, Part } from './listing.ts'
import { entryMemory } from './memory/entry-memory.ts'
import { memoryListing } from './memory/memory-listing.ts'
import { readQuestion } from './question.ts'
import { sqlListing } from './sql-listing.ts'

let connection: Connection
let drop: () => Promise<void>
let site: { siteId: string; organId: string }
const now = new Date('2026-11-23T02:00:00Z')
const many = 160

beforeAll(async () => {
  const made = await testDatabase()
  drop = made.drop
  connection = connect(made.url, { role: applicationRole })
  site = await siteRow(connection.db)
  const other = await siteRow(connection.db)
  await makeEntries(connection.db, site, facts(many))
  await makeEntries(connection.db, other, facts(20))
})
afterAll(async () => {
  await connection.close()
  await drop()
})

/** The same numbers every time, scattered. */
let seed = 7
const random = (below: number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return Math.floor((seed / 2 ** 31) * below)
}
const oneOf = <T>(values: readonly T[]): T => values[random(values.length)] as T
const day = () => `20${20 + random(9)}-0${1 + random(9)}-${10 + random(18)}`
const maybe = <T>(value: () => T): T | null => (random(3) === 0 ? value() : null)
const organs = [uuidv7(), uuidv7(), uuidv7()]
const columns = [uuidv7(), uuidv7(), uuidv7()]
const words = ['饮水安全', '公租房', '最低生活保障', '烟花爆竹', '规划', '补贴']

function facts(number: number) {
  return Array.from({ length: number }, (_, index) => {
    const from = new Date(now.getTime() + (random(5) === 0 ? 1 : -1) * random(1e9))
    return {
      title: `关于${oneOf(words)}${oneOf(words)}的${oneOf(['通知', '办法', '公告'])}`,
      docNo: maybe(() => `云政发〔${2020 + random(7)}〕${1 + random(40)}号`),
      body: `${oneOf(words)}和${oneOf(words)}，公开。`,
      publicationId: uuidv7(),
      organId: oneOf(organs),
      kind: oneOf(['policy', 'normative-document', 'notice']),
      theme: maybe(() => oneOf(['民政', '城建'])),
      genre: maybe(() => oneOf(['通知', '办法'])),
      form: maybe(() => oneOf(['text', 'chart'])),
      columnIds: columns.filter(() => random(2) === 0),
      archive: random(4) === 0,
      // Some at the very same instant: then the later number goes first
      sortAt: new Date(Date.UTC(2020 + random(6), random(12), 1 + (index % 3))),
      publicFrom: from,
      publicUntil: maybe(() => new Date(from.getTime() + random(2e9))),
      signedOn: maybe(day),
      effectiveFrom: maybe(day),
      validUntil: maybe(day),
    }
  })
}

const filterOf = (more: Partial<EntryFilter> = {}): EntryFilter => ({
  siteId: site.siteId,
  day: '2026-11-23',
  kindsWithWorth: ['policy', 'normative-document'],
  ...more,
})

const questions = [
  [],
  ['饮水安全'],
  ['公开'],
  ['公租房 补贴'],
  ['云政发〔2024〕12号'],
  ['水'],
  ['规划', '补贴'],
  ['规划 -补贴'],
  ['《饮水安全公租房》'],
  ['“规划补贴”'],
  ['低保'],
]
const filters = (): Partial<EntryFilter>[] => [
  {},
  { kinds: ['policy'] },
  { organIds: [organs[0] as string] },
  { columnIds: columns.slice(0, 2) },
  { theme: '民政', year: 2024 },
  { genre: '办法', withoutArchive: true },
  { form: 'chart' },
  { from: new Date('2021-01-01T00:00:00Z'), before: new Date('2023-06-01T00:00:00Z') },
  ...worths.map(worth => ({ worth })),
  { worth: 'in-force', day: '2023-05-05', kinds: ['policy', 'notice'] },
  { columnIds: [] },
]

async function told(listing: Listing) {
  const counted = await listing.facets(facetNames)
  const walked: Record<string, number[]> = {}
  for (const part of ['all', 'titles', 'texts'] as Part[]) {
    walked[part] = await listing.walk({ part, limit: 30, offset: 0 })
    walked[`${part} later`] = await listing.walk({
      part,
      limit: 5,
      offset: 7,
      without: new Set(walked[part].slice(2, 4)),
    })
  }
  return {
    total: listing.total,
    inTitle: listing.inTitle,
    facets: Object.fromEntries(
      facetNames.map(name => [
        name,
        Object.fromEntries((counted[name] ?? []).map(one => [one.value, one.count])),
      ]),
    ),
    walked,
    among: await listing.among(walked.all ?? []),
  }
}

async function expectSame(at = now, every = 1): Promise<number> {
  const { db } = connection
  let totals = 0
  for (const asked of questions)
    for (const [index, more] of filters().entries()) {
      // Not each with each: the same code runs for all
      if ((index + asked.length + (asked[0]?.length ?? 0)) % every !== 0) continue
      const memory = await entryMemory(db, at, { atOnce: true })
      if (!memory) throw new Error('no memory')
      const question = readQuestion(...asked)
      const bySql = await told(await sqlListing(db, at, filterOf(more), question, false))
      const byMemory = await told(await memoryListing(db, memory, at, filterOf(more), question, false))
      expect(byMemory, `${asked.join('+')} ${JSON.stringify(more)}`).toEqual(bySql)
      totals += bySql.total
    }
  return totals
}

describe('the two ways to a listing', () => {
  it('give the same numbers for every question and filter', async () => {
    expect(await expectSame()).toBeGreaterThan(500)
  })

  it('and go on doing so after everything that can happen to an entry', async () => {
    const { db } = connection
    const { rows } = await sql<{ id: string; from: Date }>`
      select publication_id as id, public_from as from from search_entries where site_id = ${site.siteId} order by entry_no`.execute(
      db,
    )
    await removeEntries(
      db,
      rows.slice(0, 20).map(row => row.id),
    )
    await setValidityDates(
      db,
      rows.slice(20, 60).map((row, index) => ({
        publicationId: row.id,
        repealedFrom: index % 3 === 0 ? '2024-01-01' : null,
        amendedFrom: index % 3 === 1 ? '2025-01-01' : null,
        partlyFrom: index % 4 === 1 ? '2025-06-01' : null,
      })),
    )
    for (const row of rows.slice(60, 80)) await endEntries(db, row.id, new Date(now.getTime() - 1000))
    await makeEntries(db, site, facts(40))
    await expectSame(now, 3)
  })

  it('and as time goes by, without anything being written', async () => {
    const later = new Date(now.getTime() + 3e8)
    const before = (await sqlListing(connection.db, now, filterOf(), null, false)).total
    expect((await sqlListing(connection.db, later, filterOf(), null, false)).total).not.toBe(before)
    await expectSame(later, 4)
  })

  it('hears of a transaction that took its number first and committed last', async () => {
    const { db } = connection
    await entryMemory(db, now, { atOnce: true })
    let commit: () => void = () => undefined
    const waits = new Promise<void>(resolve => {
      commit = resolve
    })
    let inserted: () => void = () => undefined
    const isIn = new Promise<void>(resolve => {
      inserted = resolve
    })
    const slow = db.transaction().execute(async inside => {
      await makeEntries(inside, site, [{ title: '关于蜗牛的通知' }])
      inserted()
      await waits
    })
    await isIn
    await makeEntries(db, site, [{ title: '关于兔子的通知' }])
    const found = async (word: string) => {
      const memory = await entryMemory(db, now)
      if (!memory) throw new Error('no memory')
      return (await memoryListing(db, memory, now, filterOf(), readQuestion(word), false)).total
    }
    const before = [await found('兔子'), await found('蜗牛')]
    commit()
    await slow
    expect(before).toEqual([1, 0])
    expect(await found('蜗牛')).toBe(1)
  })
})
