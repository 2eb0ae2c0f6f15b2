import { createReadStream } from 'node:fs'

/** What an old Office or WPS file (compound binary file) is made of, as far as it matters here. */
export interface CompoundDocument {
  kind: 'doc' | 'xls' | 'other'
  hasMacros: boolean
  encrypted: boolean
}

const entryLength = 128

/**
 * Names of the streams and storages. Entries of the directory lie on 128-byte borders and carry their own name's
 * length and a type byte, so they are found by walking over the file, however its sectors are chained.
 */
export async function readCompoundDocument(path: string): Promise<CompoundDocument> {
  const names = new Set<string>()
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    const block = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer)
    const whole = block.length - (block.length % entryLength)
    for (let at = 0; at < whole; at += entryLength) {
      const name = entryName(block, at)
      if (name !== null) names.add(name)
    }
    rest = block.subarray(whole)
  }
  return {
    kind: names.has('WordDocument') ? 'doc' : names.has('Workbook') || names.has('Book') ? 'xls' : 'other',
    hasMacros: ['Macros', '_VBA_PROJECT_CUR', '_VBA_PROJECT', 'VBA'].some(name => names.has(name)),
    encrypted: names.has('EncryptedPackage'),
  }
}

function entryName(block: Buffer, at: number): string | null {
  const type = block[at + 66]
  const length = block.readUInt16LE(at + 64)
  // 1 storage, 2 stream, 5 root; the length counts the closing zero
  if ((type !== 1 && type !== 2 && type !== 5) || length < 4 || length > 64 || length % 2 !== 0) return null
  if (block.readUInt16LE(at + length - 2) !== 0) return null
  return block.toString('utf16le', at, at + length - 2)
}
