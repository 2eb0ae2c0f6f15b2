import { decodeText } from '../decode-text.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { deepest, type Everything, Gathered, type Piece, TooMuch, wholeBudget } from './piece.ts'
import { htmlPieces, textPieces } from './text-pieces.ts'

/** One file on the way: what it is called, its bytes, where it lies, how deep. */
export interface Inside {
  name: string
  bytes: Uint8Array
  place: string
  depth: number
}

/**
 * Every text of a file, shown or hidden: cells of hidden rows and sheets, comments, tracked changes, properties, text under a
 * box, what a picture says of itself, names of files in packages, and all this again for files within (S-PII-07). The content
 * decides on the format. Never throws for what a file is: what could not be looked into is told in `unread`.
 */
export async function everythingIn(name: string, bytes: Uint8Array): Promise<Everything> {
  const gathered = new Gathered(wholeBudget())
  await readInto(gathered, { name, bytes, place: '', depth: 0 })
  return { pieces: gathered.pieces, unread: gathered.unread }
}

/** Every text of a body of HTML: paragraphs, cells, attributes, comments. */
export function everythingInHtml(html: string): Piece[] {
  const gathered = new Gathered(wholeBudget())
  htmlPieces(gathered, html, '')
  return gathered.pieces
}

/** Reads one file into what was gathered; packages call it again for what lies in them. */
export async function readInto(gathered: Gathered, file: Inside): Promise<void> {
  const where = file.place
  try {
    if (file.depth > deepest)
      return gathered.cannotRead(where, `压缩包套了 ${deepest} 层以上，没有读取。请解开后再上传。`)
    await readByContent(gathered, file)
  } catch (error) {
    if (error instanceof TooMuch) {
      if (file.depth > 0) throw error
      return gathered.cannotRead(where, '内容太多，超过了检查的上限，后面的没有检查。请拆成几个文件。')
    }
    gathered.cannotRead(
      where,
      error instanceof UnreadableFile ? error.message : '不完整或已损坏，打不开。请重新保存后再上传。',
    )
  }
}

async function readByContent(gathered: Gathered, file: Inside): Promise<void> {
  const { bytes } = file
  const begins = (signature: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, signature.length)).equals(
      Buffer.from(signature, 'latin1'),
    )
  if (bytes.length === 0) return
  if (begins('PK\x03\x04') || begins('PK\x05\x06'))
    return (await import('./package-pieces.ts')).packagePieces(gathered, file)
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024))
  if (head.includes('%PDF-', 0, 'latin1')) return (await import('./pdf-pieces.ts')).pdfPieces(gathered, file)
  if (begins('\xff\xd8\xff') || begins('\x89PNG') || (begins('RIFF') && head.includes('WEBP', 8, 'latin1')))
    return (await import('./picture-pieces.ts')).picturePieces(gathered, file)
  if (begins('\xd0\xcf\x11\xe0'))
    return (await import('./old-office-pieces.ts')).oldOfficePieces(gathered, file)
  if (begins('GIF8') || isPlayed(head)) return
  const text = textOf(file)
  if (text === null) return gathered.cannotRead(file.place, '不是能检查的格式，请人工打开核对。')
  textPieces(gathered, file, text)
}

/** Video and audio hold no text that is looked for; their sound has to be heard by a person. */
const isPlayed = (head: Buffer) =>
  head.includes('ftyp', 4, 'latin1') ||
  head.subarray(0, 4).equals(Buffer.from('1a45dfa3', 'hex')) ||
  head.subarray(0, 3).toString('latin1') === 'ID3' ||
  (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0)

function textOf({ name, bytes }: Inside): string | null {
  try {
    return decodeText(bytes, name).text
  } catch (error) {
    if (error instanceof UnreadableFile && error.reason === 'empty') return ''
    return null
  }
}
