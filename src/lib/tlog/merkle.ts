import { sha256 } from '@noble/hashes/sha2.js'
import { concat, isSame } from './bytes.ts'

/** 32 bytes. */
export type Hash = Uint8Array

const ofLeaf = Uint8Array.of(0)
const ofNode = Uint8Array.of(1)

/** RFC 6962 §2.1: the two kinds of hash can never be taken for each other. */
export const leafHash = (entry: Uint8Array): Hash => sha256(concat(ofLeaf, entry))
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(concat(ofNode, left, right))
export const emptyRoot: Hash = sha256(new Uint8Array())

/** The leaves from `from` to before `to`. */
export interface Range {
  from: number
  to: number
}

/** A whole subtree of 2^level leaves, the `index`-th of its level. */
export interface Subtree {
  level: number
  index: number
}

/** Where RFC 6962 parts a tree: the largest power of two below its size. */
function splitOf(size: number): number {
  let left = 1
  while (left * 2 < size) left *= 2
  return left
}

/** The audit path of a leaf (RFC 6962 §2.1.1): what its hash is joined with, from its sibling up to the root. */
export function inclusionPath(index: number, size: number): Range[] {
  const path: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      path.push({ from: middle, to })
      to = middle
    } else {
      path.push({ from, to: middle })
      from = middle
    }
  }
  return path.reverse()
}

/** What shows that the tree of `size` leaves only continues the one of `old` leaves (RFC 6962 §2.1.2). */
export function consistencyPath(old: number, size: number): Range[] {
  if (old === 0 || old === size) return []
  const path: Range[] = []
  let [from, to, rest] = [0, size, old]
  while (rest !== to - from) {
    const left = splitOf(to - from)
    if (rest <= left) {
      path.push({ from: from + left, to })
      to = from + left
    } else {
      path.push({ from, to: from + left })
      from += left
      rest -= left
    }
  }
  // The old tree itself is known to him who asks
  if (from > 0) path.push({ from, to })
  return path.reverse()
}

/** The whole subtrees that make up a range of a path, from the left: each is smaller than the one before. */
export function subtreesOf({ from, to }: Range): Subtree[] {
  const subtrees: Subtree[] = []
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1]
    while (at % (width * 2) === 0 && at + width * 2 <= to) {
      level += 1
      width *= 2
    }
    subtrees.push({ level, index: at / width })
    at += width
  }
  return subtrees
}

/** The hash of a range, from the hashes of its subtrees. */
export const joined = (hashes: readonly Hash[]): Hash =>
  hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right))

const half = (count: number) => Math.floor(count / 2)
const isOdd = (count: number) => count % 2 === 1

/** Whether the leaf stands at `index` of the tree with this root (RFC 9162 §2.1.3.2). */
export function provesInclusion(
  leaf: Hash,
  index: number,
  size: number,
  path: readonly Hash[],
  root: Hash,
): boolean {
  if (index < 0 || index >= size) return false
  let [node, last, hash] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else hash = nodeHash(hash, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && isSame(hash, root)
}

interface Head {
  size: number
  root: Hash
}

/** Whether the later tree holds the earlier one unchanged (RFC 9162 §2.1.4.2). */
export function provesConsistency(earlier: Head, later: Head, path: readonly Hash[]): boolean {
  if (earlier.size > later.size) return false
  if (earlier.size === later.size) return path.length === 0 && isSame(earlier.root, later.root)
  if (earlier.size === 0) return path.length === 0 && isSame(earlier.root, emptyRoot)
  let [node, last] = [earlier.size - 1, later.size - 1]
  while (isOdd(node)) [node, last] = [half(node), half(last)]
  const [first, ...rest] = node === 0 ? [earlier.root, ...path] : path
  if (!first) return false
  let [before, after] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else after = nodeHash(after, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && isSame(before, earlier.root) && isSame(after, later.root)
}
