import { z } from 'zod'
import type { Job } from '#platform/module'
import { oldest } from '../actions/keep-form.ts'
import { purgeKeptForms, purgeLogins } from '../session-queries.ts'

/** Clears what can no longer be used: sessions, challenges, counted failures, kept forms (S-SEC-14). */
export const purge: Job = {
  name: 'people.purge-logins',
  payload: z.unknown(),
  schedule: '40 3 * * *',
  async run(ctx) {
    const { sessions } = await purgeLogins(ctx.db, ctx.clock.now())
    const forms = await purgeKeptForms(ctx.db, oldest(ctx))
    ctx.log.info({ sessions, forms }, 'purged logins and kept forms')
  },
}
