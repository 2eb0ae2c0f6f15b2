import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { dutiesTag, meetDuties } from '#modules/duties'
import { findOrgan } from '#modules/organisations'
import {
  itemsForPlans,
  publicByIds,
  startPublication,
  startPublicationInput,
  submitDraft,
} from '#modules/publications'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { type CleanupDecision, type CleanupItem, cleanupDecisions } from '../cleanup.ts'
import { findCleanup, itemsOf, listCleanups } from '../cleanup-queries.ts'
import { bodyOfResult } from '../cleanup-result.ts'
import { mayRunCleanup } from '../policy.ts'
import { registerTag } from '../tags.ts'
import { lockOpenCleanup } from './run-cleanup.ts'

export const publishCleanupInput = z.object({
  cleanupId: z.uuid(),
  title: z.string().trim().min(6, '请填写结果的标题。').max(200),
  effectiveOn: z.string().trim().refine(isPlainDate, '施行日期不是存在的日期。'),
  columnId: z.uuid('请选择在哪个栏目公布。'),
})

/**
 * Makes the result of a round, with the effects on every document, one draft publication and hands it to review; another person lets it
 * out (R-EXC-13). Asked for again it changes nothing. @returns where it lies.
 */
export async function publishCleanup(
  ctx: Context,
  input: z.output<typeof publishCleanupInput>,
): Promise<{ publicationId: string; publicId: string; revision: number }> {
  return inTransaction(ctx.db, async db => {
    const within = { ...ctx, db }
    const known = await findCleanup(db, { id: input.cleanupId }, { lock: true })
    if (known?.publicationId) {
      permit(mayRunCleanup(ctx.actor, known.organId), 'normative.may-not-clean-up')
      const [item] = await itemsForPlans(db, ctx.clock.now(), { ids: [known.publicationId] })
      if (item) return { publicationId: item.id, publicId: item.publicId, revision: 1 }
    }
    const round = await lockOpenCleanup(db, input.cleanupId)
    permit(mayRunCleanup(ctx.actor, round.organId), 'normative.may-not-clean-up')
    const items = await itemsOf(db, round.id)
    const open = items.filter(item => !item.confirmedAt)
    if (open.length > 0)
      throw conflict(
        'normative.cleanup-unfinished',
        `还有 ${open.length} 件没有核定，例如《${open[0]?.title}》。每一件都有意见并核定以后，才能公布结果。`,
      )
    if (input.effectiveOn < ctx.clock.today())
      throw invalid('normative.effect-past', '施行日期不能早于今天：不能让文件在公布以前就失效。')
    const organ = await findOrgan(db, round.organId)
    const office = organ?.name ?? round.name
    const parsed = startPublicationInput.parse({
      kind: 'normative-cleanup',
      siteId: round.siteId,
      organId: round.organId,
      columnIds: [input.columnId],
      title: input.title,
      summary: summaryOf(items),
      keywords: '规范性文件，清理',
      source: office,
      issuers: office,
      effectiveFrom: input.effectiveOn,
      bodyHtml: bodyOfResult({ basis: round.basis, effectiveOn: input.effectiveOn }, items),
    })
    const made = await startPublication(within, {
      ...parsed,
      repeals: await worksOf(within, round.siteId, items, ['repeal', 'lapse'], input.effectiveOn),
      amends: await worksOf(within, round.siteId, items, ['amend'], input.effectiveOn),
    })
    await submitDraft(within, { publicationId: made.id, revision: made.revision })
    await db
      .updateTable('normativeCleanups')
      .set({ effectiveOn: input.effectiveOn, publicationId: made.id })
      .where('id', '=', round.id)
      .execute()
    await recordAct(db, ctx, {
      act: 'normative.cleanup-proposed',
      sentence: `把“${round.name}”的结果送去发布前审查：${summaryOf(items)}`,
      object: { kind: 'normative-cleanup', id: round.id, label: round.name },
    })
    return { publicationId: made.id, publicId: made.publicId, revision: made.revision }
  })
}

const summaryOf = (items: readonly CleanupItem[]): string =>
  `清理规范性文件 ${items.length} 件：${(Object.keys(cleanupDecisions) as CleanupDecision[])
    .map(name => `${cleanupDecisions[name]} ${items.filter(item => item.decision === name).length} 件`)
    .join('，')}。`

/** By their addresses: two documents of one name are not taken for each other. */
async function worksOf(
  ctx: Context,
  siteId: string,
  items: readonly CleanupItem[],
  decisions: readonly CleanupDecision[],
  from: string,
) {
  const ids = items
    .filter(item => item.decision && decisions.includes(item.decision))
    .map(item => item.publicationId)
  const found = await publicByIds(ctx.db, ctx.clock.now(), siteId, ids)
  return found.map(({ docNo, title, publicId }) => ({ docNo, title, publicId, from }))
}

export const reopenCleanupInput = z.object({
  cleanupId: z.uuid(),
  reason: z.string().trim().min(4, '请写明为什么要改（至少 4 个字）。').max(300),
})

/** A result that the reviewer gave back, or that was thrown away, is decided and made anew. */
export async function reopenCleanup(ctx: Context, input: z.output<typeof reopenCleanupInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const round = await findCleanup(db, { id: input.cleanupId }, { lock: true })
    if (!round?.publicationId || round.closedAt)
      throw conflict('normative.cleanup-not-waiting', '这次清理没有待公布的结果。')
    permit(mayRunCleanup(ctx.actor, round.organId), 'normative.may-not-clean-up')
    const [item] = await itemsForPlans(db, ctx.clock.now(), { ids: [round.publicationId] })
    if (item)
      throw conflict(
        'normative.result-there',
        '清理结果的稿子还在。请先在“发布物”里放弃它（送审中的先由审查人退回），再重新清理。',
      )
    await db
      .updateTable('normativeCleanups')
      .set({ publicationId: null, effectiveOn: null })
      .where('id', '=', round.id)
      .execute()
    await recordAct(db, ctx, {
      act: 'normative.cleanup-reopened',
      sentence: `重新清理“${round.name}”，理由：${input.reason}`,
      object: { kind: 'normative-cleanup', id: round.id, label: round.name },
    })
  })
}

/** Rounds whose result readers see are closed; the duty of the round is met. Again it changes nothing. @returns how many. */
export async function settleCleanups(ctx: Context): Promise<number> {
  const waiting = (await listCleanups(ctx.db)).filter(round => round.publicationId && !round.closedAt)
  const items = await itemsForPlans(ctx.db, ctx.clock.now(), {
    ids: waiting.flatMap(round => round.publicationId ?? []),
  })
  const isOut = new Map(items.map(item => [item.id, item.state === 'public' ? item : null]))
  let closed = 0
  for (const round of waiting) {
    const out = isOut.get(round.publicationId ?? '')
    if (!out?.firstPublicAt) continue
    const at = out.firstPublicAt
    await inTransaction(ctx.db, async db => {
      const done = await db
        .updateTable('normativeCleanups')
        .set({ closedAt: at })
        .where('id', '=', round.id)
        .where('closedAt', 'is', null)
        .executeTakeFirst()
      if (done.numUpdatedRows === 0n) return
      closed++
      await meetDuties(
        db,
        { actor: ctx.actor, clock: { now: () => at, today: ctx.clock.today } },
        { rules: ['R-NOR-13'], subject: { kind: 'organ', id: round.organId } },
        { kind: 'publication', id: out.id, label: out.title },
      )
      await announceChange(db, [registerTag(round.siteId), dutiesTag(round.siteId)])
    })
  }
  return closed
}
