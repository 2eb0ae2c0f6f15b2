/** The same pixels without Exif, places, comments and thumbnails. Null: not a whole PNG or JPEG. */
export function withoutPictureFacts(given: Uint8Array): Uint8Array | null {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (bytes.subarray(0, 4).toString('latin1') === '\x89PNG') return plainPng(bytes)
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? plainJpeg(bytes) : null
}

/** What a picture needs to look as it does. */
const needed = /^(?:IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|sBIT|bKGD|pHYs)$/

function plainPng(bytes: Buffer): Buffer | null {
  const parts = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at)
    const kind = bytes.toString('latin1', at + 4, at + 8)
    if (end > bytes.length) return null
    if (needed.test(kind)) parts.push(bytes.subarray(at, end))
    // What comes after the end is no picture
    if (kind === 'IEND') return Buffer.concat(parts)
    at = end
  }
  return null
}

function plainJpeg(bytes: Buffer): Buffer | null {
  const parts = [bytes.subarray(0, 2)]
  let turn = 1
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const type = bytes[at + 1] as number
    if (type === 0xff) {
      at++
      continue
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) return null
    if (type === 0xe1) turn = Math.max(turn, orientation(bytes.subarray(at + 4, end)))
    // Only the marks of JFIF and of colour stay
    const stays = !((type >= 0xe1 && type <= 0xef && type !== 0xee) || type === 0xfe)
    if (stays) parts.push(bytes.subarray(at, end))
    if (type === 0xda) {
      const last = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]))
      if (last < end) return null
      if (turn > 1) parts.splice(1, 0, turnOnly(turn))
      parts.push(bytes.subarray(end, endOfScans(bytes, end)))
      return Buffer.concat(parts)
    }
    at = end
  }
  return null
}

/** The end of the picture behind all its scans and the tables between them: a second picture that follows is left out. */
function endOfScans(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; ) {
    const type = bytes[at] === 0xff ? (bytes[at + 1] as number) : 0
    if (type === 0xd9) return at + 2
    const isMark = type >= 0xc0 && type < 0xff && !(type >= 0xd0 && type <= 0xd7)
    at += isMark && at + 4 <= bytes.length ? 2 + bytes.readUInt16BE(at + 2) : 1
  }
  return bytes.length
}

function orientation(segment: Buffer): number {
  if (segment.length < 20 || segment.toString('latin1', 0, 4) !== 'Exif') return 1
  const tiff = segment.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const start = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let entry = 0; entry < Math.min(short(start), 200); entry++)
    if (short(start + 2 + entry * 12) === 0x0112)
      return Math.min(8, Math.max(1, short(start + 2 + entry * 12 + 8)))
  return 1
}

/** Exif that says nothing but how the picture is turned. */
function turnOnly(turn: number): Buffer {
  const tiff = Buffer.from('MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1')
  tiff.writeUInt16BE(turn, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
