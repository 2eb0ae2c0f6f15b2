import { concat, readCount } from './bytes.ts'
import { type Hash, joined, nodeHash, type Range, type Subtree, subtreesOf } from './merkle.ts'

/** C2SP tlog-tiles: a tile holds the hashes of up to 256 subtrees of 256^level leaves each. */
export const tileWidth = 256
const tileHeight = 8
const hashLength = 32

export interface TileAt {
  level: number
  index: number
}

export interface Tile extends TileAt {
  hashes: readonly Hash[]
}

/** How many hashes the tile has in a tree of that size; 256 when it is full. */
export function widthOf({ level, index }: TileAt, size: number): number {
  const hashes = Math.floor(size / tileWidth ** level) - index * tileWidth
  return Math.max(0, Math.min(tileWidth, hashes))
}

/** The last tile of each level, those that are not full: where the next leaves go. */
export function edgeOf(size: number): TileAt[] {
  const edge: TileAt[] = []
  for (let [level, count] = [0, size]; count > 0; level++, count = Math.floor(count / tileWidth))
    if (count % tileWidth > 0) edge.push({ level, index: Math.floor(count / tileWidth) })
  return edge
}

/** The tiles that change when leaves are added to a tree of that size, whose edge is given. */
export function grownBy(leaves: readonly Hash[], size: number, edge: readonly Tile[]): Tile[] {
  const changed: Tile[] = []
  let [fresh, count] = [leaves, size]
  for (let level = 0; fresh.length > 0; level++, count = Math.floor(count / tileWidth)) {
    const up: Hash[] = []
    let index = Math.floor(count / tileWidth)
    let hashes = [...(edge.find(tile => tile.level === level)?.hashes ?? [])]
    if (hashes.length !== count % tileWidth) throw new RangeError(`第 ${level} 层最右边的区块不完整`)
    for (const hash of fresh) {
      hashes.push(hash)
      if (hashes.length < tileWidth) continue
      changed.push({ level, index, hashes })
      up.push(fullHash(hashes))
      hashes = []
      index += 1
    }
    if (hashes.length > 0) changed.push({ level, index, hashes })
    fresh = up
  }
  return changed
}

/** Where the hash of a whole subtree is found: that many hashes of a tile, from `first` on. */
function placeOf({ level, index }: Subtree): TileAt & { first: number; many: number } {
  const many = 2 ** (level % tileHeight)
  const first = index * many
  return {
    level: Math.floor(level / tileHeight),
    index: Math.floor(first / tileWidth),
    first: first % tileWidth,
    many,
  }
}

const keyOf = ({ level, index }: TileAt) => `${level}/${index}`

/** The tiles that are needed to know the hashes of these ranges. */
export function tilesFor(ranges: readonly Range[]): TileAt[] {
  const places = ranges.flatMap(subtreesOf).map(placeOf)
  return [...new Map(places.map(({ level, index }) => [keyOf({ level, index }), { level, index }])).values()]
}

/** Hashes of ranges, from tiles that hold at least what is needed. @throws RangeError when one does not. */
export function hashesOf(ranges: readonly Range[], tiles: readonly Tile[]): Hash[] {
  const known = new Map(tiles.map(tile => [keyOf(tile), tile.hashes]))
  const ofSubtree = (subtree: Subtree): Hash => {
    const place = placeOf(subtree)
    const hashes = known.get(keyOf(place))?.slice(place.first, place.first + place.many)
    if (hashes?.length !== place.many) throw new RangeError(`缺少区块 ${keyOf(place)}`)
    return fullHash(hashes)
  }
  return ranges.map(range => joined(subtreesOf(range).map(ofSubtree)))
}

/** Of a number of hashes that is a power of two. */
function fullHash(hashes: readonly Hash[]): Hash {
  let level = [...hashes]
  while (level.length > 1)
    level = level.flatMap((left, at) => (at % 2 === 0 ? [nodeHash(left, level[at + 1] as Hash)] : []))
  return level[0] as Hash
}

export const writeTile = (hashes: readonly Hash[]): Uint8Array => concat(...hashes)

/** @throws RangeError when it is not a whole number of hashes. */
export function readTile(bytes: Uint8Array): Hash[] {
  if (bytes.length % hashLength !== 0) throw new RangeError('区块的长度不是 32 字节的倍数')
  return Array.from({ length: bytes.length / hashLength }, (_, at) =>
    bytes.subarray(at * hashLength, (at + 1) * hashLength),
  )
}

/** `0/x001/x234/067` and `0/001.p/17`; entries stand under `entries` instead of a level. */
export function tilePath(level: number | 'entries', index: number, width: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `${level}/${name}${width < tileWidth ? `.p/${width}` : ''}`
}

/** @returns null when the path is not written in the one way there is. */
export function readTilePath(
  path: string,
): { level: number | 'entries'; index: number; width: number } | null {
  const found = /^(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (!found) return null
  const [, head = '', name = '', part] = found
  const level = head === 'entries' ? head : readCount(head)
  const index = readCount(name.replace(/[x/]/g, '').replace(/^0+(?=\d)/, ''))
  const width = part === undefined ? tileWidth : readCount(part)
  if (level === null || index === null || width === null || width < 1 || level === 64) return null
  return tilePath(level, index, width) === path ? { level, index, width } : null
}

/** Entries as a bundle: each behind its length in two bytes. @throws RangeError when one is longer than 65 535 bytes. */
export function writeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concat(
    ...entries.flatMap(entry => {
      if (entry.length > 0xffff) throw new RangeError('一条记录最长 65535 字节')
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}

/** @throws RangeError when the bundle ends within an entry. */
export function readBundle(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length; ) {
    const length = ((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0)
    const entry = bundle.subarray(at + 2, at + 2 + length)
    if (at + 2 > bundle.length || entry.length !== length) throw new RangeError('记录不完整')
    entries.push(entry)
    at += 2 + length
  }
  return entries
}
