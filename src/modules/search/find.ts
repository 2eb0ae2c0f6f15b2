import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { EntryFacet, EntryFilter, ValueCount } from './entry-filter.ts'
import type { Listing } from './listing.ts'
import { type Question, questionQuery, someQuery, termsQuery } from './question.ts'
import { type Candidate, fieldWeights, scoreOf, type Wanted, weighed } from './ranking.ts'
import { type Understood, understand } from './understand.ts'
import { worthIn } from './worth.ts'

export interface Asked {
  filter: EntryFilter
  /** What was typed, one text for each field; none: a list. */
  words: readonly string[]
  order: 'relevance' | 'newest'
}

export interface FoundEntry {
  publicationId: string
  editionId: string
}

export interface Found {
  entries: FoundEntry[]
  total: number
  facets: Partial<Record<EntryFacet, ValueCount[]>>
  understood: Understood
}

/** The entries of one page, how many there are, and the facets that are asked for. */
export async function findEntries(
  db: Database,
  now: Date,
  asked: Asked,
  paging: { limit: number; offset: number },
  facets: readonly EntryFacet[] = [],
): Promise<Found> {
  const { listing, question, some, understood } = await understand(db, now, asked)
  const [numbers, counted] = await Promise.all([
    paging.limit === 0
      ? []
      : question && asked.order === 'relevance'
        ? byRelevance(db, now, asked.filter, { listing, question, some }, paging)
        : listing.walk({ part: 'all', ...paging }),
    facets.length > 0 ? listing.facets(facets) : {},
  ])
  return { entries: await entriesAt(db, numbers), total: listing.total, facets: counted, understood }
}

/** How many there are. */
export async function countEntries(db: Database, now: Date, asked: Asked): Promise<number> {
  return (await understand(db, now, asked)).listing.total
}

/** Publication and edition of entries, in the order given; what went meanwhile is left out. */
async function entriesAt(db: Database, numbers: readonly number[]): Promise<FoundEntry[]> {
  if (numbers.length === 0) return []
  const { rows } = await sql<FoundEntry & { entryNo: number }>`
    select entry_no, publication_id, edition_id from search_entries where entry_no = any(${[...numbers]}::int[])`.execute(
    db,
  )
  const byNumber = new Map(rows.map(({ entryNo, ...entry }) => [entryNo, entry]))
  return numbers.flatMap(number => byNumber.get(number) ?? [])
}

interface Hit {
  listing: Listing
  question: Question
  some: boolean
}

/**
 * Titles that hold the words, then texts; of each the newest few hundred by score, the older ones after them by time. A page is cut
 * out of these four stretches, so that paging repeats and loses nothing.
 */
async function byRelevance(
  db: Database,
  now: Date,
  filter: EntryFilter,
  hit: Hit,
  { limit, offset }: { limit: number; offset: number },
): Promise<number[]> {
  const { listing } = hit
  const page: number[] = []
  let skip = offset
  const take = (entries: readonly number[]) => {
    page.push(...entries.slice(skip, skip + limit - page.length))
    skip = Math.max(0, skip - entries.length)
  }
  for (const [part, there, most] of [
    ['titles', listing.inTitle, weighed.titles],
    ['texts', listing.total - listing.inTitle, weighed.texts],
  ] as const) {
    if (page.length >= limit) break
    // Nothing of this part is on the page: no need to weigh it
    if (skip >= there) {
      skip -= there
      continue
    }
    const ranked = await weigh(db, now, filter, hit, part, most)
    take(ranked)
    const older = there - ranked.length
    if (page.length < limit && older > 0) {
      if (skip < older)
        page.push(
          ...(await listing.walk({
            part,
            limit: limit - page.length,
            offset: skip,
            without: new Set(ranked),
          })),
        )
      skip = Math.max(0, skip - older)
    }
  }
  return page
}

/** The newest of a part, the best first. A title that is exactly what was asked is among them, however old. */
async function weigh(
  db: Database,
  now: Date,
  filter: EntryFilter,
  { listing, question, some }: Hit,
  part: 'titles' | 'texts',
  most: number,
): Promise<number[]> {
  // Kept with the listing, so that the second page is as quick as the first and goes on from it
  const known = listing.weighed?.get(part)
  if (known) return known
  const [newest, same] = await Promise.all([
    listing.walk({ part, limit: most, offset: 0 }),
    part === 'titles' ? sameTitles(db, question).then(entries => listing.among(entries)) : [],
  ])
  const entries = [...new Set([...same, ...newest])]
  const query = some
    ? someQuery(question)
    : part === 'titles'
      ? termsQuery(question)
      : questionQuery(question)
  const candidates = await candidatesAt(db, filter, entries, entries.length > weighed.texts ? null : query)
  const wanted = wantedBy(question)
  const scores = new Map(candidates.map(one => [one.entryNo, scoreOf(one, wanted, now)]))
  const ranked = candidates
    .sort(
      (a, b) =>
        (scores.get(b.entryNo) ?? 0) - (scores.get(a.entryNo) ?? 0) ||
        b.sortAt.getTime() - a.sortAt.getTime() ||
        b.entryNo - a.entryNo,
    )
    .map(one => one.entryNo)
  listing.weighed?.set(part, ranked)
  return ranked
}

async function sameTitles(db: Database, question: Question): Promise<number[]> {
  if (question.heading.length < 2) return []
  const { rows } = await sql<{ entryNo: number }>`
    select entry_no from search_entries where heading = ${question.heading} order by sort_at desc limit 50`.execute(
    db,
  )
  return rows.map(row => row.entryNo)
}

async function candidatesAt(
  db: Database,
  filter: EntryFilter,
  entries: readonly number[],
  query: string | null,
): Promise<Candidate[]> {
  if (entries.length === 0) return []
  const rank = query
    ? sql`ts_rank_cd(${`{${fieldWeights.join(',')}}`}::float4[], s.tsv, ${query}::tsquery, 32)::float8`
    : sql`null::float8`
  const { rows } = await sql<Candidate>`
    select s.entry_no, s.heading, s.kind, s.sort_at, ${worthIn(filter.day, filter.kindsWithWorth)} as worth, ${rank} as text_rank
    from search_entries s where s.entry_no = any(${[...entries]}::int[])`.execute(db)
  return rows
}

function wantedBy(question: Question): Wanted {
  return {
    heading: question.heading,
    terms: question.terms.map(term => ({
      text: term.text,
      others: term.ways.filter(way => way.why !== 'parts').map(way => way.text),
    })),
  }
}
