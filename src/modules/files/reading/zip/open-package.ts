import type { Entry } from 'yauzl'
import yauzl from 'yauzl'
import { limits, sizeInWords } from '../../stored-file.ts'
import { damaged, encrypted, UnreadableFile } from '../unreadable-file.ts'
import { inflateEntry } from './inflate-entry.ts'

/** A document that is a zip of parts: .docx, .xlsx, .ofd. A part is unpacked when it is asked for. */
export type Package = {
  names: readonly string[]
  has(part: string): boolean
  read(part: string): Promise<Uint8Array>
  text(part: string): Promise<string>
}

/** A part of XML unfolds to twenty times its size in memory. */
const XML_LIMIT_BYTES = 48 * 1024 * 1024

/** Looks at everything the package says of itself before a byte is unpacked (S-OFD-03). Throws only UnreadableFile. */
export async function openPackage(file: string, bytes: Uint8Array): Promise<Package> {
  const entries = new Map<string, Entry>()
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const zip = await yauzl.fromBufferPromise(buffer).catch(() => {
    throw damaged(file)
  })
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName, entry)
      if (zip.entryCount > limits.zipEntries || entries.size > limits.zipEntries) break
    }
  } catch (error) {
    throw /encryption/.test(String(error)) ? encrypted(file) : damaged(file)
  }
  refuseHostile(file, bytes.length, [...entries.values()])

  async function read(part: string, limit: number): Promise<Uint8Array> {
    const entry = entries.get(part)
    if (!entry) throw damaged(file)
    if (entry.uncompressedSize > limit) throw swollen(file, limit)
    try {
      return await inflateEntry(zip, entry, limit)
    } catch {
      throw damaged(file)
    }
  }

  return {
    names: [...entries.keys()],
    has: part => entries.has(part),
    read: part => read(part, limits.zipUnpackedBytes),
    text: async part => xmlText(await read(part, XML_LIMIT_BYTES)),
  }
}

function refuseHostile(file: string, size: number, entries: readonly Entry[]): void {
  if (entries.some(entry => entry.isEncrypted())) throw encrypted(file)
  const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0)
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  const expands = unpacked > limits.zipRatioFromBytes && unpacked / Math.max(1, size) > limits.zipRatio
  // Entries that share the same bytes add up to more than the file.
  if (entries.length > limits.zipEntries || expands || packed > size) {
    const why = `“${file}”解开后会异常膨胀，像是“压缩炸弹”，没有读取。请检查它的来源，用原来的软件重新保存后再导入。`
    throw new UnreadableFile('bomb', why)
  }
  if (unpacked > limits.zipUnpackedBytes) throw swollen(file, limits.zipUnpackedBytes)
}

function swollen(file: string, limit: number): UnreadableFile {
  const why = `“${file}”解开后有一部分超过 ${sizeInWords(limit)}，没有读取。请把它拆成几份，或压缩里面的图片后再导入。`
  return new UnreadableFile('too-large', why)
}

function xmlText(bytes: Uint8Array): string {
  const [first, second] = bytes
  const wide =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  return new TextDecoder(wide ?? 'utf-8').decode(bytes)
}
