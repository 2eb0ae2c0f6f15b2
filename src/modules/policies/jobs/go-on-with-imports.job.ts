import { z } from 'zod'
import type { Context } from '#platform/context'
import type { Job } from '#platform/module'
import type { FileStorage } from '#platform/storage/storage'
import { goOnWithUpload } from '../actions/import-upload.ts'
import { previewUpload } from '../actions/preview-upload.ts'
import { keysInUse, listAbandoned, listSpent, noteUpload } from '../upload-queries.ts'
import { clear } from '../uploads/lay-out.ts'

/** Every minute: imports from the desk whose process has died are gone on with; files that had their day are removed. */
export const goOnWithImports = (storage: FileStorage): Job => ({
  name: 'policies.go-on-with-imports',
  payload: z.unknown(),
  schedule: '* * * * *',
  run: ctx => goOn(ctx, storage),
})

export async function goOn(ctx: Context, storage: FileStorage): Promise<void> {
  const { uploadIds, runIds } = await listAbandoned(ctx.db, ctx.clock.now())
  for (const id of uploadIds) await previewUpload(ctx, id, storage)
  for (const id of runIds) await goOnWithUpload(ctx, id, storage)
  for (const upload of await listSpent(ctx.db, ctx.clock.now())) {
    await noteUpload(ctx.db, upload.id, { removedAt: ctx.clock.now() })
    await clear(upload.id)
    const keys = upload.files.map(file => file.key)
    const kept = await keysInUse(ctx.db, keys)
    for (const key of new Set(keys)) if (!kept.has(key)) await storage.remove(key)
  }
}
