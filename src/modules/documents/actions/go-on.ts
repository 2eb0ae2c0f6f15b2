import {
  askNeededReviews,
  type Review,
  type ReviewMaterial,
  reviewsOf,
  takeBackReview,
} from '#modules/normative'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type DocumentState, type MaterialType, nextState } from '../document.ts'
import type { Case } from '../guards.ts'
import type { Step } from '../take-step.ts'

/** What the case has as materials, as the review calls it (R-NOR-07). */
const asReviewed: Partial<Record<MaterialType, ReviewMaterial>> = {
  explanation: 'draft',
  basis: 'grounds',
  opinions: 'opinions',
  legality: 'own-opinion',
}

/** Hands the draft in for each review that it still needs. @returns those that wait. */
function handIn(ctx: Context, facts: Case): Promise<Review[]> {
  const materials = facts.materials.flatMap(({ type }) => asReviewed[type] ?? [])
  // The opinion of its own organ goes on to the next review by itself (R-NOR-09)
  const own = facts.reviews.some(review => review.kind === 'own-legality' && review.opinion === 'lawful')
  return askNeededReviews(ctx, {
    publicationId: facts.document.publicationId,
    materials: own ? [...materials, 'own-opinion'] : materials,
  })
}

/** What waits for an opinion is taken back when the draft goes back. */
export async function takeBackReviews(ctx: Context, publicationId: string, reason: string): Promise<void> {
  for (const review of await reviewsOf(ctx.db, publicationId))
    if (review.opinion === null) await takeBackReview(ctx, { reviewId: review.id, reason })
}

/** To the next step of the chain; what comes to the legality review is handed in there (R-NOR-06). */
export async function forward(
  ctx: Context,
  db: Database,
  facts: Case,
  words: string,
  changes: Step['changes'] = {},
): Promise<Step> {
  const { document, settings } = facts
  const toState: DocumentState = nextState(document, settings)
  if (toState !== 'legality-review') return { toState, opinion: words, changes }
  const waiting = await handIn({ ...ctx, db }, facts)
  // Returned for another reason and not changed: what was reviewed stays reviewed
  return waiting.length > 0
    ? { toState, opinion: words, changes }
    : forward(ctx, db, { ...facts, document: { ...document, state: toState } }, words, {
        ...changes,
        legality: 'legal',
      })
}
