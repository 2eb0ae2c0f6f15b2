import { z } from 'zod'
import type { Job } from '#platform/module'
import { forgetTries } from '../tries.ts'

const day = 24 * 3600_000

/** Digests of network addresses are kept for a day at most. */
export const forgetOldTries: Job = {
  name: 'requests.forget-tries',
  payload: z.unknown(),
  schedule: '20 * * * *',
  run: ctx => forgetTries(ctx.db, new Date(ctx.clock.now().getTime() - day)),
}
