import { z } from 'zod'
import { outdatedEditions, renewEntries, vectorsOf } from '#modules/search'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Job } from '#platform/module'
import { type EditionRow, textOfEdition } from '../draft-queries.ts'
import { wordsOfEdition } from '../search-entry.ts'

/** So many in one run: the next one goes on. */
const atOnce = 500

/** After a version that cuts words in another way, what was published before is cut anew, a little every minute. */
export const renewEntriesJob: Job = {
  name: 'publications.renew-entries',
  payload: z.unknown(),
  schedule: '* * * * *',
  async run(ctx) {
    const renewed = await renewOutdated(ctx)
    if (renewed > 0) ctx.log.info({ renewed }, 'search entries renewed')
  },
}

export async function renewOutdated(ctx: Context): Promise<number> {
  const editionIds = await outdatedEditions(ctx.db, atOnce)
  for (const id of editionIds)
    await inTransaction(ctx.db, async db => {
      const edition = await db
        .selectFrom('editions')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      await renewEntries(db, id, vectorsOf(wordsOfEdition(textOfEdition(edition as EditionRow))))
    })
  return editionIds.length
}
