import { sql } from 'kysely'
import { z } from 'zod'
import { uuidv7 } from '#lib/ids'
import { publicationTag } from '#modules/publications'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { withoutNumbers } from '../rating.ts'
import { shownRating } from '../rating-queries.ts'
import { noteReader } from '../reader.ts'

export const rateInput = z.object({
  grade: z.coerce.number('请选择一项。').int('请选择一项。').min(1, '请选择一项。').max(5, '请选择一项。'),
  words: z
    .string()
    .default('')
    .transform(text => text.replace(/\p{Cc}+/gu, ' ').trim())
    .pipe(z.string().max(200, '最多 200 字。'))
    .transform(withoutNumbers),
})

/**
 * A reader's rating; the last one of the day counts, and sent twice it counts once. Nothing says who it was: no audit, no address.
 * @param where.ip of the request; only its hash of today is held, until midnight.
 */
export async function rateInterpretation(
  ctx: Pick<Context, 'db' | 'clock'>,
  where: { publicationId: string; siteId: string; ip: string },
  input: z.output<typeof rateInput>,
): Promise<void> {
  const { publicationId, siteId, ip } = where
  const today = ctx.clock.today()
  await inTransaction(ctx.db, async db => {
    const { reader, before } = await noteReader(db, today, ip, publicationId)
    if (before?.grade) await count(db, publicationId, before.grade, -1)
    if (before?.wordsId) await db.deleteFrom('ratingWords').where('id', '=', before.wordsId).execute()
    await count(db, publicationId, input.grade, 1)
    const wordsId = input.words === '' ? null : uuidv7(ctx.clock.now().getTime())
    if (wordsId)
      await db
        .insertInto('ratingWords')
        .values({ id: wordsId, publicationId, grade: input.grade, words: input.words, saidOn: today })
        .execute()
    await db
      .updateTable('ratingReaders')
      .set({ grade: input.grade, wordsId })
      .where('day', '=', today)
      .where('reader', '=', reader)
      .where('about', '=', publicationId)
      .execute()
    // Pages in memory read differently only once figures are shown
    if (await shownRating(db, siteId, publicationId))
      await announceChange(db, [publicationTag(publicationId)])
  })
}

const count = (db: Database, publicationId: string, grade: number, by: 1 | -1) =>
  sql`insert into rating_counts (publication_id, grade, count) values (${publicationId}, ${grade}, ${Math.max(by, 0)})
    on conflict (publication_id, grade) do update set count = greatest(0, rating_counts.count + ${by})`.execute(
    db,
  )
