import type { FileHandle } from 'node:fs/promises'
import type { FileKind } from '../file-kinds.ts'
import { readAt } from './read-at.ts'

export interface PictureFacts {
  width: number
  height: number
  /** The camera wrote down where the picture was taken (S-PII-07). */
  hasPlace: boolean
}

/** Size of a picture from its header; null when the header makes no sense. */
export async function readPictureFacts(file: FileHandle, kind: FileKind): Promise<PictureFacts | null> {
  const head = await readAt(file, 0, 64)
  const facts = kind === 'jpg' ? await jpegFacts(file) : { ...sizeInHeader(head, kind), hasPlace: false }
  return facts && facts.width > 0 && facts.height > 0 ? facts : null
}

function sizeInHeader(head: Buffer, kind: FileKind): { width: number; height: number } {
  const none = { width: 0, height: 0 }
  if (kind === 'png' && head.length >= 24)
    return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
  if (kind === 'gif' && head.length >= 10)
    return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) }
  if (kind !== 'webp' || head.length < 30) return none
  const form = head.toString('latin1', 12, 16)
  if (form === 'VP8X') return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
  if (form === 'VP8 ')
    return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
  if (form !== 'VP8L') return none
  const bits = head.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
}

/** Walks over the segments of a JPEG up to the one that states the size. */
async function jpegFacts(file: FileHandle): Promise<PictureFacts | null> {
  let hasPlace = false
  let at = 2
  for (let segments = 0; segments < 500; segments++) {
    const mark = await readAt(file, at, 9)
    if (mark.length < 9 || mark[0] !== 0xff) return null
    const type = mark[1] ?? 0
    if (type === 0xff) {
      at += 1
      continue
    }
    const isFrame = type >= 0xc0 && type <= 0xcf && type !== 0xc4 && type !== 0xc8 && type !== 0xcc
    if (isFrame) return { height: mark.readUInt16BE(5), width: mark.readUInt16BE(7), hasPlace }
    const length = mark.readUInt16BE(2)
    if (type === 0xe1) hasPlace ||= statesPlace(await readAt(file, at + 4, length - 2))
    at += 2 + length
  }
  return null
}

/** Whether the first directory of Exif data points to a GPS directory with anything in it. */
function statesPlace(segment: Buffer): boolean {
  if (segment.length < 14 || segment.toString('latin1', 0, 4) !== 'Exif') return false
  const tiff = segment.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const long = (at: number) =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)
  const directory = long(4)
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + entry * 12
    if (short(at) === 0x8825) return holdsLatitude(long(at + 8), short)
  }
  return false
}

function holdsLatitude(directory: number, short: (at: number) => number): boolean {
  for (let entry = 0; entry < short(directory); entry++) {
    if (short(directory + 2 + entry * 12) === 2) return true
  }
  return false
}
