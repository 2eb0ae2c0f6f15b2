import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { tokensToAsk } from '../tokens.ts'
import { quoted } from '../vectors.ts'
import { EntryColumns } from './entry-columns.ts'
import { Bits, bytesOf, compact, readPacked } from './hits.ts'
import { readAfter, readChanges, snapshot } from './load.ts'

/** From how many entries on it is worth it: below, the database counts as fast. */
const worthIt = 5000
/** How long to wait before asking again whether there are enough. */
const askAgainAfter = 60_000
/** Hits that are kept, in bytes. */
const mostHits = 64 * 2 ** 20
/** More newcomers than this: hits are read anew instead of being completed. */
const mostNewcomers = 2000

/** Words in more than this share of all entries are read beforehand, so many at most. */
const oftenEnough = 0.06
const mostPreloaded = 150

interface Kept {
  hits: Int32Array | Bits
  /** How many arrivals had been heard of. */
  heard: number
}

let limit = 512 * 2 ** 20

/** How much may be kept in memory; 0 leaves everything to the database. The numbers are the same, only slower. */
export function limitEntryMemory(megabytes: number): void {
  limit = megabytes * 2 ** 20
}

const memories = new WeakMap<Database, EntryMemory>()

/** What this process keeps of a database's entries; null inside a transaction, while loading, and where it is not worth it. */
export async function entryMemory(
  db: Database,
  now: Date,
  options: { atOnce?: boolean } = {},
): Promise<EntryMemory | null> {
  if (db.isTransaction || limit === 0) return null
  let memory = memories.get(db)
  if (!memory) {
    memory = new EntryMemory(db)
    memories.set(db, memory)
  }
  return (await memory.current(now.getTime(), options.atOnce ?? false)) ? memory : null
}

/** Begins to read what searches count in, so that the first reader need not wait for it. */
export const warmEntryMemory = async (db: Database, now: Date): Promise<void> => {
  await entryMemory(db, now)
}

export class EntryMemory {
  readonly columns = new EntryColumns()
  private seen = ''
  private state: 'empty' | 'loading' | 'ready' | 'too-large' = 'empty'
  private askedAt = 0
  private catching: Promise<void> | undefined
  private queued: Promise<void> | undefined
  private readonly kept = new Map<string, Kept>()
  private keptBytes = 0
  private readonly asked = new Map<string, Promise<Int32Array | Bits>>()

  private readonly db: Database

  constructor(db: Database) {
    this.db = db
  }

  /** Whether it is there and up to date with everything that was committed before this call. */
  async current(now: number, atOnce: boolean): Promise<boolean> {
    if (this.state === 'ready') {
      await this.catchUp(now)
      return true
    }
    if (this.state === 'empty' && (atOnce || Date.now() - this.askedAt > askAgainAfter)) {
      this.askedAt = Date.now()
      const loading = this.load(now, atOnce)
      if (atOnce) {
        await loading
        return this.current(now, false)
      }
      loading.catch(() => {
        this.state = 'empty'
      })
    }
    return false
  }

  /** Which entries hold the words; kept, because the words of an entry never change. */
  async hits(column: 'words' | 'titles', tsquery: string): Promise<Int32Array | Bits> {
    const key = `${column} ${tsquery}`
    const known = this.kept.get(key)
    if (known && this.columns.arrivals.length - known.heard <= mostNewcomers) {
      await this.complete(known, column, tsquery)
      this.kept.delete(key)
      this.kept.set(key, known)
      return known.hits
    }
    // Several who ask for the same words at once wait for one answer
    const asked = this.asked.get(key) ?? this.read(key, column, tsquery).finally(() => this.asked.delete(key))
    this.asked.set(key, asked)
    const hits = await asked
    const kept = this.kept.get(key)
    if (!kept) return hits
    await this.complete(kept, column, tsquery)
    return kept.hits
  }

  private async read(key: string, column: 'words' | 'titles', tsquery: string): Promise<Int32Array | Bits> {
    const heard = this.columns.arrivals.length
    const { rows } = await (column === 'words'
      ? sql<{ hits: Buffer | null }>`select search_hits(${tsquery}::tsquery) as hits`
      : sql<{ hits: Buffer | null }>`select search_title_hits(${tsquery}::tsquery) as hits`
    ).execute(this.db)
    const hits = compact(readPacked(rows[0]?.hits ?? null), this.columns.top)
    this.keep(key, { hits, heard })
    return hits
  }

  /** Whether a word's hits are here already. */
  knows(column: 'words' | 'titles', tsquery: string): boolean {
    return this.kept.has(`${column} ${tsquery}`)
  }

  private keep(key: string, kept: Kept): void {
    const before = this.kept.get(key)
    if (before) this.keptBytes -= bytesOf(before.hits)
    this.kept.delete(key)
    this.kept.set(key, kept)
    this.keptBytes += bytesOf(kept.hits)
    for (const [oldest, { hits }] of this.kept) {
      if (this.keptBytes <= mostHits && this.kept.size <= 5000) break
      this.kept.delete(oldest)
      this.keptBytes -= bytesOf(hits)
    }
  }

  /** Asks the newcomers for the words. */
  private async complete(kept: Kept, column: 'words' | 'titles', tsquery: string): Promise<void> {
    const heard = this.columns.arrivals.length
    if (kept.heard === heard) return
    const newcomers = this.columns.arrivals.slice(kept.heard)
    const vector = sql.ref(column === 'words' ? 'tsv' : 'title_tsv')
    const { rows } = await sql<{ entryNo: number }>`
      select entry_no from search_entries where entry_no = any(${newcomers}) and ${vector} @@ ${tsquery}::tsquery`.execute(
      this.db,
    )
    const found = rows.map(row => row.entryNo)
    if (found.length > 0) {
      const before = bytesOf(kept.hits)
      kept.hits = withMore(kept.hits, found, this.columns.top)
      this.keptBytes += bytesOf(kept.hits) - before
    }
    kept.heard = heard
  }

  /** Whoever asks while the changes are being read waits for the next reading, which begins later than its question. */
  private catchUp(now: number): Promise<void> {
    if (!this.catching) {
      this.catching = this.readNews(now).finally(() => {
        this.catching = undefined
      })
      return this.catching
    }
    this.queued ??= this.catching
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined
        return this.catchUp(now)
      })
    return this.queued
  }

  private async readNews(now: number): Promise<void> {
    const before = this.seen
    let after = 0
    let seen: string | undefined
    for (;;) {
      const news = await readChanges(this.db, before, after)
      seen ??= news.seen
      // What was removed may be among the entries of an earlier chunk
      if (news.batch) {
        this.columns.add(news.batch, now)
        after = news.batch.entryNo.at(-1) ?? after
      }
      this.columns.remove(news.removed)
      if (!news.full) break
    }
    this.seen = seen
  }

  private async load(now: number, atOnce: boolean): Promise<void> {
    const { rows } = await sql<{ entries: number }>`
      select greatest(reltuples, 0)::float8 as entries from pg_class where oid = 'search_entries'::regclass`.execute(
      this.db,
    )
    const expected = rows[0]?.entries ?? 0
    if (!atOnce && expected < worthIt) return
    if (expected * 70 > limit) {
      this.state = 'too-large'
      return
    }
    this.state = 'loading'
    this.seen = await snapshot(this.db)
    let after = 0
    for (;;) {
      const batch = await readAfter(this.db, after)
      if (!batch) break
      this.columns.add(batch, now)
      after = batch.entryNo.at(-1) ?? after
    }
    this.columns.arrivals.length = 0
    this.state = 'ready'
    if (!atOnce) void this.preload().catch(() => undefined)
  }

  /**
   * Reads beforehand who holds the most frequent words: the first to ask for one of them would wait for the longest lists of the
   * index. Which they are the statistics of the database tell.
   */
  private async preload(): Promise<void> {
    for (const [column, name] of [
      ['words', 'tsv'],
      ['titles', 'title_tsv'],
    ] as const) {
      const { rows } = await sql<{ word: string }>`
        select word from (
          select unnest(most_common_elems::text::text[]) as word, unnest(most_common_elem_freqs) as share
          from pg_stats where schemaname = current_schema() and tablename = 'search_entries' and attname = ${name}) as common
        where share > ${oftenEnough} and word is not null order by share desc`.execute(this.db)
      // Parts of words and characters are in the index too, but hardly anybody asks for them
      const asked = rows
        .map(row => row.word)
        .filter(word => word.length > 1 && tokensToAsk(word).join() === word)
      for (const word of asked.slice(0, mostPreloaded)) await this.hits(column, quoted(word))
    }
  }
}

function withMore(hits: Int32Array | Bits, more: readonly number[], top: number): Int32Array | Bits {
  if (!(hits instanceof Bits)) return compact(Int32Array.from(new Set([...hits, ...more])), top)
  const wider = new Bits(new Uint32Array(Math.max(hits.words.length, (top >>> 5) + 1)))
  wider.words.set(hits.words)
  for (const entry of more) wider.set(entry)
  return wider
}
