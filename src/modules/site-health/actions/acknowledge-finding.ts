import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { listSites } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayKeepHealth } from '../policy.ts'

export const acknowledgeFindingInput = z.object({
  siteId: z.uuid('没有说明是哪个站点。'),
  finding: z.string().min(3, '没有说明是哪一条。').max(2000),
  since: z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/, '没有说明从哪天起。'),
  place: z.string().trim().max(300).default(''),
  reason: z.string().trim().min(5, '请写明理由，至少 5 个字。').max(300, '理由最多 300 字。'),
})

/** Somebody knows of it and says why it stays for now: the reason stands beside the finding until that begins anew. */
export async function acknowledgeFinding(
  ctx: Context,
  input: z.output<typeof acknowledgeFindingInput>,
): Promise<void> {
  const site = (await listSites(ctx.db)).find(one => one.id === input.siteId)
  if (!site) throw notFound('site-health.unknown-site', '没有这个站点。请从网站健康重新进入。')
  permit(mayKeepHealth(ctx.actor, site.organId), 'site-health.may-not-acknowledge')
  await inTransaction(ctx.db, async db => {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('findingAcknowledgements')
      .values({
        id: uuidv7(),
        siteId: site.id,
        finding: input.finding,
        since: input.since,
        reason: input.reason,
        acknowledgedBy: actorName(ctx.actor),
        acknowledgedById: actorId(ctx.actor),
        acknowledgedAt: ctx.clock.now(),
      })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 0n) return
    await recordAct(db, ctx, {
      act: 'site-health.finding-acknowledged',
      sentence: `说明网站检查发现的“${input.place}”暂不处理：${input.reason}`,
      object: { kind: 'site', id: site.id, label: site.name },
      details: { finding: input.finding },
    })
  })
}
