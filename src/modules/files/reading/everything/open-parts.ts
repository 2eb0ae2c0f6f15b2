import type { Entry } from 'yauzl'
import yauzl from 'yauzl'
import { limits } from '../../stored-file.ts'
import { damaged, encrypted, UnreadableFile } from '../unreadable-file.ts'
import { entryName } from '../zip/entry-name.ts'
import { inflateEntry } from '../zip/inflate-entry.ts'
import { type Budget, TooMuch } from './piece.ts'

export interface Part {
  name: string
  bytes(): Promise<Uint8Array>
  text(): Promise<string>
}

/** All parts of a zip, their names as people read them, unpacked within the budget of the whole file (S-OFD-03). */
export async function openParts(file: string, bytes: Uint8Array, budget: Budget): Promise<Map<string, Part>> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const zip = await yauzl.fromBufferPromise(buffer, { decodeStrings: false }).catch(() => {
    throw damaged(file)
  })
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      if (--budget.parts < 0) throw new TooMuch()
      entries.push(entry)
    }
  } catch (error) {
    if (error instanceof TooMuch) throw error
    throw /encryption/.test(String(error)) ? encrypted(file) : damaged(file)
  }
  if (entries.some(entry => entry.isEncrypted())) throw encrypted(file)
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (unpacked > limits.zipRatioFromBytes && unpacked / Math.max(1, bytes.length) > limits.zipRatio)
    throw new UnreadableFile('bomb', '解开后会异常膨胀，像是“压缩炸弹”，没有检查。请检查它的来源。')
  const parts = new Map<string, Part>()
  for (const entry of entries) {
    const name = entryName({
      bytes: entry.fileNameRaw,
      saysUtf8: (entry.generalPurposeBitFlag & 0x800) !== 0,
      unicodePath: entry.extraFields.find(field => field.id === 0x7075)?.data,
    })
    const read = async () => {
      if (entry.uncompressedSize > budget.bytes) throw new TooMuch()
      const content = await inflateEntry(zip, entry, budget.bytes).catch(() => {
        throw damaged(name)
      })
      budget.bytes -= content.length
      return content
    }
    parts.set(name, { name, bytes: read, text: async () => xmlText(await read()) })
  }
  return parts
}

function xmlText(bytes: Uint8Array): string {
  const [first, second] = bytes
  const wide =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  return new TextDecoder(wide ?? 'utf-8').decode(bytes)
}
