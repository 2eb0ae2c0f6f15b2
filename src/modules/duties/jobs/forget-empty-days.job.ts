import { z } from 'zod'
import type { Job } from '#platform/module'
import { deleteEmptyDays } from '../count-queries.ts'

/** Every night: due days on which nothing is open any more leave the counts, so that the board reads few rows for good. */
export const forgetEmptyDays: Job = {
  name: 'duties.forget-empty-days',
  payload: z.unknown(),
  schedule: '40 0 * * *',
  run: ctx => deleteEmptyDays(ctx.db),
}
