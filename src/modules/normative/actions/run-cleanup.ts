import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { listOrgansBelow, listSites } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import {
  type Cleanup,
  type CleanupDecision,
  cleanupDecisions,
  cleanupState,
  cleanupStates,
  decisionNames,
} from '../cleanup.ts'
import { findCleanup, itemsOf } from '../cleanup-queries.ts'
import { mayDecideItem, mayRunCleanup } from '../policy.ts'
import { wholeRegister } from '../register-queries.ts'

const day = (label: string) => z.string().trim().refine(isPlainDate, `${label}不是存在的日期。`)
const optionalDay = (label: string) => z.preprocess(blankAsNull, day(label).nullable()).default(null)
const several = z.preprocess(
  value => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.uuid('选择不对，请重新选择。')),
)

export const startCleanupInput = z
  .object({
    siteId: z.uuid('请选择站点。'),
    name: z.string().trim().min(4, '请填写清理的名称。').max(80, '名称最多 80 字。'),
    basis: z.string().trim().min(4, '请写明清理的依据。').max(300, '依据最多 300 字。'),
    organIds: several,
    signedFrom: optionalDay('成文日期'),
    signedTo: optionalDay('成文日期'),
    dueOn: day('完成日期'),
    formKey: z.preprocess(blankAsNull, z.uuid().nullish()),
  })
  .refine(said => !said.signedFrom || !said.signedTo || said.signedFrom <= said.signedTo, {
    path: ['signedTo'],
    message: '成文日期的范围前后颠倒。',
  })

/** Begins a round with every normative document of its scope that is in force today. The same form sent twice begins one. */
export async function startCleanup(ctx: Context, input: z.output<typeof startCleanupInput>): Promise<string> {
  return inTransaction(ctx.db, async db => {
    const site = (await listSites(db)).find(one => one.id === input.siteId)
    if (!site) throw notFound('normative.no-site', '没有这个站点，请重新选择。')
    permit(mayRunCleanup(ctx.actor, site.organId), 'normative.may-not-clean-up')
    const today = ctx.clock.today()
    if (input.dueOn < today) throw invalid('normative.due-past', '完成日期已经过去。')
    const id = uuidv7(ctx.clock.now().getTime())
    const made = await db
      .insertInto('normativeCleanups')
      .values({
        id,
        siteId: site.id,
        organId: site.organId,
        name: input.name,
        basis: input.basis,
        scope: JSON.stringify({
          organIds: input.organIds,
          signedFrom: input.signedFrom,
          signedTo: input.signedTo,
        }),
        startedOn: today,
        dueOn: input.dueOn,
        formKey: input.formKey ?? null,
        createdBy: actorName(ctx.actor),
        createdAt: ctx.clock.now(),
      })
      .onConflict(on => on.column('formKey').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) return (await findCleanup(db, { formKey: input.formKey ?? '' }))?.id ?? id
    const documents = await gathered({ ...ctx, db }, input)
    if (documents.length === 0)
      throw invalid('normative.nothing-to-clean', '这个范围里没有现行的规范性文件。请改宽范围。')
    await insertMany(
      db,
      'normativeCleanupItems',
      documents.map((one, at) => ({
        cleanupId: id,
        publicationId: one.publicationId,
        position: at + 1,
        organId: one.organId,
        title: one.title,
        docNo: one.docNo,
        signedOn: one.signedOn,
        validUntil: one.validUntil,
      })),
    )
    await recordAct(db, ctx, {
      act: 'normative.cleanup-started',
      sentence: `开始“${input.name}”，列入 ${documents.length} 件`,
      object: { kind: 'normative-cleanup', id, label: input.name },
    })
    return id
  })
}

/** Organs that were abolished keep their documents; the scope reaches the organs below each that was chosen. */
async function gathered(ctx: Context, input: z.output<typeof startCleanupInput>) {
  const organIds = (await Promise.all(input.organIds.map(id => listOrgansBelow(ctx.db, id)))).flat()
  return wholeRegister(ctx.db, ctx.clock.now(), ctx.clock.today(), {
    siteId: input.siteId,
    inForce: true,
    ...(organIds.length > 0 ? { organIds } : {}),
    signedFrom: input.signedFrom ?? undefined,
    signedTo: input.signedTo ?? undefined,
  })
}

/** The round, locked until the act commits, while it is still open. */
export async function lockOpenCleanup(db: Database, id: string): Promise<Cleanup> {
  const round = await findCleanup(db, { id }, { lock: true })
  if (!round) throw notFound('normative.no-cleanup', '没有这次清理。请从列表里重新选择。')
  const state = cleanupState(round)
  if (state !== 'open')
    throw conflict('normative.cleanup-closed', `这次清理${cleanupStates[state]}，不能再改。`)
  return round
}

export interface ItemDecision {
  publicationId: string
  decision: CleanupDecision
  reason: string
}

export const decideItemsInput = z
  .object({
    cleanupId: z.uuid(),
    publicationId: several.pipe(z.array(z.uuid()).min(1, '请先勾选文件。')),
    decision: z.enum(decisionNames as [CleanupDecision], '请选择清理意见。'),
    reason: z.string().trim().max(300, '理由最多 300 字。').default(''),
  })
  .refine(said => said.decision === 'keep' || said.reason.length >= 4, {
    path: ['reason'],
    message: '修改、废止、宣布失效要写明理由（至少 4 个字）。',
  })

/** One decision for many documents. */
export const decideItems = (ctx: Context, input: z.output<typeof decideItemsInput>): Promise<number> =>
  recordDecisions(
    ctx,
    input.cleanupId,
    input.publicationId.map(publicationId => ({
      publicationId,
      decision: input.decision,
      reason: input.reason,
    })),
  )

/**
 * The making organs decide, one by one or many at once; what changes has to be confirmed again. All or nothing.
 * @returns how many were changed.
 */
export async function recordDecisions(
  ctx: Context,
  cleanupId: string,
  decisions: readonly ItemDecision[],
): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const round = await lockOpenCleanup(db, cleanupId)
    const items = new Map((await itemsOf(db, cleanupId)).map(item => [item.publicationId, item]))
    const changed: ItemDecision[] = []
    for (const said of decisions) {
      const item = items.get(said.publicationId)
      if (!item) throw invalid('normative.not-in-cleanup', '所选的文件里有的不在这次清理里，请刷新后重选。')
      permit(
        mayDecideItem(ctx.actor, item.organId, round.organId),
        'normative.may-not-decide-item',
        `《${item.title}》由${item.organName}提出清理意见。`,
      )
      if (item.decision !== said.decision || item.reason !== said.reason) changed.push(said)
    }
    for (const alike of Map.groupBy(changed, one => `${one.decision} ${one.reason}`).values())
      await db
        .updateTable('normativeCleanupItems')
        .set({
          decision: alike[0]?.decision ?? null,
          reason: alike[0]?.reason ?? '',
          decidedBy: actorName(ctx.actor),
          decidedById: actorId(ctx.actor),
          decidedAt: ctx.clock.now(),
          confirmedBy: null,
          confirmedAt: null,
        })
        .where('cleanupId', '=', cleanupId)
        .where(
          'publicationId',
          'in',
          alike.map(one => one.publicationId),
        )
        .execute()
    const words = decisionNames
      .map(name => [cleanupDecisions[name], changed.filter(one => one.decision === name).length] as const)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${name} ${count} 件`)
    if (changed.length > 0)
      await recordAct(db, ctx, {
        act: 'normative.items-decided',
        sentence: `在“${round.name}”中提出清理意见：${words.join('，')}`,
        object: { kind: 'normative-cleanup', id: cleanupId, label: round.name },
        details: { publications: changed.map(one => [one.publicationId, one.decision]) },
      })
    return changed.length
  })
}

export const confirmItemsInput = z.object({
  cleanupId: z.uuid(),
  publicationId: several.pipe(z.array(z.uuid()).min(1, '请先勾选文件。')),
})

/** The office agrees with what the organs decided. @returns how many were confirmed. */
export async function confirmItems(ctx: Context, input: z.output<typeof confirmItemsInput>): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const round = await lockOpenCleanup(db, input.cleanupId)
    permit(
      mayRunCleanup(ctx.actor, round.organId),
      'normative.may-not-clean-up',
      '清理意见由主持清理的办公室核定。',
    )
    const items = await itemsOf(db, round.id, { ids: input.publicationId })
    const undecided = items.filter(item => !item.decision)
    if (undecided.length > 0)
      throw conflict(
        'normative.undecided',
        `还有 ${undecided.length} 件没有清理意见，例如《${undecided[0]?.title}》，不能核定。`,
      )
    const fresh = items.filter(item => !item.confirmedAt).map(item => item.publicationId)
    if (fresh.length === 0) return 0
    await db
      .updateTable('normativeCleanupItems')
      .set({ confirmedBy: actorName(ctx.actor), confirmedAt: ctx.clock.now() })
      .where('cleanupId', '=', round.id)
      .where('publicationId', 'in', fresh)
      .execute()
    await recordAct(db, ctx, {
      act: 'normative.items-confirmed',
      sentence: `核定“${round.name}”的清理意见 ${fresh.length} 件`,
      object: { kind: 'normative-cleanup', id: round.id, label: round.name },
    })
    return fresh.length
  })
}

export const cancelCleanupInput = z.object({
  cleanupId: z.uuid(),
  reason: z.string().trim().min(4, '请写明为什么取消（至少 4 个字）。').max(300),
})

/** A round that was begun by mistake; nothing of it takes effect. */
export async function cancelCleanup(ctx: Context, input: z.output<typeof cancelCleanupInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const round = await lockOpenCleanup(db, input.cleanupId)
    permit(mayRunCleanup(ctx.actor, round.organId), 'normative.may-not-clean-up')
    await db
      .updateTable('normativeCleanups')
      .set({ cancelledReason: input.reason })
      .where('id', '=', round.id)
      .execute()
    await recordAct(db, ctx, {
      act: 'normative.cleanup-cancelled',
      sentence: `取消“${round.name}”，理由：${input.reason}`,
      object: { kind: 'normative-cleanup', id: round.id, label: round.name },
    })
  })
}
