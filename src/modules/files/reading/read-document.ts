import { type DecodedText, decodeText } from './decode-text.ts'
import { separatedValues } from './formats/separated-values.ts'
import { remedyFor } from './unread-formats.ts'
import {
  DOCUMENT_LIMIT_BYTES,
  damaged,
  TEXT_LIMIT_BYTES,
  tooLarge,
  UnreadableFile,
} from './unreadable-file.ts'

/** Something in a document that could not be read for certain, in words for people. */
export type ReadingDoubt = { why: string }

/** A picture out of the document itself. The HTML shows it as `<img src="{href}">` until it is stored elsewhere. */
export type EmbeddedPicture = {
  name: string
  /** `https://embedded.invalid/…`: an address that leads nowhere, so that a picture left over can do no harm. */
  href: string
  bytes: Uint8Array
  mediaType: string
  alt: string
}

export type Sheet = {
  name: string
  /** Every cell as text, dates as ISO text; rows are equally long; rows without any text are left out. */
  rows: string[][]
}

/** What a document says, in the form its format has it. */
export type ReadDocument =
  | { form: 'text'; format: 'text' | 'doc' | 'pdf' | 'ofd'; text: string; doubts: ReadingDoubt[] }
  | {
      form: 'html'
      format: 'html' | 'docx'
      html: string
      /** Those inside the file; pictures of a saved page stand beside it. */
      pictures: EmbeddedPicture[]
      /** What the properties of the file call it; what a page calls itself is found by readHtml. */
      title: string | null
      doubts: ReadingDoubt[]
    }
  | { form: 'sheets'; format: 'xlsx' | 'csv'; sheets: Sheet[]; doubts: ReadingDoubt[] }

/**
 * A document of any format that is read → what it says. The content decides on the format, never the name alone.
 * Needs no database and may run in a worker thread. Throws only UnreadableFile; its message names the remedy.
 */
export async function readDocument(name: string, bytes: Uint8Array): Promise<ReadDocument> {
  try {
    // The libraries of a format are loaded when the first document of that format comes.
    if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) {
      const { readPackage } = await import('./formats/read-package.ts')
      return await readPackage(name, limited(name, bytes, DOCUMENT_LIMIT_BYTES))
    }
    if (startsWith(bytes, '%PDF-') || (/\.pdf$/i.test(name) && holdsEarly(bytes, '%PDF-'))) {
      const { readPdf } = await import('./formats/pdf-document.ts')
      return await readPdf(name, limited(name, bytes, DOCUMENT_LIMIT_BYTES))
    }
    if (startsWith(bytes, '\xd0\xcf\x11\xe0')) {
      const { readCompound } = await import('./formats/read-compound.ts')
      return await readCompound(name, limited(name, bytes, DOCUMENT_LIMIT_BYTES))
    }
    return readTextDocument(name, limited(name, bytes, TEXT_LIMIT_BYTES))
  } catch (error) {
    // What a library cannot read is broken, whatever its own words for it are.
    throw error instanceof UnreadableFile ? error : damaged(name)
  }
}

function readTextDocument(name: string, bytes: Uint8Array): ReadDocument {
  const { text, doubts } = decoded(name, bytes)
  if (/^(?:From:|MIME-Version:)[\s\S]{0,2000}multipart\/related/i.test(text)) {
    throw new UnreadableFile(
      'web-archive',
      `“${name}”是单一文件网页（.mht），没有读取。请在浏览器里打开它，另存为“网页，仅 HTML”后再导入。`,
    )
  }
  if (HTML_START.test(text)) {
    return { form: 'html', format: 'html', html: text, pictures: [], title: null, doubts }
  }
  const sheet = separatedValues(name, text)
  if (sheet) return { form: 'sheets', format: 'csv', sheets: [sheet], doubts }
  return { form: 'text', format: 'text', text, doubts }
}

export const HTML_START =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|html|head|body|meta|div|table|p)\b/i

function decoded(name: string, bytes: Uint8Array): DecodedText {
  try {
    return decodeText(bytes, name)
  } catch (error) {
    // Nobody knows these formats by their content; their name at least says how to go on.
    const remedy = error instanceof UnreadableFile && error.reason === 'binary' ? remedyFor(name) : null
    throw remedy === null ? error : new UnreadableFile('unsupported', `“${name}”没有读取：${remedy}`)
  }
}

function limited(name: string, bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length > limit) throw tooLarge(name, bytes.length, limit)
  return bytes
}

/** Some scanners and mail programs put lines of their own before a PDF. */
function holdsEarly(bytes: Uint8Array, signature: string): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024))
  return head.includes(signature, 0, 'latin1')
}

function startsWith(bytes: Uint8Array, signature: string): boolean {
  for (let i = 0; i < signature.length; i++) if (bytes[i] !== signature.charCodeAt(i)) return false
  return true
}
