import { fromDay } from '../days.ts'
import { type EntryFacet, type EntryFilter, type ValueCount, type Worth, worths } from '../entry-filter.ts'
import { absent, always, type EntryColumns, never, openForGood } from './entry-columns.ts'
import { Bits, type Hits } from './hits.ts'

export interface Counted {
  total: number
  facets: Record<EntryFacet, ValueCount[]>
  /** What is left after the filter: the newest first where few, else as bits. */
  left: Uint32Array | Bits
}

/** One pass over the hits: what is left, how many, and what every facet would leave without its own choice. */
export function count(columns: EntryColumns, hits: Hits, filter: EntryFilter, now: number): Counted {
  const { dictionaries } = columns
  const sites = dictionaries.site.marks([filter.siteId])
  const kinds = dictionaries.kind.marks(filter.kinds)
  const organs = dictionaries.organ.marks(filter.organIds)
  const themes = dictionaries.theme.marks(filter.theme === undefined ? undefined : [filter.theme])
  const genres = dictionaries.genre.marks(filter.genre === undefined ? undefined : [filter.genre])
  const forms = dictionaries.form.marks(filter.form === undefined ? undefined : [filter.form])
  const shown = columnMarks(columns, filter.columnIds)
  const withWorth = dictionaries.kind.marks(filter.kindsWithWorth)
  const from = filter.from?.getTime() ?? Number.NEGATIVE_INFINITY
  const before = filter.before?.getTime() ?? Number.POSITIVE_INFINITY
  const withoutArchive = filter.withoutArchive === true
  const day = fromDay(filter.day)
  const wanted = filter.worth === undefined ? -1 : worths.indexOf(filter.worth)
  const year = filter.year ?? -1
  const byKind = new Uint32Array(dictionaries.kind.size)
  const byOrgan = new Uint32Array(dictionaries.organ.size)
  const byTheme = new Uint32Array(dictionaries.theme.size)
  const byGenre = new Uint32Array(dictionaries.genre.size)
  const byForm = new Uint32Array(dictionaries.form.size)
  const byYear = new Uint32Array(lastYear + 1)
  const byWorth = new Uint32Array(worths.length)
  const asked = numbersOf(hits, columns.top)
  const left = scratch.left.ofAtLeast(asked.length)
  let total = 0

  // Millions of turns: plain numbers and arrays, no objects and no calls but the rare ones
  for (let at = 0; at < asked.length; at++) {
    const entry = asked[at] as number
    const state = columns.state[entry]
    if (state !== openForGood && (state === absent || !columns.isOpen(entry, now))) continue
    if (sites[columns.site[entry] as number] === 0 || shown[columns.columns[entry] as number] === 0) continue
    const sortAt = columns.sortAt[entry] as number
    if (sortAt < from || sortAt >= before || (withoutArchive && columns.archive[entry] === 1)) continue
    const kind = columns.kind[entry] as number
    const organ = columns.organ[entry] as number
    const theme = columns.theme[entry] as number
    const genre = columns.genre[entry] as number
    const form = columns.form[entry] as number
    const itsYear = columns.year[entry] as number
    const worth = withWorth[kind] === 1 ? worthOf(columns, entry, day) : -1
    // Which facets' own choices it fails
    let failed = 0
    if (kinds[kind] === 0) failed = 1
    if (organs[organ] === 0) failed |= 2
    if (themes[theme] === 0) failed |= 4
    if (genres[genre] === 0) failed |= 8
    if (forms[form] === 0) failed |= 16
    if (year !== -1 && year !== itsYear) failed |= 32
    if (wanted !== -1 && wanted !== worth) failed |= 64
    if (failed === 0) {
      left[total++] = entry
      addOne(byKind, kind)
      addOne(byOrgan, organ)
      addOne(byTheme, theme)
      addOne(byGenre, genre)
      addOne(byForm, form)
      addOne(byYear, itsYear)
      if (worth !== -1) addOne(byWorth, worth)
    } else if (failed === 1) addOne(byKind, kind)
    else if (failed === 2) addOne(byOrgan, organ)
    else if (failed === 4) addOne(byTheme, theme)
    else if (failed === 8) addOne(byGenre, genre)
    else if (failed === 16) addOne(byForm, form)
    else if (failed === 32) addOne(byYear, itsYear)
    else if (failed === 64 && worth !== -1) addOne(byWorth, worth)
  }

  return {
    total,
    left:
      total > Math.max(1000, columns.count >>> 6)
        ? Bits.of(left.subarray(0, total), columns.top)
        : newestFirst(columns, left.slice(0, total)),
    facets: {
      kind: named(byKind, dictionaries.kind.values),
      organ: named(byOrgan, dictionaries.organ.values),
      theme: named(byTheme, dictionaries.theme.values),
      genre: named(byGenre, dictionaries.genre.values),
      form: named(byForm, dictionaries.form.values),
      year: named(byYear, yearNames),
      worth: named(byWorth, worths),
    },
  }
}

const addOne = (tally: Uint32Array, code: number): void => {
  tally[code] = (tally[code] as number) + 1
}

const lastYear = 2999
const yearNames = Array.from({ length: lastYear + 1 }, (_, year) => String(year))

/** Room for entry numbers, used again by every count: nothing of it outlives the call, and counting never waits. */
class Room {
  private numbers = new Uint32Array(0)

  ofAtLeast(size: number): Uint32Array {
    if (this.numbers.length < size) this.numbers = new Uint32Array(Math.ceil(size * 1.25))
    return this.numbers
  }
}
const scratch = { asked: new Room(), left: new Room() }

/** The entry numbers of hits, in any order; gone with the next call. */
function numbersOf(hits: Hits, top: number): Uint32Array | Int32Array {
  if (hits !== 'all' && !(hits instanceof Bits))
    return hits.every(entry => entry < top) ? hits : hits.filter(entry => entry < top)
  const numbers = scratch.asked.ofAtLeast(top)
  if (hits === 'all') {
    for (let entry = 0; entry < top; entry++) numbers[entry] = entry
    return numbers.subarray(0, top)
  }
  let found = 0
  for (let at = 0; at < hits.words.length; at++) {
    let word = hits.words[at] as number
    while (word !== 0) {
      const lowest = word & -word
      const entry = (at << 5) + (31 - Math.clz32(lowest))
      if (entry < top) numbers[found++] = entry
      word ^= lowest
    }
  }
  return numbers.subarray(0, found)
}

/** The rule of `validityOn` (publications); that the two agree is tested there. -1: nothing can honestly be said. */
function worthOf(columns: EntryColumns, entry: number, day: number): number {
  const begins = columns.begins[entry] as number
  const until = columns.validUntil[entry] as number
  const repealed = columns.repealedFrom[entry] as number
  const amended = columns.amendedFrom[entry] as number
  const partly = columns.partlyFrom[entry] as number
  if (
    begins === always &&
    until === never &&
    repealed === never &&
    amended === never &&
    partly === never &&
    columns.archive[entry] === 1
  )
    return -1
  if (repealed <= day) return code.repealed
  if (until < day) return code.expired
  if (begins > day) return code['not-yet']
  if (partly <= day) return code['partly-lapsed']
  return amended <= day ? code.amended : code['in-force']
}

const code = Object.fromEntries(worths.map((worth, index) => [worth, index])) as Record<Worth, number>

function columnMarks(columns: EntryColumns, columnIds: readonly string[] | undefined): Uint8Array {
  const dictionary = columns.dictionaries.columns
  if (!columnIds) return new Uint8Array(dictionary.size).fill(1)
  const asked = new Set(columnIds)
  return Uint8Array.from(dictionary.values, value => (value?.split(',').some(id => asked.has(id)) ? 1 : 0))
}

const named = (tally: Uint32Array, values: readonly (string | null)[]): ValueCount[] =>
  values.flatMap((value, code) => {
    const n = tally[code] ?? 0
    return value !== null && n > 0 ? [{ value, count: n }] : []
  })

function newestFirst(columns: EntryColumns, entries: Uint32Array): Uint32Array {
  const { sortAt } = columns
  return entries.sort((a, b) => (sortAt[b] as number) - (sortAt[a] as number) || b - a)
}

/** A stretch of what is left by time, without some. */
export function walk(
  columns: EntryColumns,
  left: Uint32Array | Bits,
  stretch: { limit: number; offset: number; only?: Hits; but?: Hits; without?: ReadonlySet<number> },
): number[] {
  const { limit, offset, without } = stretch
  const there = ordered(columns, left, stretch.only, stretch.but)
  const found: number[] = []
  let skipped = 0
  for (const entry of there instanceof Bits ? columns.order : there) {
    if (found.length >= limit) break
    if ((there instanceof Bits && !there.has(entry)) || without?.has(entry)) continue
    if (skipped < offset) skipped++
    else found.push(entry)
  }
  return found
}

/** What is left and in `only` and not in `but`: where that is few, sorted, so that nobody walks far to find them. */
function ordered(
  columns: EntryColumns,
  left: Uint32Array | Bits,
  only: Hits = 'all',
  but: Hits | undefined = undefined,
): Uint32Array | Bits {
  if (only === 'all' && but === undefined) return left
  if (!(left instanceof Bits)) {
    const inOnly = tester(only)
    const inBut = but === undefined ? () => false : tester(but)
    return left.filter(entry => inOnly(entry) && !inBut(entry))
  }
  if (only !== 'all' && !(only instanceof Bits))
    return ordered(
      columns,
      newestFirst(
        columns,
        Uint32Array.from(only).filter(entry => left.has(entry)),
      ),
      'all',
      but,
    )
  const words = left.words.slice()
  const onlyWords = only instanceof Bits ? only.words : undefined
  if (onlyWords)
    for (let at = 0; at < words.length; at++) words[at] = (words[at] as number) & (onlyWords[at] ?? 0)
  const rest = new Bits(words)
  if (but instanceof Bits) {
    const butWords = but.words
    for (let at = 0; at < words.length; at++) words[at] = (words[at] as number) & ~(butWords[at] ?? 0)
  } else if (but !== undefined && but !== 'all') for (const entry of but) rest.clear(entry)
  const many = rest.count()
  return many > Math.max(1000, columns.count >>> 6)
    ? rest
    : newestFirst(columns, Uint32Array.from(numbersOf(rest, columns.top)))
}

function tester(hits: Hits): (entry: number) => boolean {
  if (hits === 'all') return () => true
  if (hits instanceof Bits) return entry => hits.has(entry)
  const set = new Set(hits)
  return entry => set.has(entry)
}
