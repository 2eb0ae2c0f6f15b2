import type { Database } from '#platform/db/database'
import type { EntryFacet, EntryFilter, ValueCount } from './entry-filter.ts'
import { entryMemory } from './memory/entry-memory.ts'
import { memoryListing } from './memory/memory-listing.ts'
import type { Question } from './question.ts'
import { sqlListing } from './sql-listing.ts'

/** The hits with the words in the title, the others, or all. */
export type Part = 'all' | 'titles' | 'texts'

export interface Stretch {
  part: Part
  limit: number
  offset: number
  without?: ReadonlySet<number>
}

/** What a question and a filter leave, in no order but time. Two ways to it, which must give the same numbers. */
export interface Listing {
  total: number
  /** How many of them have the words in their title. */
  inTitle: number
  facets(names: readonly EntryFacet[]): Promise<Partial<Record<EntryFacet, ValueCount[]>>>
  /** Entry numbers, the newest first. */
  walk(stretch: Stretch): Promise<number[]>
  /** Those of `entries` that have the words in the title and pass the filter. */
  among(entries: readonly number[]): Promise<number[]>
  /** What was weighed of it, kept so long as it holds; null where nothing is kept. */
  weighed: Map<Part, number[]> | null
}

/** @param question words, or null for a list without any; `some`: any of them is enough */
export type List = (filter: EntryFilter, question: Question | null, some?: boolean) => Promise<Listing>

/** The way to listings that is open now: memory, caught up with all that was committed before this call, or the database. */
export async function openListings(db: Database, now: Date): Promise<List> {
  const memory = await entryMemory(db, now)
  return memory
    ? (filter, question, some = false) => memoryListing(db, memory, now, filter, question, some)
    : async (filter, question, some = false) => sqlListing(db, now, filter, question, some)
}
