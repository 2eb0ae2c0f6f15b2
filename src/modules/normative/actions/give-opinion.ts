import { z } from 'zod'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { dropSubject, dutiesTag, meetDuties } from '#modules/duties'
import { notify } from '#modules/notifications'
import { holdersOf } from '#modules/people'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { mayGiveOpinion, mayPrepare } from '../policy.ts'
import { findReview, type PointAnswer, type Review } from '../review-queries.ts'
import { opinionWords, pointsOf, reviewKinds } from '../reviews.ts'
import { documentNamed } from './document-named.ts'

const point = z.object({ held: z.boolean(), note: z.string().trim().max(500).default('') })

export const giveOpinionInput = z.object({
  reviewId: z.uuid(),
  opinion: z.enum(['lawful', 'to-amend', 'unlawful'], '请选择审核意见。'),
  /** Point of the checklist → whether it is in order, and what is to be said. */
  points: z.record(z.string(), point).default({}),
  words: z.string().trim().min(4, '请写出书面意见（至少 4 个字）。').max(5000, '意见最多 5000 字。'),
})
export type GiveOpinion = z.output<typeof giveOpinionInput>

/** The written opinion (R-NOR-08); it meets the duty that began with the handing in. */
export async function giveOpinion(ctx: Context, input: GiveOpinion): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const review = await openReview({ ...ctx, db }, input.reviewId)
    permit(
      mayGiveOpinion(ctx.actor, review),
      'normative.may-not-review',
      `由${review.organName}的合法性审核员出具意见，并且不能是送审的人。`,
    )
    checkPoints(review, input)
    await end({ ...ctx, db }, review, { ...input, opinion: input.opinion })
  })
}

export const takeBackInput = z.object({
  reviewId: z.uuid(),
  reason: z.string().trim().min(2, '请写明为什么取回。').max(300),
})

/** The drafting organ takes a draft back from review, to change it. */
export async function takeBackReview(ctx: Context, input: z.output<typeof takeBackInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const within = { ...ctx, db }
    const review = await openReview(within, input.reviewId)
    const document = await documentNamed(within, { id: review.publicationId })
    permit(mayPrepare(ctx.actor, document.organId), 'normative.may-not-prepare')
    await end(within, review, { opinion: 'withdrawn', points: {}, words: input.reason })
  })
}

async function openReview(ctx: Context, id: string): Promise<Review> {
  const review = await findReview(ctx.db, id)
  if (!review) throw notFound('normative.no-review', '没有这次审核。请从列表里重新选择。')
  if (review.opinion) throw alreadyGiven()
  return review
}

const alreadyGiven = () =>
  conflict('normative.opinion-given', '这次审核已经有了意见，不能再改。需要时请重新送审。')

/** Each point is answered; “lawful” with a point that is not in order contradicts itself. */
function checkPoints(review: Review, input: GiveOpinion): void {
  const points = pointsOf(review.kind)
  const unanswered = Object.keys(points).filter(name => !input.points[name])
  if (unanswered.length > 0)
    throw invalid(
      'normative.points-open',
      `请逐项审核（R-NOR-08），还没有看：${unanswered.map(name => points[name]).join('；')}。`,
    )
  const faulty = Object.entries(input.points).filter(([, answer]) => !answer.held)
  if (input.opinion === 'lawful' && faulty.length > 0)
    throw invalid(
      'normative.points-contradict',
      `有 ${faulty.length} 项不符合，不能出具“${opinionWords(review.kind, 'lawful')}”的意见。`,
    )
  if (input.opinion !== 'lawful' && faulty.length === 0)
    throw invalid('normative.points-contradict', '各项都符合，意见却不是合法。请标出不符合的项，或者改意见。')
  const mute = faulty.filter(([, answer]) => answer.note === '')
  if (mute.length > 0)
    throw invalid(
      'normative.points-mute',
      `不符合的项请写明怎样改：${mute.map(([name]) => points[name] ?? name).join('；')}。`,
    )
}

async function end(
  ctx: Context,
  review: Review,
  given: { opinion: Exclude<Review['opinion'], null>; points: Record<string, PointAnswer>; words: string },
): Promise<void> {
  const { db } = ctx
  const done = await db
    .insertInto('normativeOpinions')
    .values({
      reviewId: review.id,
      opinion: given.opinion,
      points: JSON.stringify(given.points),
      words: given.words,
      givenBy: actorName(ctx.actor),
      givenById: actorId(ctx.actor),
      givenAt: ctx.clock.now(),
    })
    .onConflict(on => on.column('reviewId').doNothing())
    .returning('reviewId')
    .executeTakeFirst()
  if (!done) throw alreadyGiven()
  const { label, rule } = reviewKinds[review.kind]
  const subject = { kind: 'normative-review', id: review.id }
  const words = opinionWords(review.kind, given.opinion)
  if (given.opinion === 'withdrawn') await dropSubject(db, ctx, subject, '起草单位取回稿子，不再审核')
  else
    await meetDuties(
      db,
      ctx,
      { siteId: review.siteId, rules: [rule], subject },
      { ...subject, label: `${label}意见：${words}` },
    )
  if (given.opinion !== 'withdrawn') await tellAsker(ctx, review, words)
  await recordAct(db, ctx, {
    act: given.opinion === 'withdrawn' ? 'normative.review-taken-back' : 'normative.opinion-given',
    sentence: `${label}：${words}`,
    object: { kind: 'publication', id: review.publicationId, label },
  })
  await announceChange(db, [dutiesTag(review.siteId)])
}

/** Whoever handed it in is told; where he has left, those who draft for the organ. */
async function tellAsker(ctx: Context, review: Review, words: string): Promise<void> {
  const { organId } = await documentNamed(ctx, { id: review.publicationId })
  const { label } = reviewKinds[review.kind]
  const drafting = (
    await holdersOf(ctx.db, { organIds: [organId], roles: ['drafter', 'department-head'] }, ctx.clock.today())
  ).map(holder => holder.staffId)
  const asker = drafting.filter(id => id === review.askedById)
  await notify(ctx.db, ctx, [
    {
      to: asker.length > 0 ? asker : drafting,
      subjectKey: `normative.opinion:${review.id}`,
      title: `${label}有了意见：${words}`,
      sentence: `${review.organName}出具了书面意见。公文正在办理的，请到公文里“按审核意见办理”。`,
      address: `/normative-reviews/${review.id}`,
      about: { kind: 'publication', id: review.publicationId },
    },
  ])
}
