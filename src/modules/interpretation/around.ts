import { itemsForPlans } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { shownRating } from './rating-queries.ts'
import { markOf } from './selection.ts'
import { yearsChosen } from './selection-queries.ts'

/** What readers and jury said of an interpretation, for the side of its page: links that open into what is counted. */
export async function praiseOf(
  ctx: PublicContext,
  publicationId: string,
): Promise<{ title: string; address: string }[]> {
  const [rating, years] = await Promise.all([
    shownRating(ctx.db, ctx.site.id, publicationId),
    yearsChosen(ctx.db, [publicationId]),
  ])
  const chosen = (years.get(publicationId) ?? []).map(year => ({
    title: markOf(year),
    address: `/interpretations/selections/${year}`,
  }))
  if (!rating) return chosen
  const [item] = await itemsForPlans(ctx.db, ctx.clock.now(), { ids: [publicationId] })
  const rated = item && {
    title: `${rating.total} 人评价，${rating.understood}% 看懂`,
    address: `/interpretations/${item.publicId}/rating`,
  }
  return rated ? [...chosen, rated] : chosen
}
