import type { Database } from '#platform/db/database'
import { placesToAsk } from './tokens.ts'
import { type KnownWord, spelled, wordsLike, wordsSpelled } from './vocabulary.ts'

/** A question with one word exchanged for what was probably meant. */
export interface Correction {
  from: string
  to: string
  question: string
}

/** Whether one character was mistaken, left out, added, or changed places with the next. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b) return false
  let front = 0
  while (front < a.length && front < b.length && a[front] === b[front]) front++
  let back = 0
  while (back < a.length - front && back < b.length - front && a.at(-1 - back) === b.at(-1 - back)) back++
  const inA = a.length - front - back
  const inB = b.length - front - back
  if (Math.max(inA, inB) <= 1) return true
  return inA === 2 && inB === 2 && a[front] === b[front + 1] && a[front + 1] === b[front]
}

/**
 * Pieces of a question that may hold the mistake: jieba cuts a misspelled word into single characters, so these are joined with each
 * other and their neighbours; longer pieces first, because what is near a longer word is more surely meant.
 */
export function suspects(question: string): string[] {
  const places = placesToAsk(question).filter(({ token }) => /^\p{Script=Han}+$/u.test(token))
  const found = new Set<string>()
  for (let from = 0; from < places.length; from++) {
    let piece = ''
    let single = false
    for (const [index, { token, at }] of places.slice(from).entries()) {
      const before = places[from + index - 1]
      if (index > 0 && before && before.at + before.token.length !== at) break
      piece += token
      single ||= token.length === 1
      if (piece.length > 8) break
      if (piece.length >= 2 && (single || index < 2)) found.add(piece)
    }
  }
  return [...found].sort((a, b) => b.length - a.length).slice(0, 12)
}

/** What the question may have meant, the likeliest first: homophones before other slips, then the more frequent word. */
export async function correctionsOf(db: Database, siteId: string, question: string): Promise<Correction[]> {
  const pieces = suspects(question)
  const sounds = new Map(pieces.map(piece => [spelled(piece).pinyin, piece]))
  const homophones = await wordsSpelled(db, siteId, [...sounds.keys()], 'pinyin')
  const found: (Correction & { weight: number })[] = []
  const add = (piece: string, word: KnownWord, likeness: number) => {
    if (word.term === piece) return
    found.push({
      from: piece,
      to: word.term,
      question: question.replace(piece, word.term),
      weight: likeness * piece.length + Math.log10(1 + word.documents),
    })
  }
  for (const word of homophones) add(sounds.get(word.letters) ?? '', word, 3)
  for (const word of await wordsLike(db, siteId, pieces))
    if (isOneSlip(word.like, word.term)) add(word.like, word, 1.5)
  const best = new Map<string, Correction & { weight: number }>()
  for (const one of found.sort((a, b) => b.weight - a.weight))
    if (!best.has(one.question)) best.set(one.question, one)
  return [...best.values()].slice(0, 5).map(({ weight: _, ...correction }) => correction)
}
