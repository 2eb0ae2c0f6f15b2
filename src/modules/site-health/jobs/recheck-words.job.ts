import { z } from 'zod'
import { listSites } from '#modules/organisations'
import { wordsInUse } from '#modules/wording'
import type { Job } from '#platform/module'
import { readTexts } from '../actions/read-texts.ts'
import { lastRun } from '../queries.ts'

/** After a change of the list the stock is read with the new one within minutes (S-WORD-03); otherwise nothing happens. */
export const recheckWords: Job = {
  name: 'site-health.recheck-words',
  payload: z.unknown(),
  schedule: '*/5 * * * *',
  async run(ctx) {
    const { fingerprint } = await wordsInUse(ctx.db)
    for (const site of await listSites(ctx.db)) {
      const last = await lastRun(ctx.db, site.id)
      if (last?.words !== fingerprint) await readTexts(ctx, site)
    }
  },
}
