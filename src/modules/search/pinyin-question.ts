import type { Database } from '#platform/db/database'
import { type Question, type Term, wayOf } from './question.ts'
import { type KnownWord, wordsBeginning, wordsSpelled } from './vocabulary.ts'

const letters = /^[a-z]{3,24}$/

/**
 * Reads letters as pinyin of words of the vocabulary, in full (`yinshui`, also several words in a row) or by initials
 * (`ysaq`). The letters themselves stay one way to find it. Null when they are no pinyin of ours.
 */
export async function readPinyin(
  db: Database,
  siteId: string,
  question: Question,
): Promise<{ question: Question; typed: string; words: string[] } | null> {
  const term = question.terms.find(one => letters.test(one.text))
  if (!term) return null
  const read =
    (await cut(db, siteId, term.text, 'pinyin')) ??
    (await cut(db, siteId, term.text, 'initials')) ??
    (await begun(db, siteId, term.text))
  if (!read) return null
  const terms: Term[] = read.map(words => ({
    text: words[0]?.term ?? '',
    own: [wayOf(words[0]?.term ?? '', 'pinyin').tokens],
    ways: words.slice(1).map(word => wayOf(word.term, 'pinyin')),
  }))
  return {
    question: {
      ...question,
      heading: read.map(words => words[0]?.term ?? '').join(''),
      terms: question.terms.flatMap(one => (one === term ? terms : [one])),
    },
    typed: term.text,
    words: read.flatMap(words => words.map(word => word.term)).slice(0, 6),
  }
}

/** The fewest words that together are spelled so; for each stretch the words that sound alike. */
async function cut(
  db: Database,
  siteId: string,
  typed: string,
  by: 'pinyin' | 'initials',
): Promise<KnownWord[][] | null> {
  const least = by === 'pinyin' ? 3 : 2
  const pieces = new Set<string>()
  for (let from = 0; from < typed.length; from++)
    for (let to = from + least; to <= typed.length; to++) pieces.add(typed.slice(from, to))
  const words = Map.groupBy(await wordsSpelled(db, siteId, [...pieces], by), word => word.letters)
  const best: (KnownWord[][] | null)[] = [[]]
  for (let to = 1; to <= typed.length; to++) {
    best[to] = null
    for (let from = 0; from <= to - least; from++) {
      const before = best[from]
      const here = words.get(typed.slice(from, to))
      // Initials say little: more than one word of them would be guessing
      if (!before || !here || (by === 'initials' && from > 0)) continue
      if (!best[to] || before.length + 1 < (best[to]?.length ?? 0)) best[to] = [...before, here.slice(0, 4)]
    }
  }
  return best[typed.length] ?? null
}

/** Words that only begin so: the letters may be a part of what the vocabulary holds (停车 of 停车场). */
async function begun(db: Database, siteId: string, typed: string): Promise<KnownWord[][] | null> {
  const words = await wordsBeginning(db, siteId, typed)
  return words.length > 0 ? [words.slice(0, 4)] : null
}
