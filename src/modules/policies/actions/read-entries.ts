import { findChecked, remedyFor, TEXT_LIMIT_BYTES } from '#modules/files'
import { findImported, hasImported, type ImportedItem } from '#modules/publications'
import type { Context } from '#platform/context'
import { type FoundFile, isDecoration, whyNotImported } from '../import/find-files.ts'
import type { ImportLine } from '../import/import-line.ts'
import { isNowhere, Mirror } from '../import/mirror.ts'
import { partsOf } from '../import/page-parts.ts'
import type { PreparedDocument, PreparedFile } from '../import/prepare.ts'
import { ToldByLists } from '../import/told-by-lists.ts'
import { WorkerPool } from '../import/worker-pool.ts'
import { lastLines } from '../queries.ts'
import type { Entry } from './import-batch.ts'
import { type BatchJob, standing } from './judge-batch.ts'

export interface FilesToRead {
  /** Everything that was found: a page may show any of it. */
  all: readonly FoundFile[]
  /** What still is to be read. */
  files: readonly FoundFile[]
  /** Address of the old site. */
  from: string | null
}

/** As much as may be read ahead of what is written. */
const filesAhead = 400
const bytesAhead = 64 * 1024 * 1024
const together = 100
/** So little is read at once. */
const few = 10
const fewBytes = 512 * 1024

/** Reads files in processes of their own, and gives what each one holds in the order of the files: lists first, what pages hand out last. */
export async function* readEntries(ctx: Context, job: BatchJob, input: FilesToRead): AsyncGenerator<Entry[]> {
  const readable = input.files.filter(file => file.kind !== 'part')
  const isSmall =
    readable.length <= few && readable.reduce((sum, file) => sum + weightOf(file), 0) <= fewBytes
  const pool = isSmall ? new WorkerPool(0) : new WorkerPool()
  try {
    yield* new Reading(ctx, job, input, pool).entries()
  } finally {
    await pool.close()
  }
}

/** What is too large is refused without being read. */
const weightOf = ({ kind, size }: FoundFile) => (kind !== 'document' && size > TEXT_LIMIT_BYTES ? 0 : size)

class Reading {
  private readonly ctx: Context
  private readonly job: BatchJob
  private readonly input: FilesToRead
  private readonly pool: WorkerPool
  private readonly mirror: Mirror
  private readonly lists = new ToldByLists()
  /** Paths of files that pages show or hand out. */
  private readonly handedOut = new Set<string>()

  constructor(ctx: Context, job: BatchJob, input: FilesToRead, pool: WorkerPool) {
    this.ctx = ctx
    this.job = job
    this.input = input
    this.pool = pool
    this.mirror = new Mirror(input.all, input.from)
  }

  async *entries(): AsyncGenerator<Entry[]> {
    const { files, all } = this.input
    // Read again each time: it may have been told of in part
    for (const file of all) if (this.isList(file)) yield* this.readList(file)
    const pages = all.some(file => file.kind === 'page')
    const isFirst = ({ kind }: FoundFile) =>
      kind === 'page' || kind === 'text' || (!pages && kind === 'document')
    yield* this.inOrder(files.filter(isFirst), false)
    const isLast = (file: FoundFile) =>
      (pages && file.kind === 'document') || (file.kind === 'list' && !this.isList(file))
    yield* this.inOrder(files.filter(isLast), true)
    yield* this.partsLeft(files.filter(file => file.kind === 'part' && !this.handedOut.has(file.path)))
    yield* this.rowsLeft()
  }

  /** What no page of this run hands out: of pages that are here already, it was taken with them. */
  private async *partsLeft(files: readonly FoundFile[]): AsyncGenerator<Entry[]> {
    const left = files.flatMap(file => {
      const why = this.whyNoPart(file)
      return why === null ? [] : [{ file, why }]
    })
    const keys = await this.pool.fingerprints(left.map(({ file }) => file.path))
    const stored = await findChecked(
      this.ctx.db,
      this.job.to.site.id,
      keys.flatMap(key => key ?? []),
    )
    const taken = new Set(stored.flatMap(one => (one.imported ? one.sha256 : [])))
    for (const [at, { file, why }] of left.entries())
      if (!taken.has(keys[at] ?? '')) yield [{ kind: 'refused', file: file.name, why }]
  }

  /** Pictures and styles of a saved site are no documents, and nobody took them for some. */
  private whyNoPart(file: FoundFile): string | null {
    if (isDecoration(file) && (this.mirror.holds(file) || /(?:_files|\.files)\//.test(file.path))) return null
    if (/\.zip$/i.test(file.path))
      return `“${file.name}”没有导入：没有网页提供它。里面是公文的，请单独导入这个压缩包。`
    const remedy = remedyFor(file.path)
    return remedy === null ? null : `“${file.name}”没有导入：${remedy}`
  }

  /** A table that lies on an old site is what a page hands out. */
  private isList(file: FoundFile): boolean {
    return file.kind === 'list' && !this.mirror.holds(file)
  }

  /** Rows wait for the documents that they tell of; a table that is no list is a document. */
  private async *readList(file: FoundFile): AsyncGenerator<Entry[]> {
    const read = await this.read(file)
    if ('why' in read) yield [{ kind: 'refused', file: file.name, why: read.why }]
    else
      for (const one of read.documents)
        if (isRow(one)) this.lists.add(one, file)
        else yield [{ kind: 'document', document: this.withSurroundings(file, read, one) }]
  }

  private async *rowsLeft(): AsyncGenerator<Entry[]> {
    const left = this.lists.left.filter(({ list }) => !this.handedOut.has(list.path))
    for (let at = 0; at < left.length; at += together)
      yield left.slice(at, at + together).map(
        ({ row, list }): Entry => ({
          kind: 'document',
          document: { ...row, file: list, addresses: [], isRow: true, parts: null, keepsOriginal: false },
        }),
      )
  }

  /** Several files are read at once, and given in their order. */
  private async *inOrder(files: readonly FoundFile[], mayBePart: boolean): AsyncGenerator<Entry[]> {
    const ahead: { entries: Promise<Entry[]>; size: number }[] = []
    let bytes = 0
    const next = async (): Promise<Entry[]> => {
      const one = ahead.shift()
      bytes -= one?.size ?? 0
      return one ? await one.entries : []
    }
    for (let at = 0; at < files.length; at += together) {
      const chunk = files.slice(at, at + together)
      const known = await this.knownOf(chunk, mayBePart)
      for (const file of chunk) {
        const told = known.get(file)
        const entries = told ? Promise.resolve(told) : this.entriesOf(file)
        // Awaited later, in its turn
        entries.catch(() => {})
        ahead.push({ entries, size: told ? 0 : file.size })
        bytes += told ? 0 : file.size
        while (ahead.length > filesAhead || (bytes > bytesAhead && ahead.length > 1)) yield await next()
      }
    }
    while (ahead.length > 0) yield await next()
  }

  /**
   * Files that are not read again: their bytes are here, as an item, which is told, or as what a page hands out, which is told with
   * the page.
   */
  private async knownOf(files: readonly FoundFile[], mayBePart: boolean): Promise<Map<FoundFile, Entry[]>> {
    const known = new Map<FoundFile, Entry[]>()
    const { job, ctx } = this
    if (mayBePart) for (const file of files) if (this.handedOut.has(file.path)) known.set(file, [])
    this.imported ??= hasImported(ctx.db, job.to.site.id)
    if (!(await this.imported)) return known
    const readable = files.filter(file => !known.has(file) && file.size <= bytesAhead)
    const keys = await this.pool.fingerprints(readable.map(file => file.path))
    const wanted = keys.flatMap(key => key ?? [])
    const items = await findImported(ctx.db, ctx.clock.now(), job.to.site.id, wanted)
    const stay = [...items.values()].filter(item => this.stays(item))
    const lines = await lastLines(
      ctx.db,
      stay.map(item => item.id),
    )
    const stored = mayBePart ? await findChecked(ctx.db, job.to.site.id, wanted) : []
    const parts = new Set(stored.flatMap(file => (file.imported ? file.sha256 : [])))
    for (const [at, file] of readable.entries()) {
      const key = keys[at] ?? ''
      const item = items.get(key)
      const line = item && this.stays(item) ? lines.get(item.id) : undefined
      if (item && line) known.set(file, [this.toldAgain(file, item, line)])
      else if (!item && parts.has(key)) known.set(file, [])
    }
    return known
  }

  private toldAgain(file: FoundFile, item: ImportedItem, line: ImportLine): Entry {
    const { result, address = null, note = null } = standing(this.job.to, item)
    const again = { ...line, file: file.name, result, address, note }
    const saved = file.kind === 'page' ? this.mirror.addressOf(file) : null
    const addresses = saved === null ? [] : [saved]
    return { kind: 'told', file: file.name, publicationId: item.id, line: again, addresses }
  }

  private imported: Promise<boolean> | undefined

  private stays(item: ImportedItem): boolean {
    if (item.state === 'discarded') return false
    return !(this.job.run?.publishes && item.state === 'draft' && item.revision === 1)
  }

  private async read(file: FoundFile): Promise<PreparedFile | { why: string }> {
    const why = await whyNotImported(file)
    if (why) return { why }
    const told = this.input.from !== null && this.mirror.addressOf(file) !== null
    const base = file.kind === 'page' ? this.mirror.baseOf(file) : null
    return this.pool.read(file.path, { name: file.name, base, told })
  }

  private async entriesOf(file: FoundFile): Promise<Entry[]> {
    const read = await this.read(file)
    if ('why' in read) return [{ kind: 'refused', file: file.name, why: read.why }]
    if (read.skipped) return [{ kind: 'skipped', file: file.name, why: read.skipped }]
    return read.documents.map(
      (one): Entry => ({ kind: 'document', document: this.withSurroundings(file, read, one) }),
    )
  }

  private withSurroundings(file: FoundFile, read: PreparedFile, one: PreparedDocument) {
    const document = this.lists.fillIn(one)
    const { sourceUrl } = document.found
    const known = sourceUrl !== null && !isNowhere(sourceUrl) ? sourceUrl : null
    const saved = file.kind === 'page' ? this.mirror.addressOf(file) : null
    const page = sourceUrl !== null && read.format === 'html' ? { file, address: sourceUrl } : null
    const parts = page ? partsOf(document.found, page, this.mirror) : null
    for (const part of [...(parts?.pictures ?? []), ...(parts?.attachments ?? [])])
      this.handedOut.add(part.file.path)
    return {
      ...document,
      found: { ...document.found, sourceUrl: known, attachments: namedOnly(document.found.attachments) },
      file,
      addresses: [...new Set([known, saved].flatMap(address => address ?? []))],
      isRow: false,
      parts,
      keepsOriginal: /^(?:docx|doc|pdf|ofd)$/.test(read.format),
    }
  }
}

/** Told by a list, without a text of its own. */
const isRow = ({ importKey, found }: PreparedDocument) =>
  importKey.startsWith('row:') && found.bodyText === ''

/** An address that leads nowhere is not told. */
const namedOnly = (attachments: PreparedDocument['found']['attachments']) =>
  attachments.map(one => (one.href !== null && isNowhere(one.href) ? { ...one, href: null } : one))
