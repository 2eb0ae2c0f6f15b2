import type { Gathered } from './piece.ts'

/** Words of the directories of Exif data, and the place where the picture was taken (S-PII-07). */
export function exifPieces(gathered: Gathered, tiff: Buffer, place: string): void {
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const long = (at: number) =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)
  const seen = new Set<number>()
  const directory = (start: number, isPlace: boolean) => {
    if (start === 0 || seen.has(start) || seen.size > 20) return
    seen.add(start)
    const count = Math.min(short(start), 500)
    for (let entry = 0; entry < count; entry++) {
      const at = start + 2 + entry * 12
      const [tag, type, number] = [short(at), short(at + 2), long(at + 4)]
      if (isPlace && (tag === 2 || tag === 4)) {
        gathered.add({ text: '图片记着拍摄地点（GPS 位置）', kind: 'position', place })
        return
      }
      if (tag === 0x8769 || tag === 0x8825 || tag === 0xa005) directory(long(at + 8), tag === 0x8825)
      // 2: ASCII, 1 and 7: bytes in which Windows and cameras keep words
      else if (type === 2 || ((type === 1 || type === 7) && number > 6 && number < 65_536)) {
        const from = number <= 4 ? at + 8 : long(at + 8)
        gathered.add({ text: wordsIn(tiff.subarray(from, from + number), tag), kind: 'property', place })
      }
    }
    directory(long(start + 2 + count * 12), false)
  }
  directory(long(4), false)
}

function wordsIn(data: Buffer, tag: number): string {
  // XPTitle, XPComment, XPAuthor …
  if (tag >= 0x9c9b && tag <= 0x9c9f) return data.toString('utf16le').replaceAll('\0', '')
  const body = /^(?:ASCII|UNICODE)\0/.test(data.toString('latin1', 0, 8)) ? data.subarray(8) : data
  // biome-ignore lint/suspicious/noControlCharactersInRegex: padding.
  return decode(body).replace(/[\0-\x1f]+/g, ' ')
}

function decode(data: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data)
  } catch {
    return new TextDecoder('gb18030').decode(data)
  }
}
