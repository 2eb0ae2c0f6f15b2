import { z } from 'zod'
import type { Job } from '#platform/module'
import { settleDrafts } from '../actions/settle-drafts.ts'

/** Every five minutes: reposts that opened have met their duty; drafts thrown away are proposals again. */
export const settleRepostDrafts: Job = {
  name: 'reposts.settle-drafts',
  payload: z.unknown(),
  schedule: '*/5 * * * *',
  async run(ctx) {
    const settled = await settleDrafts(ctx)
    if (settled > 0) ctx.log.info({ settled }, 'reposts settled')
  },
}
