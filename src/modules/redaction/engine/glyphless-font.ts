/**
 * A TrueType font whose only glyph is empty: it carries the unseen text layer, as programs that recognise letters in scans do it.
 * Whatever was in the fonts of the original (names of other signs, subsets) never comes along.
 */
export function glyphlessFont(): Buffer {
  const tables: [string, Buffer][] = [
    ['OS/2', os2()],
    ['cmap', cmap()],
    ['glyf', Buffer.alloc(0)],
    ['head', head()],
    ['hhea', hhea()],
    ['hmtx', words(1000, 0, 1000, 0)],
    ['loca', words(0, 0, 0)],
    ['maxp', maxp()],
    ['name', words(0, 0, 6)],
    ['post', Buffer.concat([longs(0x00030000, 0), words(0, 0), longs(1, 0, 0, 0, 0)])],
  ]
  const directory = Buffer.alloc(12 + 16 * tables.length)
  directory.writeUInt32BE(0x00010000, 0)
  words(tables.length, 128, 3, tables.length * 16 - 128).copy(directory, 4)
  const bodies: Buffer[] = []
  let at = directory.length
  for (const [number, [name, body]] of tables.entries()) {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
    const entry = 12 + 16 * number
    directory.write(name.padEnd(4), entry, 'latin1')
    directory.writeUInt32BE(sumOf(padded), entry + 4)
    directory.writeUInt32BE(at, entry + 8)
    directory.writeUInt32BE(body.length, entry + 12)
    bodies.push(padded)
    at += padded.length
  }
  return Buffer.concat([directory, ...bodies])
}

function words(...numbers: number[]): Buffer {
  const buffer = Buffer.alloc(numbers.length * 2)
  for (const [at, number] of numbers.entries()) buffer.writeUInt16BE(number & 0xffff, at * 2)
  return buffer
}

function longs(...numbers: number[]): Buffer {
  const buffer = Buffer.alloc(numbers.length * 4)
  for (const [at, number] of numbers.entries()) buffer.writeUInt32BE(number, at * 4)
  return buffer
}

const head = () =>
  Buffer.concat([
    longs(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
    words(0x000b, 1000),
    Buffer.alloc(16),
    words(0, 0, 1000, 1000, 0, 8, 2, 0, 0),
  ])
const hhea = () =>
  Buffer.concat([longs(0x00010000), words(880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 2)])
const maxp = () => Buffer.concat([longs(0x00010000), words(2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)])
const cmap = () =>
  Buffer.concat([words(0, 1, 3, 1), longs(12), words(4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0)])

function os2(): Buffer {
  const table = Buffer.alloc(96)
  words(4, 1000, 400, 5).copy(table, 0)
  words(880, -120, 0, 880, 120).copy(table, 68)
  return table
}

function sumOf(padded: Buffer): number {
  let sum = 0
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0
  return sum
}
