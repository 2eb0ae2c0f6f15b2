import { charactersOf, characterToken, headingOf, numberTokens, type Place, placesOf } from './tokens.ts'

export interface Words {
  title: string
  docNo: string | null
  keywords: string
  summary: string
  issuers: readonly string[]
  bodyText: string
}

export interface Vectors {
  /** Everything: A title and number, B keywords, C summary and issuers, D body. */
  vector: string
  /** Title and number, and each character of the title. */
  titleVector: string
  /** The title in the form in which titles and questions are compared. */
  heading: string
  /** As they were written, for the vocabulary. */
  keywords: string
}

/** How the vectors are made; entries of an older making are renewed (`renewEntries` of publications). */
export const wordsVersion = 1

/** PostgreSQL refuses positions above 16383 and words above 2 KB. */
const lastPosition = 16383
const longestWord = 64
/** Enough for a phrase to be found again where a word is frequent. */
const mostPlaces = 16
/** Nothing of one field is a phrase with the next. */
const gap = 8

export const quoted = (token: string) =>
  token.length <= longestWord && !/['\\]/.test(token)
    ? `'${token}'`
    : `'${token.slice(0, longestWord).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** Tokens with the characters where they stand, so that a phrase is a distance between characters. */
class Vector {
  private readonly places = new Map<string, string[]>()
  private start = 1

  add(weight: 'A' | 'B' | 'C' | 'D', text: string, places: readonly Place[]): void {
    for (const { token, at } of places) {
      const position = Math.min(this.start + at, lastPosition)
      const list = this.places.get(token)
      const place = `${position}${weight === 'D' ? '' : weight}`
      if (!list) this.places.set(token, [place])
      else if (list.length < mostPlaces) list.push(place)
    }
    this.start += text.length + gap
  }

  /** Without a place: found, but part of no phrase. */
  mention(tokens: readonly string[]): void {
    for (const token of tokens) if (!this.places.has(token)) this.places.set(token, [])
  }

  toString(): string {
    return [...this.places]
      .map(([token, at]) => (at.length > 0 ? `${quoted(token)}:${at.join(',')}` : quoted(token)))
      .join(' ')
  }
}

/** The tsvector literals of an edition: made here, so that PostgreSQL's own parser never meets Chinese. No database. */
export function vectorsOf(words: Words): Vectors {
  const vector = new Vector()
  const titleVector = new Vector()
  const title = placesOf(words.title)
  const number = (words.docNo ? numberTokens(words.docNo) : []).map(token => ({ token, at: 0 }))
  const characters = charactersOf(words.title).map(characterToken)
  for (const one of [vector, titleVector]) {
    one.add('A', words.title, title)
    one.add('A', '', number)
    one.mention(characters)
  }
  vector.add('B', words.keywords, placesOf(words.keywords))
  const about = `${words.summary} ${words.issuers.join(' ')}`
  vector.add('C', about, placesOf(about))
  vector.add('D', words.bodyText, placesOf(words.bodyText))
  return {
    vector: vector.toString(),
    titleVector: titleVector.toString(),
    heading: headingOf(words.title),
    keywords: words.keywords,
  }
}
