import {
  filterOf,
  isNarrowed,
  type ListChoice,
  type Listed,
  type ListFilter,
  listPublic,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'

/** What comes near a question that found nothing. */
export interface Nearby {
  /** `elsewhere`: the same words without the other conditions; `some-words`: some of the words. */
  why: 'elsewhere' | 'some-words'
  rows: Listed[]
  total: number
}

/** First without the other conditions, then with any of the words; null when that finds nothing either. */
export async function findNearby(
  ctx: PublicContext,
  now: Date,
  filter: ListFilter,
  choice: ListChoice,
): Promise<Nearby | null> {
  const { db, site } = ctx
  const paging = { page: 1, pageSize: 10 }
  if (isNarrowed(choice)) {
    const elsewhere = await listPublic(db, now, filterOf(site.id, { q: choice.q, page: 1 }), paging)
    if (elsewhere.total > 0) return { why: 'elsewhere', rows: elsewhere.rows, total: elsewhere.total }
  }
  if (!filter.tsquery?.includes(' & ')) return null
  const anyWord = filter.tsquery.replaceAll("' & '", "' | '")
  const some = await listPublic(db, now, { siteId: site.id, tsquery: anyWord, order: 'relevance' }, paging)
  return some.total > 0 ? { why: 'some-words', rows: some.rows, total: some.total } : null
}
