import { z } from 'zod'
import type { Job } from '#platform/module'
import { readFile, readingProgress, waitingFiles } from '../look-into-files.ts'

const payload = z.object({}).loose()
const atOnce = 50

/** Every minute: attachments that are too large to be read while somebody waits. One after the other; twice does no harm. */
export const readFilesJob: Job<z.output<typeof payload>> = {
  name: 'personal-data.read-files',
  payload,
  schedule: '* * * * *',
  async run(ctx) {
    let read = 0
    for (const file of await waitingFiles(ctx.db, atOnce)) if (await readFile(ctx, file)) read++
    if (read > 0) ctx.log.info({ read, ...(await readingProgress(ctx.db)) }, 'attachments looked into')
  },
}
