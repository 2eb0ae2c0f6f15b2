import { knownWordsIn, synonymsOf } from './synonyms.ts'
import {
  characterToken,
  type DocNumber,
  headingOf,
  partsOf,
  placesToAsk,
  plain,
  readNumber,
} from './tokens.ts'
import { quoted } from './vectors.ts'

/** Another way to say a word, or to read what was typed. */
export interface Way {
  text: string
  /** All of these tokens, quoted for a tsquery. */
  tokens: string[]
  why: 'parts' | 'synonym' | 'pinyin' | 'correction'
}

/** One word of a question: itself or any other way to say it must be found. */
export interface Term {
  text: string
  /** Any of these, each being tokens that must all be there. */
  own: string[][]
  ways: Way[]
}

/** A question as it is understood. */
export interface Question {
  /** As typed, for what is compared as a whole. */
  heading: string
  number: DocNumber | null
  terms: Term[]
  /** Phrases as tsquery with distances. */
  phrases: string[]
  /** Words that must not be there. */
  without: string[]
}

/** More exclusions than anybody means. */
const mostWithout = 8

const phrasePattern = /《([^》]{2,})》|"([^"]{2,})"|“([^”]{2,})”/g
const withoutPattern = /(?:^|\s)[-－]([\p{L}]{1,20})(?=\s|$)/gu

/** What somebody typed, read; several texts (search within results) are one question. Null when no word is in it. */
export function readQuestion(...asked: readonly string[]): Question | null {
  const question: Question = {
    heading: headingOf(asked[0] ?? ''),
    number: null,
    terms: [],
    phrases: [],
    without: [],
  }
  for (const text of asked) readInto(question, text)
  const seen = new Set<string>()
  question.terms = question.terms.filter(term => !seen.has(term.text) && seen.add(term.text))
  return question.terms.length > 0 ? question : null
}

function readInto(question: Question, asked: string): void {
  let rest = asked.replace(withoutPattern, (_, word: string) => {
    if (question.without.length < mostWithout)
      question.without.push(...placesToAsk(word).map(place => quoted(place.token)))
    return ' '
  })
  const number = readNumber(rest)
  if (number) {
    // Whoever knows the number asks for that document, whatever else is written beside it
    question.number = number
    question.terms.push(numberTerm(number))
    return
  }
  rest = rest.replace(
    phrasePattern,
    (_, a: string | undefined, b: string | undefined, c: string | undefined) => {
      const phrase = a ?? b ?? c ?? ''
      question.terms.push(...placesToAsk(phrase).map(place => termOf(place.token, false)))
      const query = phraseQuery(phrase)
      if (query) question.phrases.push(query)
      return ' '
    },
  )
  const spelled = /^[a-z][a-z\s']{2,}$/.exec(plain(rest).trim())
  // Pinyin may be typed with blanks between the syllables
  if (spelled) question.terms.push(termOf(plain(rest).replace(/[\s']/g, ''), true))
  else question.terms.push(...wordsOf(rest).map(word => termOf(word, true)))
}

/** Words of a question; what the list of synonyms knows as one word stays one, though jieba cuts it (小孩上学). */
function wordsOf(text: string): string[] {
  const places = placesToAsk(text)
  const line = plain(text)
  const whole = knownWordsIn(line).flatMap(word => {
    const at = line.indexOf(word)
    const inside = places.filter(place => place.at >= at && place.at < at + word.length)
    const last = inside.at(-1)
    const fits = inside[0]?.at === at && last && last.at + last.token.length === at + word.length
    return fits && inside.length > 1 ? [{ word, inside }] : []
  })
  return places.flatMap(place => {
    const joined = whole.find(({ inside }) => inside.includes(place))
    if (!joined) return [place.token]
    return joined.inside[0] === place ? [joined.word] : []
  })
}

/** The code may have words before it that are not part of it (请问云政发…): any end of it may be the true one. */
function numberTerm({ code, serial }: DocNumber): Term {
  const codes = Array.from({ length: Math.max(0, code.length - 1) }, (_, from) => code.slice(from))
  const tokens = codes.length > 0 ? codes.map(one => `no:${one}${serial}`) : [`no:${serial}`]
  return { text: `${code}${serial}`, own: tokens.map(token => [quoted(token)]), ways: [] }
}

/** The serial alone, when nothing has the whole number. */
export const bySerial = (question: Question): Question | null =>
  question.number?.code
    ? {
        ...question,
        terms: [{ text: question.number.serial, own: [[quoted(`no:${question.number.serial}`)]], ways: [] }],
      }
    : null

export function termOf(token: string, withSynonyms: boolean): Term {
  const cut = quotedTokens(token)
  const own =
    [...token].length === 1
      ? [[quoted(token)], [quoted(characterToken(token))]]
      : [cut.length > 1 ? cut : [quoted(token)]]
  const parts = partsOf(token).map(quoted)
  const ways: Way[] = parts.length > 0 ? [{ text: token, tokens: parts, why: 'parts' }] : []
  if (withSynonyms) ways.push(...synonymsOf(token).map(text => wayOf(text, 'synonym')))
  return { text: token, own, ways }
}

const quotedTokens = (text: string) => [...new Set(placesToAsk(text).map(place => quoted(place.token)))]

export const wayOf = (text: string, why: Way['why']): Way => ({ text, tokens: quotedTokens(text), why })

function phraseQuery(phrase: string): string | null {
  const places = placesToAsk(phrase)
  const first = places[0]
  if (!first || places.length < 2) return null
  let at = first.at
  let query = quoted(first.token)
  for (const place of places.slice(1)) {
    query += ` <${place.at - at}> ${quoted(place.token)}`
    at = place.at
  }
  return query
}

/** Every way to say a term: any of these, each being tokens that must all be there. */
export const alternativesOf = (term: Term): string[][] => [...term.own, ...term.ways.map(way => way.tokens)]

const waysQuery = (term: Term): string => anyOf(alternativesOf(term).map(allOf))

/** Every term, and nothing of what must not be there. */
export const termsQuery = (question: Question): string =>
  [...question.terms.map(waysQuery), ...question.without.map(word => `!${word}`)].join(' & ')

/** Of the whole question, with its phrases. */
export const questionQuery = (question: Question): string =>
  [termsQuery(question), ...question.phrases.map(phrase => `(${phrase})`)].join(' & ')

/** Any of the words, for a question that nothing answers whole. */
export const someQuery = (question: Question): string => anyOf(question.terms.map(waysQuery))

const anyOf = (queries: readonly string[]) =>
  queries.length === 1 ? (queries[0] ?? '') : `(${queries.join(' | ')})`
const allOf = (queries: readonly string[]) =>
  queries.length === 1 ? (queries[0] ?? '') : `(${queries.join(' & ')})`
