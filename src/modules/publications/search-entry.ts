import { type Entry, type Vectors, vectorsOf, type Words } from '#modules/search'
import { type EditionText, plainText } from './edition.ts'

/** What search reads of an edition. */
export const wordsOfEdition = (text: EditionText): Words => ({
  title: text.title,
  docNo: text.docNo,
  // The registered number of a normative document is asked for as its other number is (R-NOR-10)
  keywords: [text.keywords, text.fields.unifiedNo].filter(Boolean).join('，'),
  summary: text.summary,
  issuers: text.issuers,
  bodyText: plainText(text.bodyHtml),
})

export interface OpenedEdition {
  publication: { id: string; organId: string; kind: string; archive: boolean }
  edition: { id: string; text: EditionText; columnIds: readonly string[] }
  sortAt: Date
  publicFrom: Date
  publicUntil: Date | null
  /** The sites that show it: its own and those of its columns. */
  siteIds: readonly string[]
  /** Where they were made before, by another thread. */
  vectors?: Vectors
}

/** The rows by which an edition is listed and found, one for each site. */
export function entriesOf(opened: OpenedEdition): Entry[] {
  const { publication, edition, sortAt, publicFrom, publicUntil } = opened
  const { text } = edition
  const vectors = opened.vectors ?? vectorsOf(wordsOfEdition(text))
  return opened.siteIds.map(siteId => ({
    siteId,
    editionId: edition.id,
    publicationId: publication.id,
    organId: publication.organId,
    kind: publication.kind,
    theme: text.theme,
    genre: text.genre,
    form: typeof text.fields.form === 'string' ? text.fields.form : null,
    columnIds: edition.columnIds,
    archive: publication.archive,
    sortAt,
    publicFrom,
    publicUntil,
    signedOn: text.signedOn,
    effectiveFrom: text.effectiveFrom,
    validUntil: text.validUntil,
    ...vectors,
  }))
}
