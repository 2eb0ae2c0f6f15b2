import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { listSites } from '#modules/organisations'
import { listsTag } from '#modules/publications'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { mayKeepRatings } from '../policy.ts'

export const setRatingMinimumInput = z.object({
  siteId: z.uuid('请选择站点。'),
  ratingMinimum: z.coerce
    .number('请填写人数。')
    .int('请填写整数。')
    .min(1, '至少 1 人。')
    .max(1000, '最多 1000 人。'),
})

/** From how many ratings on readers of a site see figures. */
export async function setRatingMinimum(
  ctx: Context,
  input: z.output<typeof setRatingMinimumInput>,
): Promise<void> {
  const { siteId, ratingMinimum } = input
  const site = (await listSites(ctx.db)).find(one => one.id === siteId)
  if (!site) throw notFound('interpretation.no-site', '没有这个站点。请重新选择。')
  permit(mayKeepRatings(ctx.actor, site.organId), 'interpretation.may-not-keep-ratings')
  await inTransaction(ctx.db, async db => {
    await db
      .insertInto('interpretationSettings')
      .values({ siteId, ratingMinimum })
      .onConflict(conflict => conflict.column('siteId').doUpdateSet({ ratingMinimum }))
      .execute()
    await recordAct(db, ctx, {
      act: 'interpretation.rating-minimum-set',
      sentence: `解读评价满 ${ratingMinimum} 人后公布`,
      object: { kind: 'site', id: site.id, label: site.name },
    })
    await announceChange(db, [listsTag(siteId)])
  })
}
