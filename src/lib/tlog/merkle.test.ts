import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, utf8 } from './bytes.ts'
import {
  consistencyPath,
  emptyRoot,
  type Hash,
  inclusionPath,
  joined,
  leafHash,
  nodeHash,
  provesConsistency,
  provesInclusion,
  subtreesOf,
} from './merkle.ts'
import { edgeOf, grownBy, hashesOf, type Tile, tilesFor, widthOf } from './tiles.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** A second implementation, word for word by RFC 6962 §2.1: recursive, over the leaves themselves. */
const k = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1)
function mth(d: readonly Hash[]): Hash {
  if (d.length === 0) return emptyRoot
  const [first] = d
  if (d.length === 1 && first) return first
  return nodeHash(mth(d.slice(0, k(d.length))), mth(d.slice(k(d.length))))
}
function pathByRfc(m: number, d: readonly Hash[]): Hash[] {
  if (d.length === 1) return []
  const left = k(d.length)
  return m < left
    ? [...pathByRfc(m, d.slice(0, left)), mth(d.slice(left))]
    : [...pathByRfc(m - left, d.slice(left)), mth(d.slice(0, left))]
}
function subproof(m: number, d: readonly Hash[], b: boolean): Hash[] {
  if (m === d.length) return b ? [] : [mth(d)]
  const left = k(d.length)
  return m <= left
    ? [...subproof(m, d.slice(0, left), b), mth(d.slice(left))]
    : [...subproof(m - left, d.slice(left), false), mth(d.slice(0, left))]
}

const leavesOf = (many: number) => Array.from({ length: many }, (_, at) => leafHash(utf8(`leaf ${at}`)))

/** The tiles of a tree that grew in steps of these sizes. */
function grown(leaves: readonly Hash[], steps: readonly number[]): Tile[] {
  const tiles = new Map<string, Tile>()
  let size = 0
  for (const step of [...steps, leaves.length]) {
    const fresh = leaves.slice(size, size + step)
    const edge = edgeOf(size).map(at => tiles.get(`${at.level}/${at.index}`) as Tile)
    for (const tile of grownBy(fresh, size, edge)) tiles.set(`${tile.level}/${tile.index}`, tile)
    size += fresh.length
  }
  return [...tiles.values()]
}

/** Leaves and roots published with the reference implementation of RFC 6962. */
const published = {
  leaves: [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ],
  roots: [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
}

describe('the tree of RFC 6962', () => {
  it('has the published roots', () => {
    const leaves = published.leaves.map(leaf => leafHash(Uint8Array.from(Buffer.from(leaf, 'hex'))))
    expect(hex(emptyRoot)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    for (const [at, root] of published.roots.entries()) {
      const tiles = grown(leaves.slice(0, at + 1), [])
      expect(hex(hashesOf([{ from: 0, to: at + 1 }], tiles)[0] ?? emptyRoot)).toBe(root)
    }
  })

  it('has the same root, audit paths and consistency paths as a recursive second implementation, however it grew', () => {
    const tree = fc.integer({ min: 1, max: 1200 }).chain(size =>
      fc.record({
        size: fc.constant(size),
        index: fc.integer({ min: 0, max: size - 1 }),
        old: fc.integer({ min: 0, max: size }),
        steps: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 6 }),
      }),
    )
    fc.assert(
      fc.property(tree, ({ size, index, old, steps }) => {
        const leaves = leavesOf(size)
        const tiles = grown(leaves, steps)
        const whole = { from: 0, to: size }
        const [root = emptyRoot] = hashesOf([whole], tiles)
        expect(hex(root)).toBe(hex(mth(leaves)))

        const audit = inclusionPath(index, size)
        const needed = tiles.filter(tile =>
          tilesFor(audit).some(at => at.level === tile.level && at.index === tile.index),
        )
        const path = hashesOf(audit, needed)
        expect(path.map(hex)).toEqual(pathByRfc(index, leaves).map(hex))
        expect(provesInclusion(leaves[index] as Hash, index, size, path, root)).toBe(true)

        const before = { size: old, root: mth(leaves.slice(0, old)) }
        const proof = hashesOf(consistencyPath(old, size), tiles)
        if (old > 0 && old < size) expect(proof.map(hex)).toEqual(subproof(old, leaves, true).map(hex))
        expect(provesConsistency(before, { size, root }, proof)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('nothing else is proved: one bit, one place, one hash more or less, another root', () => {
    const size = 300
    const leaves = leavesOf(size)
    const tiles = grown(leaves, [])
    const root = mth(leaves)
    const flipped = (hash: Hash, bit: number) =>
      hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    for (const index of [0, 1, 43, 255, 256, 299]) {
      const leaf = leaves[index] as Hash
      const path = hashesOf(inclusionPath(index, size), tiles)
      const proves = (one: Hash, at: number, of: number, by: Hash[], to: Hash) =>
        provesInclusion(one, at, of, by, to)
      expect(proves(leaf, index, size, path, root)).toBe(true)
      expect(proves(flipped(leaf, 200), index, size, path, root)).toBe(false)
      expect(proves(leaf, index ^ 1, size, path, root)).toBe(false)
      expect(proves(leaf, size + index, size, path, root)).toBe(false)
      expect(proves(leaf, -1, size, path, root)).toBe(false)
      expect(proves(leaf, index, size, path.slice(1), root)).toBe(false)
      expect(proves(leaf, index, size, [...path, root], root)).toBe(false)
      expect(proves(leaf, index, size, path, flipped(root, 3))).toBe(false)
      for (const [at, hash] of path.entries())
        expect(proves(leaf, index, size, path.with(at, flipped(hash, 77)), root)).toBe(false)
    }
    for (const old of [1, 2, 128, 255, 256, 299]) {
      const head = { size, root }
      const before = { size: old, root: mth(leaves.slice(0, old)) }
      const path = hashesOf(consistencyPath(old, size), tiles)
      expect(provesConsistency({ ...before, root: flipped(before.root, 9) }, head, path)).toBe(false)
      expect(provesConsistency(before, { size, root: flipped(root, 9) }, path)).toBe(false)
      expect(provesConsistency(before, head, [...path, root])).toBe(false)
      expect(provesConsistency(before, head, path.slice(0, -1))).toBe(false)
      expect(provesConsistency(head, before, path)).toBe(false)
    }
  })

  it('a range is made of whole subtrees, and empty of none', () => {
    expect(subtreesOf({ from: 4, to: 11 })).toEqual([
      { level: 2, index: 1 },
      { level: 1, index: 4 },
      { level: 0, index: 10 },
    ])
    expect(joined([])).toBe(emptyRoot)
    expect(concat()).toHaveLength(0)
  })

  it('a tree of 70 000 leaves has the tiles that C2SP tlog-tiles names for it', () => {
    const of = (level: number, index: number) => widthOf({ level, index }, 70_000)
    expect([of(0, 272), of(0, 273), of(0, 274), of(1, 0), of(1, 1), of(2, 0)]).toEqual([
      256, 112, 0, 256, 17, 1,
    ])
    expect(edgeOf(70_000)).toEqual([
      { level: 0, index: 273 },
      { level: 1, index: 1 },
      { level: 2, index: 0 },
    ])
    expect(edgeOf(256)).toEqual([{ level: 1, index: 0 }])
  })
})
