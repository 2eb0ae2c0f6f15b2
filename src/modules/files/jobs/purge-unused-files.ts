import { z } from 'zod'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Job } from '#platform/module'
import type { FileStorage } from '#platform/storage/storage'
import { deleteUnused, isKeyInUse, listUnused, lockStorageKey } from '../queries.ts'
import { limits } from '../stored-file.ts'

const payload = z.object({}).loose()

/** Every night: files that were uploaded and then used by no edition, refused ones included, leave. */
export const purgeUnusedFiles = (storage: FileStorage): Job<z.output<typeof payload>> => ({
  name: 'files.purge-unused',
  payload,
  schedule: '20 3 * * *',
  async run(ctx) {
    const purged = await purgeUnused(ctx, storage)
    ctx.log.info({ purged }, 'unused files purged')
  },
})

export async function purgeUnused(ctx: Context, storage: FileStorage): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - limits.unusedDays * 24 * 3600 * 1000)
  let purged = 0
  for (const { id, storageKey } of await listUnused(ctx.db, before)) {
    await inTransaction(ctx.db, async db => {
      if (storageKey) await lockStorageKey(db, storageKey)
      if (!(await deleteUnused(db, id))) return
      purged++
      if (storageKey && !(await isKeyInUse(db, storageKey))) await storage.remove(storageKey)
    })
  }
  return purged
}
