import { z } from 'zod'
import { fromBeijing } from '#lib/beijing-time'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { publicIdPattern, uuidv7 } from '#lib/ids'
import { itemsForPlans, publicByIds } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayNominate } from '../policy.ts'
import { roundStateOn } from '../selection.ts'
import { listNominations } from '../selection-queries.ts'
import { lockRound, recordRound } from './run-round.ts'

export const nominateInput = z.object({
  publication: z
    .string()
    .transform(
      text =>
        text
          .trim()
          .split(/[/?#.]/)
          .findLast(part => publicIdPattern.test(part)) ?? '',
    )
    .refine(id => id !== '', '请选择解读，或者贴上它的网址。'),
  reason: z.string().trim().min(5, '请写明推荐理由，至少五个字。').max(300, '推荐理由最多 300 字。'),
})

/** Puts up an interpretation that became public in the year; each once. */
export async function nominate(
  ctx: Context,
  roundId: string,
  input: z.output<typeof nominateInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const round = await lockRound(db, roundId)
    if (roundStateOn(round, ctx.clock.today()) !== 'preparing')
      throw conflict('interpretation.nominations-closed', '投票已经开始，不能再提名。')
    const now = ctx.clock.now()
    const [item] = await itemsForPlans(db, now, { publicId: input.publication })
    const [shown] = item ? await publicByIds(db, now, round.siteId, [item.id]) : []
    if (item?.kind !== 'interpretation' || !shown)
      throw invalid('interpretation.not-public', '没有这篇公开的解读，或者这个站点不显示它。')
    permit(mayNominate(ctx.actor, item.organId), 'interpretation.may-not-nominate')
    const [start, end] = [round.year, round.year + 1].map(year => fromBeijing(`${year}-01-01`))
    const { firstPublicAt: at } = item
    if (!at || !start || !end || at < start || at >= end)
      throw invalid('interpretation.other-year', `这篇解读不是${round.year}年公开的，不能参加这一届。`)
    const made = await db
      .insertInto('selectionNominations')
      .values({
        id: uuidv7(now.getTime()),
        roundId,
        publicationId: item.id,
        organId: item.organId,
        reason: input.reason,
        nominatedBy: actorName(ctx.actor),
        nominatedById: actorId(ctx.actor),
        nominatedAt: now,
      })
      .onConflict(conflict => conflict.columns(['roundId', 'publicationId']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) throw conflict('interpretation.nominated-already', '这篇解读已经提名。')
    await recordRound(db, ctx, round, `提名《${item.title}》参加${round.year}年优秀解读评选`, 'nominated')
  })
}

export const takeBackInput = z.object({
  nominationId: z.uuid('请重新选择。'),
  reason: z.string().trim().min(5, '请写明为什么撤回，至少五个字。').max(300, '理由最多 300 字。'),
})

/** Takes a nomination out again, before anybody can vote for it; the reason stays in the audit. */
export async function takeBackNomination(
  ctx: Context,
  roundId: string,
  input: z.output<typeof takeBackInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const round = await lockRound(db, roundId)
    if (roundStateOn(round, ctx.clock.today()) !== 'preparing')
      throw conflict('interpretation.nominations-closed', '投票已经开始，提名不能再撤回。')
    const nomination = (await listNominations(db, roundId)).find(one => one.id === input.nominationId)
    if (!nomination) throw notFound('interpretation.no-nomination', '这一届没有这篇解读，或者已经撤回。')
    permit(mayNominate(ctx.actor, nomination.organId), 'interpretation.may-not-nominate')
    const [item] = await itemsForPlans(db, ctx.clock.now(), { ids: [nomination.publicationId] })
    await db.deleteFrom('selectionNominations').where('id', '=', nomination.id).execute()
    await recordRound(
      db,
      ctx,
      round,
      `撤回《${item?.title ?? '已停止公开的解读'}》的提名，理由：${input.reason}`,
      'nomination-taken-back',
    )
  })
}
