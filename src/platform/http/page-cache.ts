import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

export interface CachedPage {
  status: number
  type: string
  etag: string
  plain: Buffer
  /** Made when first asked for, then kept: most readers ask for one of the two. */
  gzip?: Buffer
  br?: Buffer
  headers: Record<string, string>
}

export type Encoding = 'br' | 'gzip'

interface Entry {
  page: CachedPage
  bytes: number
  dependsOn: readonly string[]
  freshUntil: number
}

/**
 * Whole pages in memory, bounded by bytes, the least recently used going first. A page names what it was made from;
 * when one of these changes every process is told (`purge`) and the page goes. A page also ends by itself at the
 * instant at which it would read differently (`freshUntil`).
 */
export class PageCache {
  readonly #entries = new Map<string, Entry>()
  readonly #limit: number
  readonly #now: () => number
  #bytes = 0
  #purges = 0
  #open = true

  constructor(limitBytes: number, now: () => number = Date.now) {
    this.#limit = limitBytes
    this.#now = now
  }

  get(key: string): CachedPage | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (entry.freshUntil <= this.#now()) {
      this.#drop(key, entry)
      return undefined
    }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.page
  }

  /** Taken before a page is made; `put` refuses what was made before a purge that may have concerned it. */
  get mark(): number {
    return this.#purges
  }

  put(
    key: string,
    page: CachedPage,
    dependsOn: readonly string[],
    freshUntil: Date | undefined,
    mark: number,
  ): void {
    // What it takes with both compressed forms, which come later
    const bytes = Math.ceil(page.plain.length * 1.6) + 1024
    if (!this.#open || mark !== this.#purges || bytes > this.#limit / 8) return
    const before = this.#entries.get(key)
    if (before) this.#drop(key, before)
    this.#entries.set(key, {
      page,
      bytes,
      dependsOn,
      freshUntil: freshUntil?.getTime() ?? Number.POSITIVE_INFINITY,
    })
    this.#bytes += bytes
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#limit) break
      this.#drop(oldest, entry)
    }
  }

  /** Drops every page made from one of the things named; `*` drops all. */
  purge(tags: readonly string[]): void {
    this.#purges++
    const wanted = new Set(tags)
    for (const [key, entry] of this.#entries) {
      if (wanted.has('*') || entry.dependsOn.some(tag => wanted.has(tag))) this.#drop(key, entry)
    }
  }

  /** While nobody tells us of changes (the database connection is lost) nothing may be served from memory. */
  close(): void {
    this.#open = false
    this.purge(['*'])
  }

  open(): void {
    this.purge(['*'])
    this.#open = true
  }

  get size(): { pages: number; bytes: number } {
    return { pages: this.#entries.size, bytes: this.#bytes }
  }

  #drop(key: string, entry: Entry): void {
    this.#entries.delete(key)
    this.#bytes -= entry.bytes
  }
}

/** A page as it is kept: its bytes and what names them. */
export function packPage(
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): CachedPage {
  const plain = Buffer.from(body)
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { status, type, etag, plain, headers }
}

/** Compresses once what will be sent many times. */
export async function compress(page: CachedPage, encoding: Encoding): Promise<Buffer> {
  const made =
    encoding === 'gzip'
      ? await gzipped(page.plain, { level: 6 })
      : await brotli(page.plain, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 5,
            [constants.BROTLI_PARAM_SIZE_HINT]: page.plain.length,
          },
        })
  page[encoding] = made
  return made
}
