/** The facts of a document that an import looks for. Names are the glossary's. */
export type RecognisedField =
  | 'title'
  | 'issuer'
  | 'docNo'
  | 'indexNo'
  | 'signedOn'
  | 'publishedOn'
  | 'effectiveFrom'
  | 'validUntil'
  | 'source'
  | 'theme'
  | 'repeals'
  | 'amends'
  | 'cites'
  | 'attachments'
  | 'body'

/** A fact that is missing, contradictory or worked out: why, and what a person should do about it. */
export type Doubt = { field: RecognisedField; why: string }

/** Beside what the document states: under whom, where and as what it is filed. */
export type FilingField = RecognisedField | 'organ' | 'column' | 'kind'

export type FilingDoubt = { field: FilingField; why: string }

/** Another document that this one puts out of force. `from`: the first day on which it is; null where none is stated. */
export type Repeal = { docNo: string | null; title: string | null; from: string | null }

/** Another document that this one changes, or of which it repeals a part: `part` names it, as 第三条. */
export type Amendment = Repeal & { type: 'amends' | 'partly-repeals'; part?: string }

/** `href` as it stands on the page, absolute where the page tells its own address; null when only the text names it. */
export type NamedAttachment = { name: string; href: string | null }

/**
 * What one document states about itself. Signature before metadata, metadata before guess; what the text does not
 * state is null. Dates are ISO. `…Printed` keeps what stands on the page where we store something tidier.
 */
export type Recognised = {
  file: string
  sourceUrl: string | null
  title: string | null
  titlePrinted: string | null
  issuer: string | null
  issuers: string[]
  docNo: string | null
  docNoPrinted: string | null
  indexNo: string | null
  signedOn: string | null
  publishedOn: string | null
  publishedAtPrinted: string | null
  effectiveFrom: string | null
  validUntil: string | null
  source: string | null
  theme: string | null
  repeals: Repeal[]
  amends: Amendment[]
  /** Numbers of the documents that the text names and neither repeals nor amends, in their order. */
  cites: string[]
  attachments: NamedAttachment[]
  /** Pictures and links of the text; `text` is the alternative text or what is linked. */
  pictures: { href: string; text: string }[]
  links: { href: string; text: string }[]
  bodyHtml: string
  bodyText: string
  /** 密级 and 内部 marks printed above the text: such a document must not go out. */
  secrecyMarks: string[]
  doubts: Doubt[]
}
