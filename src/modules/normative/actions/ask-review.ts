import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, invalid, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag, openDuties } from '#modules/duties'
import { findOrgan } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { DocumentText } from '../document-queries.ts'
import { mayPrepare } from '../policy.ts'
import { reviewsOf } from '../review-queries.ts'
import {
  type Material,
  materialNames,
  materials,
  neededMaterials,
  type ReviewKind,
  reviewKindNames,
  reviewKinds,
} from '../reviews.ts'
import type { Settings } from '../settings.ts'
import { governmentOf, reviewersOf, settingsFor } from '../settings-queries.ts'
import { documentNamed } from './document-named.ts'

export const askReviewInput = z.object({
  publicationId: z.uuid(),
  kind: z.enum(reviewKindNames as [ReviewKind], '请选择审核的种类。'),
  /** Left out: the body that usually reviews. */
  organId: z.preprocess(value => (value === '' ? undefined : value), z.uuid('请选择审核单位。').optional()),
  materials: z
    .preprocess(
      value => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
      z.array(z.enum(materialNames as [Material], '材料不对，请重新勾选。')),
    )
    .transform(names => [...new Set(names)]),
  note: z.string().trim().max(1000, '说明最多 1000 字。').default(''),
  /** Working days; left out: as many as there are at most. */
  days: z.preprocess(
    value => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(60).optional(),
  ),
  urgentReason: z.preprocess(
    blankAsNull,
    z.string().trim().min(4, '请写明为什么不能等（至少 4 个字）。').max(300).nullish(),
  ),
})
export type AskReview = z.output<typeof askReviewInput>

/**
 * Hands a draft in for a review; the duty to give the written opinion begins (R-NOR-06). A text that was not changed meanwhile is
 * handed in once. @returns the review.
 */
export async function askReview(ctx: Context, input: AskReview): Promise<string> {
  return inTransaction(ctx.db, async db => {
    const within = { ...ctx, db }
    const document = await documentNamed(within, { id: input.publicationId })
    permit(mayPrepare(ctx.actor, document.organId), 'normative.may-not-prepare')
    // Two who hand in at once: the second finds what the first has asked
    await sql`select pg_advisory_xact_lock(hashtext(${`normative.review:${document.publicationId}`}))`.execute(
      db,
    )
    const open = (await reviewsOf(db, document.publicationId)).find(
      one => one.kind === input.kind && one.opinion === null,
    )
    if (open) {
      if (open.textMark === document.textMark) return open.id
      throw conflict(
        'normative.review-open',
        `${open.organName}还在审核改动以前的稿子。请先取回，再把现在的稿子送审。`,
      )
    }
    const settings = await settingsFor(db, document.organId)
    const organId = input.organId ?? (await usualReviewer(within, document, input.kind))
    const organ = await findOrgan(db, organId)
    if (!organ) throw invalid('normative.no-reviewer', '没有这个审核单位，请重新选择。')
    checkMaterials(input, isForGovernment(document, (await governmentOf(db, document.organId)).name))
    const days = daysFor(input, settings)
    const id = uuidv7(ctx.clock.now().getTime())
    const now = ctx.clock.now()
    await db
      .insertInto('normativeReviews')
      .values({
        id,
        publicationId: document.publicationId,
        siteId: document.siteId,
        kind: input.kind,
        organId,
        textMark: document.textMark,
        materials: input.materials,
        note: input.note,
        days,
        urgentReason: input.urgentReason ?? null,
        askedBy: actorName(ctx.actor),
        askedById: actorId(ctx.actor),
        askedAt: now,
      })
      .execute()
    const { label, rule, domain } = reviewKinds[input.kind]
    await openDuties(db, ctx, [
      {
        siteId: document.siteId,
        organId,
        rule,
        article: `规范性文件送审后 ${days} 个工作日内出具书面意见`,
        title: `出具${label}意见`,
        domain,
        // The board is read by everybody; a draft has no title there yet
        subject: { kind: 'normative-review', id, label: '规范性文件送审稿' },
        limit: { amount: days, unit: 'working-days' },
        startedAt: now,
      },
    ])
    await recordAct(db, ctx, {
      act: 'normative.review-asked',
      sentence: `把《${document.title}》送${organ.shortName}作${label}，${days} 个工作日`,
      object: { kind: 'publication', id: document.publicationId, label: document.title },
    })
    await announceChange(db, [dutiesTag(document.siteId)])
    return id
  })
}

/** A document in the government's name is reviewed by its own body after the drafting organ has done so (R-NOR-09). */
export const isForGovernment = (
  document: Pick<DocumentText, 'issuers' | 'docNo'>,
  governmentName: string,
): boolean => {
  const plain = governmentName.replace(/（.*$/, '')
  return document.issuers.some(
    issuer => issuer.startsWith(plain) && /人民政府(?:办公室|办公厅)?$/.test(issuer),
  )
}

async function usualReviewer(ctx: Context, document: DocumentText, kind: ReviewKind): Promise<string> {
  if (kind === 'own-legality') return document.organId
  const government = await governmentOf(ctx.db, document.organId)
  const { legality, competition } = await reviewersOf(ctx.db, government)
  if (kind === 'fair-competition') {
    if (!competition)
      throw invalid(
        'normative.no-reviewer',
        '还没有设定公平竞争审查的单位。请在规范性文件的设置里选定市场监管部门。',
      )
    return competition
  }
  return isForGovernment(document, government.name) && legality ? legality : document.organId
}

function checkMaterials(input: AskReview, forGovernment: boolean): void {
  const missing = neededMaterials(input.kind, forGovernment).filter(name => !input.materials.includes(name))
  if (missing.length > 0)
    throw invalid(
      'normative.materials-missing',
      `送审材料不全（R-NOR-07），还缺：${missing.map(name => materials[name]).join('、')}。`,
    )
}

function daysFor(input: AskReview, settings: Settings): number {
  if (input.kind === 'own-legality' && input.days === undefined) return settings.legalityLeast || 1
  const most = input.kind === 'fair-competition' ? settings.competitionMost : settings.legalityMost
  const least = input.kind === 'legality' ? settings.legalityLeast : 1
  const days = input.days ?? most
  if (days > most)
    throw invalid('normative.too-long', `审核时限最长 ${most} 个工作日（R-NOR-06），不能给 ${days} 个。`)
  if (days < least && !input.urgentReason)
    throw invalid(
      'normative.too-short',
      `合法性审核一般不少于 ${least} 个工作日（R-NOR-06）。确有紧急情况或者上级要求立即实施的，请写明理由。`,
    )
  return days
}
