import type { EditionFile } from '#modules/files'

/** An edition that is to be looked through, as the publications hand it over. */
export interface Subject {
  editionId: string
  publicationId: string
  siteId: string
  organId: string
  title: string
  /** Where the desk shows it: `/publications/7k2m9c4x3p`. */
  deskAddress: string
  standing: 'draft' | 'public'
  revision: number
  publicSince: Date | null
  /** What it says beside title and body: label and value. */
  facts: readonly { label: string; value: string }[]
  bodyHtml: string
  files: readonly EditionFile[]
}

/** What was found and is kept of it: never the value. */
export interface Trace {
  kind: string
  certainty: string
  place: string
  placeKind: string
  masked: string
  valueHash: string
  note: string | null
  fileId: string | null
}
