/** Entry numbers as one bit each: for words that very many hold. */
export class Bits {
  readonly words: Uint32Array

  constructor(words: Uint32Array) {
    this.words = words
  }

  static of(entries: ArrayLike<number>, top: number): Bits {
    const bits = new Bits(new Uint32Array((top >>> 5) + 1))
    for (let index = 0; index < entries.length; index++) bits.set(entries[index] as number)
    return bits
  }

  has(entry: number): boolean {
    return ((this.words[entry >>> 5] ?? 0) & (1 << (entry & 31))) !== 0
  }

  clear(entry: number): void {
    const at = entry >>> 5
    if (at < this.words.length) this.words[at] = (this.words[at] as number) & ~(1 << (entry & 31))
  }

  count(): number {
    let n = 0
    for (const word of this.words) n += ones(word)
    return n
  }

  /** Numbers above the width are not kept. */
  set(entry: number): void {
    const at = entry >>> 5
    if (at < this.words.length) this.words[at] = (this.words[at] as number) | (1 << (entry & 31))
  }
}

/** What a question finds among the words: entry numbers, or all when it asks for no word. */
export type Hits = 'all' | Int32Array | Bits

/** Numbers as PostgreSQL packs them (`int4send`, joined). */
export function readPacked(packed: Buffer | null): Int32Array {
  if (!packed) return new Int32Array(0)
  const entries = new Int32Array(packed.length / 4)
  for (let index = 0; index < entries.length; index++) entries[index] = packed.readInt32BE(index * 4)
  return entries
}

/** Many as bits, few as a list: a list costs 32 times as much an entry. */
export const compact = (entries: Int32Array, top: number): Int32Array | Bits =>
  entries.length * 32 > top ? Bits.of(entries, top) : entries

export const bytesOf = (hits: Hits): number =>
  hits === 'all' ? 0 : hits instanceof Bits ? hits.words.byteLength : hits.byteLength

/** Both at once. */
export function both(a: Hits, b: Hits): Hits {
  if (a === 'all') return b
  if (b === 'all') return a
  if (a instanceof Bits && b instanceof Bits) {
    const words = new Uint32Array(Math.min(a.words.length, b.words.length))
    for (let at = 0; at < words.length; at++) words[at] = (a.words[at] as number) & (b.words[at] as number)
    return new Bits(words)
  }
  if (a instanceof Bits) return (b as Int32Array).filter(entry => a.has(entry))
  if (b instanceof Bits) return a.filter(entry => b.has(entry))
  const others = new Set(b)
  return a.filter(entry => others.has(entry))
}

/** Any of two. */
export function either(a: Hits, b: Hits, top: number): Hits {
  if (a === 'all' || b === 'all') return 'all'
  if (!(a instanceof Bits) && !(b instanceof Bits))
    return compact(Int32Array.from(new Set([...a, ...b])), top)
  const words = new Uint32Array((top >>> 5) + 1)
  for (const hits of [a, b]) {
    if (hits instanceof Bits)
      for (let at = 0; at < words.length; at++) words[at] = (words[at] as number) | (hits.words[at] ?? 0)
  }
  const joined = new Bits(words)
  for (const hits of [a, b]) if (!(hits instanceof Bits)) for (const entry of hits) joined.set(entry)
  return joined
}

export function ones(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
