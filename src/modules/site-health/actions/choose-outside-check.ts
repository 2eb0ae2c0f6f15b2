import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { listSites } from '#modules/organisations'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayKeepHealth } from '../policy.ts'

export const chooseOutsideCheckInput = z.object({
  siteId: z.uuid('没有说明是哪个站点。'),
  outside: z.literal('yes').optional(),
  nightlyLimit: z.coerce
    .number('请填数字。')
    .int('请填整数。')
    .min(1, '至少 1 个。')
    .max(20_000, '最多 20000 个。'),
})

/** Whether the system asks other sites at night if our links to them still lead somewhere; off until somebody says so. */
export async function chooseOutsideCheck(
  ctx: Context,
  input: z.output<typeof chooseOutsideCheckInput>,
): Promise<void> {
  const site = (await listSites(ctx.db)).find(one => one.id === input.siteId)
  if (!site) throw notFound('site-health.unknown-site', '没有这个站点。请从网站健康重新进入。')
  permit(mayKeepHealth(ctx.actor, site.organId), 'site-health.may-not-choose')
  const values = {
    outside: input.outside === 'yes',
    nightlyLimit: input.nightlyLimit,
    changedBy: actorName(ctx.actor),
    changedAt: ctx.clock.now(),
  }
  await inTransaction(ctx.db, async db => {
    await db
      .insertInto('siteHealthSettings')
      .values({ siteId: site.id, ...values })
      .onConflict(conflict => conflict.column('siteId').doUpdateSet(values))
      .execute()
    await recordAct(db, ctx, {
      act: 'site-health.outside-check-chosen',
      sentence: values.outside
        ? `开启${site.name}的外部链接检查，每夜最多 ${values.nightlyLimit} 个`
        : `关闭${site.name}的外部链接检查`,
      object: { kind: 'site', id: site.id, label: site.name },
    })
  })
}
