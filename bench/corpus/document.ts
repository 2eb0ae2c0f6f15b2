import { Chance } from './chance.ts'
import type { CorpusOrgan } from './organs.ts'

export interface Table {
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

/** A paragraph, a table, or the heading of what is attached. */
export type Part = string | { table: Table } | { heading: string }

export interface CorpusEffect {
  docNo: string | null
  title: string
  from: string
}

/** A document as its organ issued it, with the truth about it. */
export interface CorpusDocument {
  /** Position in the corpus, from 0. */
  at: number
  kind: 'policy' | 'normative-document' | 'notice'
  genre: string
  organ: CorpusOrgan
  title: string
  docNo: string | null
  signedOn: string
  publishedOn: string
  /** Beijing time of day of publishing, 10:20. */
  publishedTime: string
  effectiveFrom: string | null
  validUntil: string | null
  theme: string
  addressee: string | null
  parts: readonly Part[]
  /** What follows the signature: the rules or the plan that a notice issues. */
  attached: readonly Part[]
  repeals: readonly CorpusEffect[]
  amends: readonly CorpusEffect[]
  cites: readonly string[]
  sourceUrl: string
}

/** What is under the title. */
export type ComposedText = Pick<
  CorpusDocument,
  'parts' | 'attached' | 'addressee' | 'effectiveFrom' | 'validUntil' | 'repeals' | 'amends' | 'cites'
>

export const printedDay = (day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}

export const textOfPart = (part: Part): string =>
  typeof part === 'string'
    ? part
    : 'heading' in part
      ? part.heading
      : [part.table.head, ...part.table.rows].map(row => row.join('\t')).join('\n')

/** The chance of one document for one purpose: its title can be known without writing its text. */
export const chanceOf = (seed: number, at: number, purpose: 'subject' | 'text'): Chance =>
  new Chance(seed, at, purpose === 'subject' ? 2 : 3)
