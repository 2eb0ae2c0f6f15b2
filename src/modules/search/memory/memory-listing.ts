import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { EntryFilter } from '../entry-filter.ts'
import type { Listing, Part, Stretch } from '../listing.ts'
import { alternativesOf, type Question, someQuery, type Term, termsQuery } from '../question.ts'
import { type Counted, count, walk } from './count.ts'
import type { EntryMemory } from './entry-memory.ts'
import { Bits, both, bytesOf, either, type Hits, ones } from './hits.ts'

/** A phrase is looked up in the vectors themselves: so many, the newest, and in titles only when there are more. */
const mostForPhrase = 3000
/** What was counted is remembered so long as nothing changes. */
const mostRemembered = 24 * 2 ** 20

interface Remembered {
  counted: Counted
  titles: Hits
  inTitle: number
  version: number
  /** Holds from when it was counted until the next edition opens or closes. */
  from: number
  until: number
  bytes: number
  weighed: Map<Part, number[]>
}

const remembered = new WeakMap<EntryMemory, Map<string, Remembered>>()

/** A listing out of memory: words come as numbers from the index, everything else is counted here. */
export async function memoryListing(
  db: Database,
  memory: EntryMemory,
  now: Date,
  filter: EntryFilter,
  question: Question | null,
  some: boolean,
): Promise<Listing> {
  const { columns } = memory
  const key = JSON.stringify([filter, question && [question.terms, question.phrases, question.without], some])
  const found =
    recall(memory, key, now.getTime()) ??
    (await together(memory, key, now.getTime(), () => read(db, memory, now, filter, question, some, key)))
  const { counted, titles, inTitle } = found
  const parts = (stretch: Stretch) =>
    stretch.part === 'titles' ? { only: titles } : stretch.part === 'texts' ? { but: titles } : {}
  return {
    total: counted.total,
    inTitle,
    facets: async () => counted.facets,
    walk: async stretch => walk(columns, counted.left, { ...stretch, ...parts(stretch) }),
    among: async entries => {
      const asked = new Set(entries)
      const left = counted.left
      const passing =
        left instanceof Bits
          ? entries.filter(entry => left.has(entry))
          : left.filter(entry => asked.has(entry))
      return walk(columns, Uint32Array.from(passing), { limit: entries.length, offset: 0, only: titles })
    },
    weighed: found.weighed,
  }
}

async function read(
  db: Database,
  memory: EntryMemory,
  now: Date,
  filter: EntryFilter,
  question: Question | null,
  some: boolean,
  key: string,
): Promise<Remembered> {
  const { columns } = memory
  const [hits, titles] = question
    ? await hitsOf(db, memory, question, some)
    : (['all', new Int32Array(0)] as [Hits, Hits])
  const { version } = columns
  const counted = count(columns, hits, filter, now.getTime())
  const inTitle = question ? countBoth(counted.left, titles) : 0
  const bytes =
    (counted.left instanceof Bits ? bytesOf(counted.left) : counted.left.byteLength) + bytesOf(titles) + 4000
  const whole = {
    counted,
    titles,
    inTitle,
    version,
    from: now.getTime(),
    until: columns.nextBoundary(now.getTime()),
    bytes,
    weighed: new Map<Part, number[]>(),
  }
  remember(memory, key, whole)
  return whole
}

const underWay = new WeakMap<EntryMemory, Map<string, Promise<Remembered>>>()

/** A page asks for its rows and its facets at once: they are counted once. */
async function together(
  memory: EntryMemory,
  key: string,
  now: number,
  reading: () => Promise<Remembered>,
): Promise<Remembered> {
  const all = underWay.get(memory) ?? new Map<string, Promise<Remembered>>()
  underWay.set(memory, all)
  const same = `${memory.columns.version} ${key}`
  const known = await all.get(same)
  if (known && known.from <= now && now < known.until) return known
  const one = reading().finally(() => all.delete(same))
  all.set(same, one)
  return one
}

function recall(memory: EntryMemory, key: string, now: number): Remembered | undefined {
  const known = remembered.get(memory)?.get(key)
  return known && known.version === memory.columns.version && known.from <= now && now < known.until
    ? known
    : undefined
}

function remember(memory: EntryMemory, key: string, one: Remembered): void {
  const all = remembered.get(memory) ?? new Map<string, Remembered>()
  remembered.set(memory, all)
  all.delete(key)
  all.set(key, one)
  let bytes = 0
  for (const { bytes: its } of all.values()) bytes += its
  for (const [oldest, { bytes: its }] of all) {
    if (bytes <= mostRemembered) break
    all.delete(oldest)
    bytes -= its
  }
}

/** Hits of the words, and those that have them in the title. */
async function hitsOf(
  db: Database,
  memory: EntryMemory,
  question: Question,
  some: boolean,
): Promise<[Hits, Hits]> {
  const whole = some ? someQuery(question) : termsQuery(question)
  const [hits, titles] = await Promise.all([
    some ? memory.hits('words', whole) : hitsOfTerms(memory, question, whole),
    memory.hits('titles', whole),
  ])
  if (question.phrases.length === 0 || some) return [hits, titles]
  const asked = sizeOf(hits) <= mostForPhrase ? hits : titles
  const newest = walk(memory.columns, leftOf(asked), { limit: mostForPhrase, offset: 0 })
  const { rows } = await sql<{ entryNo: number }>`
    select entry_no from search_entries where entry_no = any(${newest})
      and tsv @@ ${question.phrases.map(phrase => `(${phrase})`).join(' & ')}::tsquery`.execute(db)
  return [Int32Array.from(rows, row => row.entryNo), titles]
}

const leftOf = (hits: Hits): Uint32Array | Bits =>
  hits instanceof Bits ? hits : hits === 'all' ? new Uint32Array(0) : new Uint32Array(hits)

/** Words whose hits are here already are joined and cut with one another here; only the others are asked of the index. */
async function hitsOfTerms(memory: EntryMemory, question: Question, whole: string): Promise<Hits> {
  if (memory.knows('words', whole) || question.without.length > 0) return memory.hits('words', whole)
  const isKnown = (term: Term) =>
    alternativesOf(term)
      .flat()
      .every(token => memory.knows('words', token))
  const others = question.terms.filter(term => !isKnown(term))
  const hits = await Promise.all([
    ...question.terms.filter(isKnown).map(term => hitsOfTerm(memory, term)),
    ...(others.length > 0 ? [memory.hits('words', termsQuery({ ...question, terms: others }))] : []),
  ])
  return hits.reduce<Hits>(both, 'all')
}

async function hitsOfTerm(memory: EntryMemory, term: Term): Promise<Hits> {
  const alternatives = await Promise.all(
    alternativesOf(term).map(async tokens => {
      const hits = await Promise.all(tokens.map(token => memory.hits('words', token)))
      return hits.reduce<Hits>(both, 'all')
    }),
  )
  return alternatives.reduce((a, b) => either(a, b, memory.columns.top))
}

const sizeOf = (hits: Hits): number =>
  hits === 'all' ? Number.POSITIVE_INFINITY : hits instanceof Bits ? hits.count() : hits.length

function countBoth(left: Uint32Array | Bits, titles: Hits): number {
  if (titles === 'all') return 0
  let n = 0
  if (left instanceof Bits && titles instanceof Bits) {
    for (let at = 0; at < left.words.length; at++)
      n += ones((left.words[at] as number) & (titles.words[at] ?? 0))
  } else if (left instanceof Bits) for (const entry of titles as Int32Array) n += left.has(entry) ? 1 : 0
  else {
    const inTitles = titles instanceof Bits ? titles : new Set(titles)
    for (const entry of left) n += inTitles.has(entry) ? 1 : 0
  }
  return n
}
