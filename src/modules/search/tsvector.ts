import { numberTokens, tokensToAsk, tokensToIndex } from './tokens.ts'

export interface Words {
  title: string
  docNo: string | null
  keywords: string
  summary: string
  issuers: readonly string[]
  bodyText: string
}

/** PostgreSQL refuses positions above 16383 and words above 2 KB. */
const lastPosition = 16383
const longestWord = 64

const quoted = (token: string) =>
  `'${token.slice(0, longestWord).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** The tsvector literal of an edition: made here, so that PostgreSQL's own parser never meets Chinese. */
export function tsvectorOf(words: Words): string {
  const places = new Map<string, string[]>()
  let position = 0
  const add = (tokens: readonly string[], weight: 'A' | 'B' | 'C' | 'D') => {
    for (const token of tokens) {
      position = Math.min(position + 1, lastPosition)
      const list = places.get(token) ?? []
      if (list.length < 8) list.push(`${position}${weight === 'D' ? '' : weight}`)
      places.set(token, list)
    }
  }
  add(tokensToIndex(words.title), 'A')
  add(words.docNo ? numberTokens(words.docNo) : [], 'A')
  add(tokensToIndex(words.keywords), 'B')
  add(tokensToIndex(`${words.summary} ${words.issuers.join(' ')}`), 'C')
  add(tokensToIndex(words.bodyText), 'D')
  return [...places].map(([token, at]) => `${quoted(token)}:${at.join(',')}`).join(' ')
}

/** The tsquery literal of a question, or null when it holds no word; a document number asks for the number alone. */
export function tsqueryOf(question: string): string | null {
  const [number] = numberTokens(question)
  if (number) return quoted(number)
  const tokens = tokensToAsk(question)
  return tokens.length === 0 ? null : tokens.map(quoted).join(' & ')
}
