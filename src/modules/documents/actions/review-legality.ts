import { z } from 'zod'
import { conflict } from '#lib/errors'
import { giveOpinion, type Review, reviewKinds, reviewsOf } from '#modules/normative'
import { system } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type Legality, legalities } from '../document.ts'
import { type Case, reviewOf } from '../guards.ts'
import { type Seen, type Step, takeStep } from '../take-step.ts'
import { forward, takeBackReviews } from './go-on.ts'
import { opinion } from './opinion.ts'

export const legalityInput = z.object({
  legality: z.enum(Object.keys(legalities) as [Legality], '请选择审核结论（R-NOR-08）。'),
  /** Point of the checklist → whether it is in order, and what is to be changed. */
  points: z
    .record(z.string(), z.object({ held: z.boolean(), note: z.string().trim().max(500).default('') }))
    .default({}),
  opinion,
})

const opinionOf = { legal: 'lawful', amend: 'to-amend', illegal: 'unlawful' } as const

/** The written opinion of the issuing organ's own legality officer, point by point (R-NOR-08). */
export function giveLegality(ctx: Context, seen: Seen, input: z.output<typeof legalityInput>) {
  return takeStep(ctx, 'give-legality', seen, async (db, facts) => {
    const review = reviewOf(ctx.actor, facts)
    if (!review) throw conflict('documents.review-waits', '这次审核已经有了意见。请看过现在的情形再办。')
    const { legality, points, opinion } = input
    await giveOpinion(
      { ...ctx, db },
      { reviewId: review.id, opinion: opinionOf[legality], points, words: opinion },
    )
    return byOpinions(
      ctx,
      db,
      facts,
      `${reviewKinds[review.kind].label}，${legalities[legality]}：${opinion}`,
    )
  })
}

/** Goes on with what other organs have written: legality and fair competition may be looked at elsewhere. */
export const closeReviews = (ctx: Context, seen: Seen) =>
  takeStep(ctx, 'close-reviews', seen, (db, facts) => byOpinions(ctx, db, facts, saidIn(facts)))

const saidIn = ({ reviews }: Case): string =>
  newestOf(reviews)
    .map(review => `${review.organName}${reviewKinds[review.kind].label}：${review.words ?? ''}`)
    .join('；')
    .slice(0, 1000)

/** The newest of each kind that was not taken back. */
const newestOf = (reviews: readonly Review[]): Review[] => [
  ...new Map(
    reviews
      .filter(review => review.opinion !== 'withdrawn')
      .toReversed()
      .map(review => [review.kind, review]),
  ).values(),
]

/** Lawful goes on, what should be changed goes back, what is not lawful ends (R-NOR-08, R-NOR-09); until all have spoken it stays. */
async function byOpinions(ctx: Context, db: Database, facts: Case, words: string): Promise<Step> {
  const { publicationId } = facts.document
  const reviews = await reviewsOf(db, publicationId)
  const newest = newestOf(reviews)
  const worst = (['unlawful', 'to-amend'] as const).find(bad => newest.some(one => one.opinion === bad))
  if (worst) {
    await takeBackReviews({ ...ctx, db }, publicationId, '另一项审核没有通过，稿子退回')
    const legality: Legality = worst === 'unlawful' ? 'illegal' : 'amend'
    return {
      toState: worst === 'unlawful' ? 'discarded' : 'drafting',
      opinion: words,
      reasons: worst === 'unlawful' ? [] : ['content'],
      changes: { legality },
    }
  }
  if (newest.some(one => one.opinion === null)) return { toState: 'legality-review', opinion: words }
  const competition = newest.find(one => one.kind === 'fair-competition')
  return forward(
    // Nobody hands in for himself what he then would have to clear
    { ...ctx, actor: system('公文办理') },
    db,
    { ...facts, reviews, document: { ...facts.document, state: 'opinions' } },
    words,
    { legality: 'legal', fairCompetition: competition?.words ?? '不涉及经营者的经济活动' },
  )
}
