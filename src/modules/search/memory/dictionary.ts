/** Values as small numbers; 0 stands for none. */
export class Dictionary {
  private readonly codes = new Map<string, number>()
  readonly values: (string | null)[] = [null]

  get size(): number {
    return this.values.length
  }

  codeOf(value: string | null): number {
    if (value === null) return 0
    const known = this.codes.get(value)
    if (known !== undefined) return known
    const code = this.values.push(value) - 1
    this.codes.set(value, code)
    return code
  }

  /** One mark for each code: whether `allowed` holds its value. Undefined allows all. */
  marks(allowed: readonly string[] | undefined): Uint8Array {
    if (!allowed) return new Uint8Array(this.size).fill(1)
    const marks = new Uint8Array(this.size)
    for (const value of allowed) {
      const code = this.codes.get(value)
      if (code !== undefined) marks[code] = 1
    }
    return marks
  }
}
