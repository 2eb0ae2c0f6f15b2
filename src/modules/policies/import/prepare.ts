import { createHash } from 'node:crypto'
import { plainText } from '#lib/plain-text'
import { cleanBody, type EmbeddedPicture, type ReadDocument, readDocument } from '#modules/files'
import { type Vectors, vectorsOf } from '#modules/search'
import { headingOf } from './heading.ts'
import { whyNoDocument } from './list-page.ts'
import { recogniseDocument } from './recognise.ts'
import type { Recognised } from './recognised.ts'

/** A file as it is read: by a process of its own, without the database. */
export interface FileToRead {
  /** As it is told in reports. */
  name: string
  /** What the links of a page are relative to. */
  base: string | null
  /** Whether `base` is its address on the old site, whatever the page says of itself. */
  told: boolean
}

/** What one file gives: mostly one document, of a list one for each row. */
export interface PreparedFile {
  importKey: string
  format: ReadDocument['format']
  documents: PreparedDocument[]
  /** Why there is no document in it. */
  skipped: string | null
}

export interface PreparedDocument {
  importKey: string
  /** Of the text only the beginning. */
  found: Recognised
  /** The pictures that the document itself holds. */
  embedded: EmbeddedPicture[]
  /** Words as they are when it is filed under what it states; cut anew where they are missing. */
  vectors?: Vectors | undefined
}

export const keyOfBytes = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Bytes → documents with clean bodies and their words. Throws only UnreadableFile. */
export async function prepareFile(file: FileToRead, bytes: Uint8Array): Promise<PreparedFile> {
  const importKey = keyOfBytes(bytes)
  const read = withBase(await readDocument(file.name, bytes), file)
  const recognised = recogniseDocument(file.name, read)
  const [first] = recognised
  const skipped =
    read.form === 'html' && read.format === 'html' && first ? whyNoDocument(first, read.html) : null
  const documents = recognised.map(found => ({
    importKey: read.form === 'sheets' && found.bodyText === '' ? keyOfRow(found) : importKey,
    ...prepare(found),
    embedded: read.form === 'html' ? read.pictures : [],
  }))
  return { importKey, format: read.format, documents: skipped ? [] : documents, skipped }
}

/** Says to the page where it stood: the first thing that is believed, or the last. */
function withBase(read: ReadDocument, { base, told }: FileToRead): ReadDocument {
  if (read.form !== 'html' || read.format !== 'html' || base === null) return read
  const html = told
    ? `<!-- saved from url=(0000)${base} -->\n${read.html}`
    : `${read.html}<base href="${base}">`
  return { ...read, html }
}

/** A row is known by what it says, so that a list may grow. */
const keyOfRow = ({ file: _, doubts: __, ...facts }: Recognised) => `row:${keyOfBytes(JSON.stringify(facts))}`

const longestOpening = 400

/** Tags that can do no harm as they stand; most bodies consist of nothing else, and cleaning leaves them as they are. */
const PLAIN_TAG =
  /<\/?(?:p|h[2-6]|ol|ul|li|strong|em|br|hr|table|caption|thead|tbody|tr|td|th|div|blockquote|sup|sub|u|s)(?: (?:class="[a-z -]*"|id="[sa]-[\d_-]*"|(?:colspan|rowspan|start|value)="\d*"|scope="[a-z]*"))*(?: \/)?>/g

const cleaned = (html: string): string =>
  html.replace(PLAIN_TAG, '').includes('<') ? cleanBody(html) : html.trim()

function prepare(found: Recognised): Pick<PreparedDocument, 'found' | 'vectors'> {
  const bodyHtml = cleaned(found.bodyHtml.toWellFormed().replaceAll('\0', ''))
  const vectors = vectorsOf({
    title: headingOf(found.title, found.bodyText),
    docNo: found.docNo,
    keywords: '',
    summary: '',
    issuers: found.issuers,
    bodyText: plainText(bodyHtml),
  })
  return { found: { ...found, bodyHtml, bodyText: found.bodyText.trim().slice(0, longestOpening) }, vectors }
}
