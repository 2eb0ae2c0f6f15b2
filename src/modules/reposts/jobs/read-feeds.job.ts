import { z } from 'zod'
import type { Job } from '#platform/module'
import { readDueFeeds } from '../actions/read-new.ts'

/** Every ten minutes: feeds whose time has come are read. Without a feed nobody is asked. */
export const readFeeds: Job = {
  name: 'reposts.read-feeds',
  payload: z.unknown(),
  schedule: '*/10 * * * *',
  async run(ctx) {
    const proposals = await readDueFeeds(ctx)
    if (proposals > 0) ctx.log.info({ proposals }, 'reposts proposed')
  },
}
