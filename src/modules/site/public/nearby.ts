import { filterOf, findPublic, isNarrowed, type ListChoice } from '#modules/publications'
import type { PublicContext } from '#platform/context'

/** The same words without the other conditions, for a question that found nothing; null when that finds nothing either. */
export async function findElsewhere(ctx: PublicContext, now: Date, choice: ListChoice) {
  if (!choice.q || !isNarrowed(choice)) return null
  const bare = filterOf(ctx.site.id, { q: choice.q, on: choice.on, page: 1 })
  const found = await findPublic(ctx.db, now, bare, { page: 1, pageSize: 10 }, [])
  return found.total > 0 ? found : null
}

export type Elsewhere = NonNullable<Awaited<ReturnType<typeof findElsewhere>>>
