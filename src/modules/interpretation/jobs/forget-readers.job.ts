import { z } from 'zod'
import { inTransaction } from '#platform/db/database'
import type { Job } from '#platform/module'
import { forgetReaders } from '../reader.ts'

/** Just after midnight: the salt of yesterday and every trace hashed with it go, also where nobody rates today. */
export const forgetReadersOfYesterday: Job = {
  name: 'interpretation.forget-readers',
  payload: z.unknown(),
  schedule: '1 0 * * *',
  run: ctx => inTransaction(ctx.db, db => forgetReaders(db, ctx.clock.today())),
}
