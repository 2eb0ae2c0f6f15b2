import { isSame } from '#lib/tlog/bytes'
import { readCheckpoint } from '#lib/tlog/checkpoint'
import { type Hash, leafHash } from '#lib/tlog/merkle'
import { readNote, readVerifier, signersOf, writeVerifier } from '#lib/tlog/note'
import { isSm2Signed, readSm2Verifier } from '#lib/tlog/sm2'
import { edgeOf, grownBy, hashesOf, type Tile, tilePath, tileWidth, widthOf } from '#lib/tlog/tiles'
import type { Database } from '#platform/db/database'
import { listHeads, type SignedHead } from './checkpoint-queries.ts'
import { entriesFrom } from './entry-queries.ts'
import { knownVerifier } from './log-key.ts'
import { allTiles, logSize } from './tile-queries.ts'

export interface LogFault {
  item: 'entry' | 'tile' | 'checkpoint' | 'head' | 'act' | 'edition' | 'relation'
  /** Where: a place in the log, a tile's path, an address, a size. */
  place: string
  text: string
}

export interface CheckedLog {
  size: number
  heads: number
  faults: LogFault[]
  /** Entries about publications: a publishing act stands behind each. */
  subjects: Map<number, string>
}

const atOnce = 4096
const keyOf = ({ level, index }: Pick<Tile, 'level' | 'index'>) => `${level}/${index}`

/** Counts the whole log again from its entries, by itself, and compares: tiles, signed heads, signatures. */
export async function checkLog(db: Database): Promise<CheckedLog> {
  const faults: LogFault[] = []
  const size = await logSize(db)
  const subjects = new Map<number, string>()
  const counted = await countTiles(db, size, subjects, faults)
  const stored = await allTiles(db)
  const heads: SignedHead[] = []
  for (let after = -1; ; ) {
    const some = await listHeads(db, after, 1000)
    heads.push(...some)
    const last = some.at(-1)
    if (!last) break
    after = last.size
  }
  const wrong = heads.filter(head => head.size > size || !isSame(rootIn(counted, head.size), head.root))
  const differing = compareTiles(counted, stored, size)
  // The signed head tells which side was changed: the entries it was counted from, or the tiles
  const newest = heads.at(-1)
  const entriesHold = newest === undefined || !wrong.includes(newest)
  for (const { tile, at } of differing) {
    const path = tilePath(tile.level, tile.index, Math.max(1, widthOf(tile, size)))
    faults.push({
      item: 'tile',
      place: path,
      text: `区块 ${path} 的第 ${at + 1} 个哈希与${entriesHold ? '由记录算出的不同：区块被改动' : '记录不符'}`,
    })
    if (tile.level === 0 && !entriesHold)
      faults.push({
        item: 'entry',
        place: String(tile.index * tileWidth + at),
        text: `第 ${tile.index * tileWidth + at} 条记录与签署时的不同：记录被改动`,
      })
  }
  for (const head of wrong)
    faults.push({
      item: 'checkpoint',
      place: String(head.size),
      text: `签署到第 ${head.size} 条的日志头与由记录算出的不同`,
    })
  for (const head of heads) faults.push(...checkNote(head))
  // A key may be exchanged for another, but the newest head is signed with ours
  const own = newest && (await knownVerifier(newest.origin))
  if (own && newest.verifier !== writeVerifier(own))
    faults.push({
      item: 'checkpoint',
      place: String(newest.size),
      text: `签署到第 ${newest.size} 条的日志头不是用本机的日志密钥签的`,
    })
  return { size, heads: heads.length, faults, subjects }
}

async function countTiles(
  db: Database,
  size: number,
  subjects: Map<number, string>,
  faults: LogFault[],
): Promise<Map<string, Tile>> {
  const counted = new Map<string, Tile>()
  let at = 0
  for (;;) {
    const entries = await entriesFrom(db, at, atOnce)
    const gap = entries.findIndex((one, place) => one.index !== at + place)
    const whole = gap < 0 ? entries : entries.slice(0, gap)
    const edge = edgeOf(at).map(place => counted.get(keyOf(place)) as Tile)
    for (const tile of grownBy(
      whole.map(({ entry }) => leafHash(entry)),
      at,
      edge,
    ))
      counted.set(keyOf(tile), tile)
    for (const { index, subject } of whole) subjects.set(index, subject)
    at += whole.length
    if (whole.length < atOnce) break
  }
  if (at !== size)
    faults.push({ item: 'head', place: String(at), text: `日志应有 ${size} 条，到第 ${at} 条就断了` })
  return counted
}

/** Of the tree as it was with so many leaves; an empty hash when it was never so large. */
function rootIn(counted: ReadonlyMap<string, Tile>, size: number): Hash {
  try {
    return hashesOf([{ from: 0, to: size }], [...tilesUpTo(counted, size)])[0] ?? new Uint8Array()
  } catch {
    return new Uint8Array()
  }
}

/** Only the right edge of that tree is looked at, not every tile. */
function* tilesUpTo(counted: ReadonlyMap<string, Tile>, size: number): Iterable<Tile> {
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth))
    for (const index of [Math.floor(count / tileWidth), Math.floor(count / tileWidth) - 1]) {
      const tile = counted.get(keyOf({ level, index }))
      if (tile) yield tile
    }
}

function compareTiles(
  counted: ReadonlyMap<string, Tile>,
  stored: readonly Tile[],
  size: number,
): { tile: Tile; at: number }[] {
  const found = new Map(stored.map(tile => [keyOf(tile), tile]))
  const differing: { tile: Tile; at: number }[] = []
  for (const key of new Set([...counted.keys(), ...found.keys()])) {
    const ours = counted.get(key)
    const theirs = found.get(key)
    const tile = (ours ?? theirs) as Tile
    const width = Math.max(widthOf(tile, size), ours?.hashes.length ?? 0, theirs?.hashes.length ?? 0)
    for (let at = 0; at < width; at++) {
      const [a, b] = [ours?.hashes[at], theirs?.hashes[at]]
      if (!a || !b || !isSame(a, b)) differing.push({ tile, at })
    }
  }
  return differing
}

function checkNote(head: SignedHead): LogFault[] {
  const place = String(head.size)
  const note = readNote(head.note)
  const said = note && readCheckpoint(note.text)
  if (
    !note ||
    !said ||
    said.size !== head.size ||
    said.origin !== head.origin ||
    !isSame(said.root, head.root)
  )
    return [{ item: 'checkpoint', place, text: `签署到第 ${place} 条的日志头文字与登记的不同` }]
  const key = readVerifier(head.verifier)
  if (!key || signersOf(note, [key])?.length !== 1)
    return [{ item: 'checkpoint', place, text: `签署到第 ${place} 条的日志头签名不对` }]
  const sm2Key = head.sm2Verifier === null ? undefined : readSm2Verifier(head.sm2Verifier)
  if (sm2Key === null || (sm2Key && !isSm2Signed(note, sm2Key)))
    return [{ item: 'checkpoint', place, text: `签署到第 ${place} 条的日志头的 SM2 签名不对` }]
  return []
}
