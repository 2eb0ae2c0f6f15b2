/** Chance that can be repeated: the same seeds give the same choices, on every machine. */
export class Chance {
  private state: number

  constructor(...seeds: readonly number[]) {
    let hash = 0x9e3779b9
    for (const seed of seeds) hash = mixed(hash ^ Math.imul(seed + 1, 0x85ebca6b))
    this.state = hash
  }

  /** From 0 to below 1. */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    return mixed(this.state) / 4294967296
  }

  below(count: number): number {
    return Math.floor(this.unit() * count)
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  happens(share: number): boolean {
    return this.unit() < share
  }

  /** Each as likely as the other. */
  any<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  /** As words are met in life: the second half as often as the first, the third a third as often … (Zipf). */
  usual<T>(list: readonly T[]): T {
    return list[Math.floor(Math.exp(this.unit() * Math.log(list.length + 1))) - 1] as T
  }

  /** Out of [thing, weight] pairs, whose weights add up to `total`. */
  weighed<T>(pairs: readonly (readonly [T, number])[], total: number): T {
    let rest = this.unit() * total
    for (const [thing, weight] of pairs) {
      rest -= weight
      if (rest < 0) return thing
    }
    return (pairs.at(-1) as readonly [T, number])[0]
  }

  /** A few different ones. */
  several<T>(list: readonly T[], count: number): T[] {
    const found = new Set<T>()
    for (let tries = 0; found.size < count && tries < count * 4; tries++) found.add(this.any(list))
    return [...found]
  }
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return (hash ^ (hash >>> 15)) >>> 0
}
