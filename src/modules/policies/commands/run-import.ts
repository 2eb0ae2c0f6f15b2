import type { Context } from '#platform/context'
import type { Out } from '#platform/module'
import type { FileStorage } from '#platform/storage/storage'
import { beginImport } from '../actions/begin-import.ts'
import { previewImport, runImport, type Teller } from '../actions/run-import.ts'
import type { ImportOptions } from '../import/import-options.ts'
import { openProgress } from './progress.ts'
import type { Report } from './report.ts'

/** One run of the command, from the first file to the last line. */
export async function runCommand(
  ctx: Context,
  options: ImportOptions,
  report: Report,
  out: Out,
  storage: FileStorage,
): Promise<0 | 1> {
  const began = performance.now()
  const teller: Teller = { ...report, progress: openProgress(out) }
  const { paths, mode, site, organ, column, kind, from } = options
  const choice = { site, organ, column, kind, from }
  let id: string | null = null
  if (mode === 'preview') await previewImport(ctx, choice, { paths }, { report: teller })
  else {
    const run = await beginImport(ctx, { choice, publishes: mode === 'publish', paths })
    id = run.id
    await runImport(ctx, run, { paths }, { storage, report: teller })
  }
  return report.end({ run: id, mode, seconds: (performance.now() - began) / 1000 })
}
