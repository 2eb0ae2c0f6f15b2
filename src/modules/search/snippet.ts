import { tokensToAsk } from './tokens.ts'

export interface SnippetPart {
  text: string
  hit: boolean
}

/** Marks the words of a question in a text, for a page that shows why something was found. */
export function markHits(text: string, question: string): SnippetPart[] {
  const words = tokensToAsk(question)
    .filter(token => token.length > 0)
    .sort((a, b) => b.length - a.length)
    .map(token => token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (words.length === 0) return [{ text, hit: false }]
  const pattern = new RegExp(`(${words.join('|')})`, 'giu')
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, hit: index % 2 === 1 }))
    .filter(part => part.text !== '')
}

/** The piece of a long text around the first hit, `width` characters. */
export function snippet(text: string, question: string, width = 110): SnippetPart[] {
  const first = tokensToAsk(question)
    .map(token => text.toLowerCase().indexOf(token))
    .filter(at => at >= 0)
    .sort((a, b) => a - b)[0]
  const start = Math.max(0, (first ?? 0) - Math.floor(width / 4))
  const cut = text.slice(start, start + width)
  return markHits(`${start > 0 ? '…' : ''}${cut}${start + width < text.length ? '…' : ''}`, question)
}
