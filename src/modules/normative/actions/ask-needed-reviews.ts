import type { Context } from '#platform/context'
import { factsOf, isSettled, reviewsNeeded } from '../missing.ts'
import { type Review, reviewsOf } from '../review-queries.ts'
import type { Material } from '../reviews.ts'
import { askReview, askReviewInput } from './ask-review.ts'
import { takeBackReview } from './give-opinion.ts'

/**
 * Hands a draft in for every review that it still needs, the drafting organ's own before that of the government's body (R-NOR-09); what
 * is reviewed in this very text already is not asked for again. @returns the reviews that wait for an opinion.
 */
export async function askNeededReviews(
  ctx: Context,
  { publicationId, materials }: { publicationId: string; materials: readonly Material[] },
): Promise<Review[]> {
  const facts = await factsOf(ctx, publicationId)
  for (const kind of reviewsNeeded(facts)) {
    if (isSettled(facts, kind)) continue
    const open = facts.reviews.find(review => review.kind === kind && review.opinion === null)
    if (open && open.textMark !== facts.document.textMark)
      await takeBackReview(ctx, { reviewId: open.id, reason: '稿子改过，重新送审' })
    if (!open || open.textMark !== facts.document.textMark)
      await askReview(ctx, askReviewInput.parse({ publicationId, kind, materials: [...materials] }))
    // What its own organ has not cleared, the government's body does not look at yet
    if (kind === 'own-legality') break
  }
  return (await reviewsOf(ctx.db, publicationId)).filter(review => review.opinion === null)
}
