import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { FileStorage } from '#platform/storage/storage'
import { mayImport } from '../policy.ts'
import { findRun, type ImportRun } from '../queries.ts'
import { findUpload, noteUpload } from '../upload-queries.ts'
import { clear, layOut, pathsOf } from '../uploads/lay-out.ts'
import { beginImport } from './begin-import.ts'
import { runImport, type Teller } from './run-import.ts'

export const importUploadInput = z.object({
  id: z.uuid(),
  mode: z.enum(['draft', 'publish'], '请选择存为草稿，还是作为历史存量公开。'),
})

/** Decides what becomes of an upload and opens its run; twice opens one. */
export async function beginUploadedImport(
  ctx: Context,
  input: z.output<typeof importUploadInput>,
): Promise<ImportRun> {
  permit(mayImport(ctx.actor), 'policies.may-not-import')
  return inTransaction(ctx.db, async db => {
    const upload = await findUpload(db, { id: input.id })
    if (!upload || upload.removedAt)
      throw notFound('policies.no-such-upload', '没有这次上传，或者文件已经清除。请重新上传。')
    if (upload.runId) throw conflict('policies.upload-begun', '这次上传已经开始导入。')
    if (upload.state !== 'previewed')
      throw conflict('policies.not-previewed', '预览还没有做完。请看过预览再导入。')
    const inside = { ...ctx, db }
    const paths = pathsOf(upload)
    const run = await beginImport(inside, {
      choice: upload.choice,
      publishes: input.mode === 'publish',
      paths,
    })
    await noteUpload(db, upload.id, { runId: run.id })
    return run
  })
}

const quiet: Teller = { document() {}, fault() {}, skipped() {}, progress() {} }

/** Imports an upload, or goes on where a process has left off. What stopped it is in the log; the run says that it stopped. */
export async function goOnWithUpload(ctx: Context, runId: string, storage: FileStorage): Promise<void> {
  const [run, upload] = await Promise.all([findRun(ctx.db, runId), findUpload(ctx.db, { runId })])
  if (!run || !upload || upload.removedAt)
    throw notFound('policies.no-such-upload', '这个批次的文件已经清除。请重新上传。')
  const paths = await layOut(upload, storage)
  try {
    await runImport(ctx, run, { paths }, { storage, report: quiet })
    await clear(upload.id)
  } catch (error) {
    ctx.log.error({ err: error, run: runId }, 'an import stopped')
  }
}
