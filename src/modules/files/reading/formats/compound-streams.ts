/** What an old Office file (compound binary file, MS-CFB) holds, told by a reading that no loop in it can hold up. */
export type CompoundStreams = {
  names: ReadonlySet<string>
  hasMacros: boolean
  /** The text itself is encrypted (MS-DOC, FibBase.fEncrypted), or the whole file is. */
  encrypted: boolean
}

const END_OF_CHAIN = 0xfffffffe
const ENTRY_LENGTH = 128

/** Null when sectors are missing, or follow one another in a circle. */
export function compoundStreams(bytes: Uint8Array): CompoundStreams | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length < 1024) return null
  const sectorSize = 2 ** file.readUInt16LE(30)
  if (sectorSize !== 512 && sectorSize !== 4096) return null
  const sectors = Math.ceil(file.length / sectorSize) - 1
  const sector = (id: number) => file.subarray((id + 1) * sectorSize, (id + 2) * sectorSize)
  const table = allocationTable(file, sectors, sector)
  if (table === null) return null

  const directory = chainOf(file.readUInt32LE(48), table, sectors)
  const shortTable = chainOf(file.readUInt32LE(60), table, sectors)
  if (directory === null || shortTable === null) return null
  const shortLinks = numbersIn(Buffer.concat(shortTable.map(sector)))
  const entries = entriesOf(Buffer.concat(directory.map(sector)))
  const cutoff = file.readUInt32LE(56)
  for (const { type, start, size } of entries) {
    const short = type === STREAM && size < cutoff
    const links = short ? shortLinks : table
    if (
      (type === STREAM || type === ROOT) &&
      size > 0 &&
      chainOf(start, links, short ? links.length : sectors) === null
    )
      return null
  }

  const names = new Set(entries.map(entry => entry.name))
  const text = entries.find(entry => entry.name === 'WordDocument')
  const head = text && text.size >= cutoff ? sector(text.start) : null
  const encryptedText = head !== null && head.length >= 12 && (head.readUInt16LE(10) & 0x0100) !== 0
  return {
    names,
    hasMacros: ['Macros', '_VBA_PROJECT_CUR', '_VBA_PROJECT', 'VBA'].some(name => names.has(name)),
    encrypted: encryptedText || names.has('EncryptedPackage') || names.has('EncryptionInfo'),
  }
}

const STREAM = 2
const ROOT = 5

function allocationTable(file: Buffer, sectors: number, sector: (id: number) => Buffer): number[] | null {
  const count = file.readUInt32LE(44)
  if (count > sectors) return null
  const ids = numbersIn(file.subarray(76, 512)).slice(0, count)
  let next = file.readUInt32LE(68)
  for (let left = file.readUInt32LE(72); left > 0 && ids.length < count; left--) {
    if (next >= sectors) return null
    const more = numbersIn(sector(next))
    next = more.pop() ?? END_OF_CHAIN
    ids.push(...more.slice(0, count - ids.length))
  }
  if (ids.length < count || ids.some(id => id >= sectors)) return null
  return ids.flatMap(id => numbersIn(sector(id)))
}

/** The sectors that follow from `start`; null when one lies outside or comes a second time. */
function chainOf(start: number, links: readonly number[], sectors: number): number[] | null {
  const chain: number[] = []
  for (let id = start; id < END_OF_CHAIN; id = links[id] ?? END_OF_CHAIN) {
    if (id >= sectors || chain.length >= links.length) return null
    chain.push(id)
  }
  return chain
}

function numbersIn(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readUInt32LE(i * 4))
}

function entriesOf(directory: Buffer): { name: string; type: number; start: number; size: number }[] {
  return Array.from({ length: Math.floor(directory.length / ENTRY_LENGTH) }, (_, i) => {
    const entry = directory.subarray(i * ENTRY_LENGTH, (i + 1) * ENTRY_LENGTH)
    // The length counts the closing zero.
    const name = entry.toString('utf16le', 0, Math.max(0, Math.min(64, entry.readUInt16LE(64)) - 2))
    return { name, type: entry[66] ?? 0, start: entry.readUInt32LE(116), size: entry.readUInt32LE(120) }
  })
}
