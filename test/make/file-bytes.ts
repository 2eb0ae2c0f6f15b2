import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import type { Upload } from '#platform/http/route'

/** Real files of a few hundred bytes, built by hand, and the folder they lie in until `remove`. */
export async function fileFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-files-'))
  let made = 0
  return {
    folder,
    /** Writes the bytes and answers the upload as the desk server hands it over. */
    async upload(name: string, bytes: Uint8Array | string, more: Partial<Upload> = {}): Promise<Upload> {
      const path = join(folder, `upload-${made++}`)
      await writeFile(path, bytes)
      return { field: 'file', name, path, size: Buffer.byteLength(bytes), tooLarge: false, ...more }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export function pdfBytes(text = 'Yunxi'): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${text}\n` +
      'trailer<</Root 1 0 R>>\n%%EOF\n',
  )
}

/** One colour, of the size asked for; the size in the header may lie. */
export function pngBytes(width = 2, height = 2, stated: { width?: number; height?: number } = {}): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(stated.width ?? width, 0)
  header.writeUInt32BE(stated.height ?? height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x9c)])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Header segments of a JPEG of 640 × 480; with `place`, Exif data that state a latitude. */
export function jpegBytes(place = false): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0x01, 0xe0, 0x02, 0x80, 1, 1, 0x11, 0])
  const end = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xff, 0xd9])
  const start = Buffer.from([0xff, 0xd8])
  const jfif = Buffer.from([0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0])
  return Buffer.concat([start, jfif, ...(place ? [exifWithPlace()] : []), frame, end])
}

function exifWithPlace(): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 12 + 4 + 2 + 12 + 4 + 24)
  tiff.write('II')
  tiff.writeUInt16LE(42, 2)
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  tiff.writeUInt16LE(0x8825, 10)
  tiff.writeUInt16LE(4, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt32LE(26, 18)
  tiff.writeUInt16LE(1, 26)
  tiff.writeUInt16LE(2, 28)
  tiff.writeUInt16LE(5, 30)
  tiff.writeUInt32LE(3, 32)
  tiff.writeUInt32LE(44, 36)
  const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

export interface PackedEntry {
  name: string | Buffer
  content?: string | Buffer
  /** What the directory claims instead of the truth. */
  statedSize?: number
  statedPacked?: number
  encrypted?: boolean
}

/** A zip package of these entries; what its directory states may lie, as a bomb's does. */
export function zipBytes(entries: readonly PackedEntry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '')
    const packed = deflateRawSync(content)
    const name = Buffer.from(entry.name)
    const flags = (typeof entry.name === 'string' ? 0x800 : 0) | (entry.encrypted ? 1 : 0)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(flags, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(content), 10)
    fields.writeUInt32LE(entry.statedPacked ?? packed.length, 14)
    fields.writeUInt32LE(entry.statedSize ?? content.length, 18)
    fields.writeUInt16LE(name.length, 22)
    bodies.push(Buffer.from('PK\x03\x04'), fields, name, packed)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\0'), fields, place, name)
    at += 4 + fields.length + name.length + packed.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, listing, end])
}

const contentTypes = (main: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`

export function docxBytes(more: readonly PackedEntry[] = []): Buffer {
  return zipBytes([
    {
      name: '[Content_Types].xml',
      content: contentTypes(
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
      ),
    },
    { name: 'word/document.xml', content: '<w:document/>' },
    ...more,
  ])
}

/** An old Office file with streams of these names. */
export function compoundBytes(names: readonly string[]): Buffer {
  const head = Buffer.alloc(512)
  head.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const entries = names.map(name => {
    const entry = Buffer.alloc(128)
    entry.write(name, 0, 'utf16le')
    entry.writeUInt16LE((name.length + 1) * 2, 64)
    entry[66] = 2
    return entry
  })
  return Buffer.concat([head, ...entries])
}
