import { Dictionary } from './dictionary.ts'

/** A day that never comes, and one before all others. */
export const never = 0x7fffffff
export const always = -0x80000000

/** Entries as they come from the database: one array for each column. */
export interface EntryBatch {
  entryNo: number[]
  siteId: string[]
  kind: string[]
  organId: string[]
  theme: (string | null)[]
  genre: (string | null)[]
  form: (string | null)[]
  /** Sorted and joined. */
  columns: string[]
  year: number[]
  archive: boolean[]
  /** Milliseconds. */
  sortAt: number[]
  publicFrom: number[]
  publicUntil: (number | null)[]
  /** Days since 1970. */
  begins: (number | null)[]
  validUntil: (number | null)[]
  repealedFrom: (number | null)[]
  amendedFrom: (number | null)[]
  partlyFrom: (number | null)[]
}

export const absent = 0
export const openForGood = 1
const openForAWhile = 2

/**
 * All entries of a database as typed arrays, addressed by `entry_no`: about fifty bytes an entry. It knows no words and no
 * titles; it counts, filters and walks by time.
 */
export class EntryColumns {
  private capacity = 0
  /** Entry numbers go up to here. */
  top = 0
  count = 0
  /** Grows whenever anything changed. */
  version = 0
  state = new Uint8Array(0)
  archive = new Uint8Array(0)
  site = new Uint16Array(0)
  kind = new Uint8Array(0)
  organ = new Uint16Array(0)
  theme = new Uint16Array(0)
  genre = new Uint16Array(0)
  form = new Uint8Array(0)
  columns = new Uint32Array(0)
  year = new Uint16Array(0)
  sortAt = new Float64Array(0)
  begins = new Int32Array(0)
  validUntil = new Int32Array(0)
  repealedFrom = new Int32Array(0)
  amendedFrom = new Int32Array(0)
  partlyFrom = new Int32Array(0)
  /** Entry numbers, the newest first. */
  order = new Uint32Array(0)
  /** Entry numbers in the order in which they were heard of: whoever keeps hits asks about those that came later. */
  readonly arrivals: number[] = []
  readonly intervals = new Map<number, { from: number; until: number }>()
  readonly dictionaries = {
    site: new Dictionary(),
    kind: new Dictionary(),
    organ: new Dictionary(),
    theme: new Dictionary(),
    genre: new Dictionary(),
    form: new Dictionary(),
    columns: new Dictionary(),
  }

  get bytes(): number {
    return this.capacity * 50 + this.order.byteLength
  }

  add(batch: EntryBatch, now: number): void {
    const fresh: number[] = []
    for (let row = 0; row < batch.entryNo.length; row++) {
      const entry = batch.entryNo[row] as number
      this.reach(entry)
      if (this.state[entry] === absent) {
        fresh.push(entry)
        this.arrivals.push(entry)
        this.count++
      }
      this.write(entry, batch, row, now)
    }
    if (fresh.length > 0) this.arrange(fresh)
    if (batch.entryNo.length > 0) this.version++
  }

  remove(entries: readonly number[]): void {
    for (const entry of entries) {
      if (entry >= this.capacity || this.state[entry] === absent) continue
      this.state[entry] = absent
      this.intervals.delete(entry)
      this.count--
      this.version++
    }
  }

  isOpen(entry: number, now: number): boolean {
    const state = this.state[entry]
    if (state !== openForAWhile) return state === openForGood
    const interval = this.intervals.get(entry)
    return interval !== undefined && interval.from <= now && interval.until > now
  }

  /** The next instant at which something opens or closes: until then, counts of this version hold. */
  nextBoundary(now: number): number {
    let next = Number.POSITIVE_INFINITY
    for (const { from, until } of this.intervals.values()) {
      if (from > now && from < next) next = from
      if (until > now && until < next) next = until
    }
    return next
  }

  private write(entry: number, batch: EntryBatch, row: number, now: number): void {
    const { dictionaries } = this
    const from = batch.publicFrom[row] as number
    const until = batch.publicUntil[row] ?? null
    if (until === null && from <= now) {
      this.state[entry] = openForGood
      this.intervals.delete(entry)
    } else {
      this.state[entry] = openForAWhile
      this.intervals.set(entry, { from, until: until ?? Number.POSITIVE_INFINITY })
    }
    this.archive[entry] = batch.archive[row] ? 1 : 0
    this.site[entry] = dictionaries.site.codeOf(batch.siteId[row] ?? null)
    this.kind[entry] = dictionaries.kind.codeOf(batch.kind[row] ?? null)
    this.organ[entry] = dictionaries.organ.codeOf(batch.organId[row] ?? null)
    this.theme[entry] = dictionaries.theme.codeOf(batch.theme[row] ?? null)
    this.genre[entry] = dictionaries.genre.codeOf(batch.genre[row] ?? null)
    this.form[entry] = dictionaries.form.codeOf(batch.form[row] ?? null)
    this.columns[entry] = dictionaries.columns.codeOf(batch.columns[row] ?? null)
    this.year[entry] = batch.year[row] as number
    this.sortAt[entry] = batch.sortAt[row] as number
    this.begins[entry] = batch.begins[row] ?? always
    this.validUntil[entry] = batch.validUntil[row] ?? never
    this.repealedFrom[entry] = batch.repealedFrom[row] ?? never
    this.amendedFrom[entry] = batch.amendedFrom[row] ?? never
    this.partlyFrom[entry] = batch.partlyFrom[row] ?? never
  }

  /** Puts newcomers into the order by time: sorts them and merges them with those that are there. */
  private arrange(fresh: number[]): void {
    const { sortAt, order } = this
    const newer = (a: number, b: number) => (sortAt[b] as number) - (sortAt[a] as number) || b - a
    fresh.sort(newer)
    const merged = new Uint32Array(this.count)
    let at = 0
    let next = 0
    for (const entry of order) {
      if (this.state[entry] === absent) continue
      while (next < fresh.length && newer(fresh[next] as number, entry) < 0)
        merged[at++] = fresh[next++] as number
      // A number that went and came again is among the newcomers
      if (fresh[next] !== entry) merged[at++] = entry
    }
    while (next < fresh.length) merged[at++] = fresh[next++] as number
    this.order = merged.subarray(0, at)
  }

  private reach(entry: number): void {
    if (entry >= this.top) this.top = entry + 1
    if (entry < this.capacity) return
    this.capacity = Math.max(1024, Math.ceil((entry + 1) * 1.25))
    const grown = <A extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array>(
      old: A,
    ): A => {
      const wider = new (old.constructor as new (size: number) => A)(this.capacity)
      wider.set(old)
      return wider
    }
    this.state = grown(this.state)
    this.archive = grown(this.archive)
    this.site = grown(this.site)
    this.kind = grown(this.kind)
    this.organ = grown(this.organ)
    this.theme = grown(this.theme)
    this.genre = grown(this.genre)
    this.form = grown(this.form)
    this.columns = grown(this.columns)
    this.year = grown(this.year)
    this.sortAt = grown(this.sortAt)
    this.begins = grown(this.begins)
    this.validUntil = grown(this.validUntil)
    this.repealedFrom = grown(this.repealedFrom)
    this.amendedFrom = grown(this.amendedFrom)
    this.partlyFrom = grown(this.partlyFrom)
  }
}
