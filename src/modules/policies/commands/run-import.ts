import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Refused } from '#lib/errors'
import { UnreadableFile } from '#modules/files'
import type { Context } from '#platform/context'
import type { Out } from '#platform/module'
import { beginImport } from '../actions/begin-import.ts'
import { finishImport } from '../actions/finish-import.ts'
import { importDocument, previewDocument } from '../actions/import-document.ts'
import { type Destination, openDestination } from '../import/destination.ts'
import { findFiles, whyNotRead } from '../import/find-files.ts'
import type { ImportLine } from '../import/import-line.ts'
import type { ImportOptions } from '../import/import-options.ts'
import { recogniseFile } from '../import/recognise.ts'
import { type ImportRun, insertResult } from '../queries.ts'
import { openProgress } from './progress.ts'
import type { Report } from './report.ts'

/**
 * Goes over all files, one after the other, each on its own: a bad one is told and the next one comes. Several at once were
 * tried and were no quicker, since publishing is one act after the other.
 */
export async function runImport(
  ctx: Context,
  options: ImportOptions,
  report: Report,
  out: Out,
): Promise<0 | 1> {
  const began = performance.now()
  const to = await openDestination(ctx.db, options)
  const { files, faults } = await findFiles(options.paths)
  const run =
    options.mode === 'preview'
      ? null
      : await beginImport(ctx, { to, publishes: options.mode === 'publish', paths: options.paths })
  let position = 0
  const tellFault = async (file: string, why: string) => {
    report.fault({ file, why })
    if (run) await recordFault(ctx, run, position, { file, why })
  }
  for (const { file, why } of faults) {
    position += 1
    await tellFault(file, why)
  }
  const progress = openProgress(out, files.length)
  for (const file of files) {
    position += 1
    const done = await importFile(ctx, file, { to, run, position })
    if ('why' in done) await tellFault(file, done.why)
    else report.document(done)
    progress.step()
  }
  progress.end()
  if (run) await finishImport(ctx, run)
  return report.end({ run: run?.id ?? null, mode: options.mode, seconds: (performance.now() - began) / 1000 })
}

interface Place {
  to: Destination
  run: ImportRun | null
  position: number
}

async function importFile(
  ctx: Context,
  file: string,
  { to, run, position }: Place,
): Promise<ImportLine | { why: string }> {
  try {
    const why = await whyNotRead(file)
    if (why) return { why }
    const bytes = await readFile(file)
    const found = recogniseFile(file, bytes)
    const importKey = createHash('sha256').update(bytes).digest('hex')
    return run
      ? await importDocument(ctx, { found, importKey, to, run, position })
      : await previewDocument(ctx, { found, importKey, to })
  } catch (error) {
    return { why: whyRefused(file, error as Error & { code?: string }) }
  }
}

/** @throws what no other file would survive either: a database that is gone. */
function whyRefused(file: string, error: Error & { code?: string }): string {
  if (error instanceof UnreadableFile || error instanceof Refused) return error.message
  if (/^(?:EACCES|EPERM)$/.test(error.code ?? '')) return `“${file}”没有读取权限，没有导入。`
  if (error.code === 'ENOENT') return `“${file}”在导入途中被移走了，没有导入。`
  if (error.code === '54000') return `“${file}”太长，无法建立搜索，没有导入。请拆成几份再导入。`
  // Connection lost, server stopping, disk full: the rest would fare no better
  if (/^(?:08|53|57|58|XX)|^E[A-Z]+$/.test(error.code ?? '') || /connection|terminat/i.test(error.message))
    throw new Error(`导入中断：${error.message}。已经导入的都在；排除故障后再运行同一条命令，就会接着做。`)
  return `“${file}”没有导入：${error.message}。请把这份文件和这句话反馈给维护人员。`
}

async function recordFault(
  ctx: Context,
  run: ImportRun,
  position: number,
  fault: { file: string; why: string },
): Promise<void> {
  await insertResult(ctx.db, {
    runId: run.id,
    position,
    file: fault.file,
    result: 'refused',
    publicationId: null,
    report: fault,
    recordedAt: ctx.clock.now(),
  })
}
