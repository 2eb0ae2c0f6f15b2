import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conflict, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import type { Context } from '#platform/context'
import type { FileStorage } from '#platform/storage/storage'
import { type ImportChoice, openDestination } from '../import/destination.ts'
import { findFiles } from '../import/find-files.ts'
import type { ImportFault, ImportLine } from '../import/import-line.ts'
import { mayImport } from '../policy.ts'
import { claimRun, doneFiles, endRun, type ImportRun, noteProgress } from '../queries.ts'
import { finishImport } from './finish-import.ts'
import { type Entry, endsTheRun, importBatch, type Told, whyRefused } from './import-batch.ts'
import type { BatchJob } from './judge-batch.ts'
import { readEntries } from './read-entries.ts'

/** Where the files are: folders, files and archives on this machine. */
export interface ImportSource {
  paths: readonly string[]
}

/** Hears what becomes of each document, in the order of the files. */
export interface Teller {
  document(line: ImportLine): void
  fault(fault: ImportFault): void
  /** Pages that are no documents. */
  skipped(fault: ImportFault): void
  progress(done: number, total: number): void
}

export interface ImportNeeds {
  storage: FileStorage
  report: Teller
  batchSize?: number
}

const usualBatch = 200

/**
 * Goes over all files of a run, and on with one that was interrupted: what it has told of already is left out. A bad file is told
 * and the next one comes. @throws conflict when the run is finished or another process is at it
 */
export async function runImport(
  ctx: Context,
  run: ImportRun,
  source: ImportSource,
  needs: ImportNeeds,
): Promise<void> {
  permit(mayImport(ctx.actor), 'policies.may-not-import')
  const claim = uuidv7()
  if (!(await claimRun(ctx.db, run.id, claim, ctx.clock.now())))
    throw conflict('policies.import-running', '这个批次已经做完，或者正在另一个进程里做。请稍后再看。')
  try {
    await goThrough(ctx, run.choice, source, needs, { id: run.id, claim, publishes: run.publishes })
  } catch (error) {
    await endRun(ctx.db, run.id, claim, { state: 'stopped', at: ctx.clock.now() }).catch(() => false)
    throw stopped(error as Error)
  }
  await finishImport(ctx, run, claim)
}

/** What a run would do; writes nothing. */
export async function previewImport(
  ctx: Context,
  choice: ImportChoice,
  source: ImportSource,
  needs: Pick<ImportNeeds, 'report'>,
): Promise<void> {
  permit(mayImport(ctx.actor), 'policies.may-not-import')
  await goThrough(ctx, choice, source, needs, null)
}

const stopped = (error: Error & { code?: string }) =>
  endsTheRun(error)
    ? new Error(
        `导入中断：${error.message.replace(/。$/, '')}。已经导入的都在；排除故障后再运行同一条命令，就会接着做。`,
      )
    : error

async function goThrough(
  ctx: Context,
  choice: ImportChoice,
  source: ImportSource,
  needs: Pick<ImportNeeds, 'report' | 'batchSize'> & { storage?: FileStorage },
  run: BatchJob['run'],
): Promise<void> {
  const to = await openDestination(ctx.db, choice, ctx.clock.today())
  const job: BatchJob = { to, run, storage: run === null ? null : (needs.storage ?? null) }
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-import-'))
  try {
    const found = await findFiles(source.paths, folder)
    const before = run === null ? { files: new Set<string>(), results: 0 } : await doneFiles(ctx.db, run.id)
    const files = found.files.filter(file => !before.files.has(file.name))
    const faults = found.faults.filter(fault => !before.files.has(fault.file))
    const total = found.files.filter(file => file.kind !== 'part').length + found.faults.length
    if (run) await noteProgress(ctx.db, run.id, run.claim, { heartbeatAt: ctx.clock.now(), total })
    const writer = new BatchWriter(ctx, job, needs, {
      position: before.results,
      done: before.files.size,
      total,
    })
    for (const { file, why } of faults) await writer.take([{ kind: 'refused', file, why }])
    for await (const entries of readEntries(ctx, job, { all: found.files, files, from: choice.from ?? null }))
      await writer.take(entries)
    await writer.flush()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Collects what files give and writes it, so many at once. */
class BatchWriter {
  private entries: Entry[] = []
  private files = 0
  private readonly ctx: Context
  private readonly job: BatchJob
  private readonly needs: Pick<ImportNeeds, 'report' | 'batchSize'>
  private readonly at: { position: number; done: number; total: number }

  constructor(
    ctx: Context,
    job: BatchJob,
    needs: Pick<ImportNeeds, 'report' | 'batchSize'>,
    at: { position: number; done: number; total: number },
  ) {
    this.ctx = ctx
    this.job = job
    this.needs = needs
    this.at = at
  }

  /** What one file gave: it goes in with one batch, or the file is not done. */
  async take(entries: readonly Entry[]): Promise<void> {
    this.entries.push(...entries)
    this.files += 1
    if (this.entries.length >= (this.needs.batchSize ?? usualBatch)) await this.flush()
  }

  async flush(): Promise<void> {
    const { entries } = this
    this.entries = []
    this.at.done += this.files
    this.files = 0
    if (entries.length > 0) await this.write(entries)
    this.needs.report.progress(this.at.done, this.at.total)
  }

  /** Halves what the database refuses until the one document stands alone that it cannot take. */
  private async write(entries: readonly Entry[], again = 0): Promise<void> {
    let told: Told[]
    try {
      told = await importBatch(this.ctx, this.job, entries, this.at)
    } catch (thrown) {
      const error = thrown as Error & { code?: string }
      if (endsTheRun(error)) throw error
      // Two acts in each other's way: the other one has gone through
      if (/^40/.test(error.code ?? '') && again < 3) return this.write(entries, again + 1)
      const [one, ...others] = entries
      if (!one) return
      if (others.length > 0) {
        const half = Math.ceil(entries.length / 2)
        await this.write(entries.slice(0, half))
        return this.write(entries.slice(half))
      }
      if (one.kind === 'refused') throw error
      const file = one.kind === 'document' ? one.document.file.name : one.file
      return this.write([{ kind: 'refused', file, why: whyRefused(file, error) }])
    }
    this.at.position += told.length
    for (const one of told) {
      if (one.kind === 'document') this.needs.report.document(one.line)
      else if (one.kind === 'skipped') this.needs.report.skipped(one.fault)
      else this.needs.report.fault(one.fault)
    }
  }
}
