import type { DeskContext } from '#platform/context'
import { waitingReviews } from './review-queries.ts'

/** Opinions that this person's organs owe. */
export async function countWaiting(ctx: DeskContext): Promise<{ count: number; late: boolean }> {
  const organIds = ctx.actor.posts
    .filter(post => post.role === 'legality-reviewer')
    .flatMap(post => post.reach)
  const waiting = await waitingReviews(ctx.db, organIds)
  return { count: waiting.length, late: false }
}
