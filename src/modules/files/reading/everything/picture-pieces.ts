import { inflateSync } from 'node:zlib'
import type { Inside } from './everything-in.ts'
import { exifPieces } from './exif-pieces.ts'
import { type Gathered, within } from './piece.ts'

/** What a picture says of itself: Exif, XMP, IPTC, comments. What is drawn in it nobody reads here. */
export function picturePieces(gathered: Gathered, file: Inside): void {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength)
  const place = within(file.place, '图片属性')
  for (const { name, data } of bytes[0] === 0xff
    ? jpegParts(bytes)
    : bytes[0] === 0x89
      ? pngParts(bytes)
      : riffParts(bytes)) {
    if (name === 'exif') exifPieces(gathered, data, place)
    else gathered.add({ text: wordsOf(data), kind: 'property', place })
  }
}

interface Told {
  name: 'exif' | 'text'
  data: Buffer
}

function* jpegParts(bytes: Buffer): Generator<Told> {
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const type = bytes[at + 1] ?? 0
    if (type === 0xff) {
      at++
      continue
    }
    if (type === 0xda || type === 0xd9) break
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const data = bytes.subarray(at + 4, end)
    if (type === 0xe1 && data.toString('latin1', 0, 4) === 'Exif')
      yield { name: 'exif', data: data.subarray(6) }
    else if (type === 0xe1 || type === 0xed || type === 0xfe) yield { name: 'text', data }
    at = Math.max(end, at + 2)
  }
  // What phones append behind the picture
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]))
  if (end > 0 && end + 2 < bytes.length)
    yield { name: 'text', data: bytes.subarray(end + 2, end + 2 + 200_000) }
}

function* pngParts(bytes: Buffer): Generator<Told> {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'eXIf') yield { name: 'exif', data }
    else if (type === 'tEXt') yield { name: 'text', data }
    else if (type === 'zTXt') yield { name: 'text', data: unpacked(data.subarray(data.indexOf(0) + 2)) }
    else if (type === 'iTXt') yield { name: 'text', data: internationalText(data) }
    at += 12 + length
  }
}

function internationalText(data: Buffer): Buffer {
  const keyword = data.indexOf(0)
  const language = data.indexOf(0, keyword + 3)
  const text = data.subarray(data.indexOf(0, language + 1) + 1)
  return data[keyword + 1] === 1 ? unpacked(text) : text
}

function unpacked(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: 2_000_000 })
  } catch {
    return Buffer.alloc(0)
  }
}

function* riffParts(bytes: Buffer): Generator<Told> {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'EXIF')
      yield { name: 'exif', data: data.toString('latin1', 0, 4) === 'Exif' ? data.subarray(6) : data }
    else if (type === 'XMP ') yield { name: 'text', data }
    at += 8 + length + (length % 2)
  }
}

/** UTF-8 where it is, else the Chinese of Windows; tags of XMP left out. */
function wordsOf(data: Buffer): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(data)
  } catch {
    text = new TextDecoder('gb18030').decode(data)
  }
  const attributes = [
    ...text.matchAll(/(?:Creator|Author|description|title|GPS\w+|City|Location)="([^"]+)"/gi),
  ].map(one => one[1])
  // biome-ignore lint/suspicious/noControlCharactersInRegex: binary parts stand between the words.
  return [text.replace(/<[^>]*>/g, '\n').replace(/[\0-\x1f]+/g, '\n'), ...attributes].join('\n')
}
