import type { Database } from '#platform/db/database'
import { type Correction, correctionsOf } from './correct.ts'
import type { EntryFilter } from './entry-filter.ts'
import type { Asked } from './find.ts'
import { type List, type Listing, openListings } from './listing.ts'
import { readPinyin } from './pinyin-question.ts'
import { bySerial, type Question, readQuestion } from './question.ts'
import { fewHits } from './ranking.ts'

/** How a question was read, for the reader to see: nothing is exchanged silently. */
export interface Understood {
  /** Words to mark in what was found. */
  words: string[]
  /** The question was read as a document number; `alone`: nothing has the whole number, so only year and serial were asked for. */
  number: { year: string | null; serial: number; alone: boolean } | null
  /** Nothing was found for what was typed: this is shown instead. */
  corrected: Correction | null
  /** Little was found: this may have been meant. */
  offers: Correction[]
  /** Other words that count as found. */
  synonyms: { word: string; others: string[] }[]
  pinyin: { typed: string; words: string[] } | null
  /** Nothing has all of the words: what is shown has some of them. */
  someWords: boolean
}

export interface Reading {
  listing: Listing
  question: Question | null
  some: boolean
  understood: Understood
}

const tries = 3

/** Reads the words of a question and finds what answers them; where nothing does, what comes near. */
export async function understand(db: Database, now: Date, { filter, words }: Asked): Promise<Reading> {
  const open = await openListings(db, now)
  const typed = readQuestion(...words)
  if (!typed)
    return {
      listing: await open(filter, null),
      question: null,
      some: false,
      understood: nothingRead,
    }
  const spelled = await readPinyin(db, filter.siteId, typed)
  const list = (question: Question, some = false) => open(filter, question, some)
  const told = (question: Question, more: Partial<Understood> = {}): Understood => ({
    ...nothingRead,
    words: question.terms.flatMap(term => [term.text, ...term.ways.map(way => way.text)]),
    number: numberIn(question),
    synonyms: synonymsIn(question),
    ...more,
  })

  const asTyped = await list(typed)
  if (asTyped.total > 0 && !spelled) {
    const offers =
      asTyped.total <= fewHits && !typed.number
        ? await givingMore(db, open, filter, words, asTyped.total)
        : []
    return { listing: asTyped, question: typed, some: false, understood: told(typed, { offers }) }
  }
  if (spelled) {
    const listing = await list(spelled.question)
    const { question, ...pinyin } = spelled
    if (listing.total > asTyped.total)
      return { listing, question, some: false, understood: told(question, { pinyin }) }
  }
  const empty: Reading = { listing: asTyped, question: typed, some: false, understood: told(typed) }
  // Where the other conditions leave nothing, other words would be no help
  if (asTyped.total > 0 || (isNarrowed(filter) && (await countBare(open, filter, typed)) > 0)) return empty
  const serial = bySerial(typed)
  if (serial) {
    const listing = await list(serial)
    const number = numberIn(typed)
    return listing.total === 0 || !number
      ? empty
      : {
          listing,
          question: serial,
          some: false,
          understood: told(serial, { number: { ...number, alone: true } }),
        }
  }
  if (typed.number) return empty
  for (const correction of (await corrections(db, filter, words)).slice(0, tries)) {
    const question = readQuestion(correction.question, ...words.slice(1))
    const listing = question && (await list(question))
    if (question && listing && listing.total > 0)
      return { listing, question, some: false, understood: told(question, { corrected: correction }) }
  }
  if (typed.terms.length > 1) {
    const listing = await list(typed, true)
    if (listing.total > 0)
      return { listing, question: typed, some: true, understood: told(typed, { someWords: true }) }
  }
  return empty
}

const nothingRead: Understood = {
  words: [],
  number: null,
  corrected: null,
  offers: [],
  synonyms: [],
  pinyin: null,
  someWords: false,
}

const corrections = (db: Database, filter: EntryFilter, words: readonly string[]) =>
  correctionsOf(db, filter.siteId, words[0] ?? '')

/** Corrections that find more than what was typed. */
async function givingMore(
  db: Database,
  open: List,
  filter: EntryFilter,
  words: readonly string[],
  than: number,
): Promise<Correction[]> {
  const better: Correction[] = []
  for (const correction of (await corrections(db, filter, words)).slice(0, tries)) {
    const question = readQuestion(correction.question, ...words.slice(1))
    if (question && (await open(filter, question)).total > than) better.push(correction)
  }
  return better
}

const narrowing = [
  'kinds',
  'organIds',
  'columnIds',
  'theme',
  'genre',
  'form',
  'year',
  'from',
  'before',
  'worth',
] as const

const isNarrowed = (filter: EntryFilter) => narrowing.some(name => filter[name] !== undefined)

async function countBare(open: List, filter: EntryFilter, question: Question): Promise<number> {
  const { siteId, day, kindsWithWorth } = filter
  return (await open({ siteId, day, kindsWithWorth }, question)).total
}

function numberIn({ number }: Question): Understood['number'] {
  if (!number) return null
  const [year, serial] = number.serial.split('-')
  return { year: year === '令' ? null : (year ?? null), serial: Number(serial), alone: false }
}

const synonymsIn = (question: Question) =>
  question.terms.flatMap(term => {
    const others = term.ways.filter(way => way.why === 'synonym').map(way => way.text)
    return others.length > 0 ? [{ word: term.text, others }] : []
  })
