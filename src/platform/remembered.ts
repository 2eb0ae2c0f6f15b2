/** Some facts are asked for by what a request says of itself (its host name): a hostile one must not fill the memory. */
const mostKept = 1000

/**
 * Facts that many pages need and few acts change (navigation, sites): kept in memory until what they were made from changes.
 * Told of changes in the same way as the page cache.
 */
export class Remembered {
  readonly #facts = new Map<
    string,
    { value: Promise<unknown>; dependsOn: readonly string[]; until: number }
  >()
  #open = false

  /** @param until instant after which the fact is made anew although nothing was written. */
  get<T>(
    key: string,
    dependsOn: readonly string[],
    make: () => Promise<T>,
    until = Number.POSITIVE_INFINITY,
  ): Promise<T> {
    const known = this.#facts.get(key)
    if (known && known.until > Date.now()) return known.value as Promise<T>
    const value = make()
    if (this.#open) {
      if (this.#facts.size >= mostKept) this.#facts.clear()
      this.#facts.set(key, { value, dependsOn, until })
      value.catch(() => {
        if (this.#facts.get(key)?.value === value) this.#facts.delete(key)
      })
    }
    return value
  }

  purge(tags: readonly string[]): void {
    for (const [key, fact] of this.#facts)
      if (tags.includes('*') || fact.dependsOn.some(tag => tags.includes(tag))) this.#facts.delete(key)
  }

  close(): void {
    this.#open = false
    this.#facts.clear()
  }

  open(): void {
    this.#facts.clear()
    this.#open = true
  }
}
