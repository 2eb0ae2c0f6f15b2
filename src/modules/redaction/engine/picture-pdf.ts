import { deflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import { NotOpened } from './pdfium.ts'

const mostPixels = 50_000_000

/** A picture as a page of its own. Only its pixels come along: Exif, comments and thumbnails stay behind when the page is drawn. */
export function pdfOfPicture(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xff ? ofJpeg(Buffer.from(bytes)) : ofPng(bytes)
}

function ofPng(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 24))
  if (head.length < 24 || head.readUInt32BE(16) * head.readUInt32BE(20) > mostPixels) throw tooLarge()
  let png: ReturnType<typeof decode>
  try {
    png = decode(bytes)
  } catch {
    throw new NotOpened('图片已损坏，打不开。请重新保存后再上传。')
  }
  const { width, height, channels, depth, data, palette } = png
  const rgb = Buffer.alloc(width * height * 3)
  const most = 2 ** depth - 1
  for (let i = 0; i < width * height; i++) {
    const from = i * channels
    const colour = palette?.[data[from] as number]
    const grey = channels < 3
    const alpha = colour
      ? (colour[3] ?? 255) / 255
      : channels === 2 || channels === 4
        ? (data[from + channels - 1] as number) / most
        : 1
    for (let c = 0; c < 3; c++) {
      const value = colour ? (colour[c] as number) : ((data[from + (grey ? 0 : c)] as number) / most) * 255
      rgb[i * 3 + c] = Math.round(value * alpha + 255 * (1 - alpha))
    }
  }
  return onePage(width, height, 1, '/ColorSpace/DeviceRGB/Filter/FlateDecode', deflateSync(rgb, { level: 1 }))
}

function ofJpeg(bytes: Buffer): Uint8Array {
  let at = 2
  let turn = 1
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) break
    const type = bytes[at + 1] as number
    if (type === 0xff) {
      at++
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    if (type === 0xe1) turn = orientationOf(bytes.subarray(at + 4, at + 2 + length)) ?? turn
    if (type >= 0xc0 && type <= 0xcf && type !== 0xc4 && type !== 0xc8 && type !== 0xcc) {
      const height = bytes.readUInt16BE(at + 5)
      const width = bytes.readUInt16BE(at + 7)
      if (width * height > mostPixels || width * height === 0) throw tooLarge()
      const parts = bytes[at + 9]
      const space =
        parts === 1 ? 'DeviceGray' : parts === 4 ? 'DeviceCMYK/Decode[1 0 1 0 1 0 1 0]' : 'DeviceRGB'
      return onePage(width, height, turn, `/ColorSpace/${space}/Filter/DCTDecode`, bytes)
    }
    at += 2 + length
  }
  throw new NotOpened('图片已损坏，打不开。请重新保存后再上传。')
}

const tooLarge = () => new NotOpened('图片太大或者已损坏，打不开。请缩小以后再上传。')

function orientationOf(segment: Buffer): number | null {
  if (segment.length < 20 || segment.toString('latin1', 0, 4) !== 'Exif') return null
  const tiff = segment.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const start = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let entry = 0; entry < Math.min(short(start), 200); entry++) {
    const at = start + 2 + entry * 12
    if (short(at) === 0x0112) return short(at + 8)
  }
  return null
}

/** How the camera was held, as the matrix that puts the picture upright on a page of one unit. */
const turns: Readonly<Record<number, string>> = {
  2: '-1 0 0 1 1 0',
  3: '-1 0 0 -1 1 1',
  4: '1 0 0 -1 0 1',
  5: '0 -1 -1 0 1 1',
  6: '0 -1 1 0 0 1',
  7: '0 1 1 0 0 0',
  8: '0 1 -1 0 1 0',
}

/** Fits A4, and is never drawn larger than 96 dots an inch. */
function onePage(width: number, height: number, turn: number, how: string, body: Buffer): Uint8Array {
  const [w, h] = turn >= 5 ? [height, width] : [width, height]
  const [roomW, roomH] = w > h ? [842, 595] : [595, 842]
  const scale = Math.min(0.75, roomW / w, roomH / h)
  const [pageW, pageH] = [Math.max(1, Math.round(w * scale)), Math.max(1, Math.round(h * scale))]
  const content = `q ${pageW} 0 0 ${pageH} 0 0 cm ${turns[turn] ?? '1 0 0 1 0 0'} cm /P Do Q`
  const objects: Buffer[] = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${pageW} ${pageH}]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>`,
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
  ].map(text => Buffer.from(text, 'latin1'))
  objects.push(
    Buffer.concat([
      Buffer.from(
        `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8${how}/Length ${body.length}>>\nstream\n`,
      ),
      body,
      Buffer.from('\nendstream'),
    ]),
  )
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const places: number[] = []
  let size = parts[0]?.length ?? 0
  const add = (part: Buffer) => {
    parts.push(part)
    size += part.length
  }
  for (const [at, object] of objects.entries()) {
    places.push(size)
    add(Buffer.from(`${at + 1} 0 obj\n`))
    add(object)
    add(Buffer.from('\nendobj\n'))
  }
  const rows = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  add(
    Buffer.from(
      `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${size}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}
