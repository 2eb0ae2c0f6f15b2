import { z } from 'zod'
import type { Job } from '#platform/module'
import { learnWords } from '../vocabulary.ts'

/** Every minute: the words of titles that came since; once a day all of them anew. */
export const learnWordsJob: Job = {
  name: 'search.learn-words',
  payload: z.unknown(),
  schedule: '* * * * *',
  async run(ctx) {
    const titles = await learnWords(ctx.db, ctx.clock.now())
    if (titles > 0) ctx.log.info({ titles }, 'words learned')
  },
}
