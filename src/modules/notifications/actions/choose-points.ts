import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { listSites } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayChoosePoints } from '../policy.ts'
import { savePoints } from '../queries.ts'

const days = (least: number, most: number) =>
  z.coerce
    .number(`请填写 ${least} 到 ${most} 之间的整数。`)
    .int(`请填写 ${least} 到 ${most} 之间的整数。`)
    .min(least, `最少 ${least} 天。`)
    .max(most, `最多 ${most} 天。`)

export const choosePointsInput = z.object({
  siteId: z.uuid('请选择站点。'),
  /** `7、3、1、0` */
  daysBefore: z
    .string()
    .transform(text => text.split(/[\s,，、;；]+/).filter(Boolean))
    .pipe(
      z
        .array(z.string().regex(/^\d{1,2}$/, '请填写天数，用顿号分开，例如 7、3、1、0；最多提前 90 天。'))
        .max(10, '最多 10 个提醒时间。'),
    )
    .transform(texts => [...new Set(texts.map(Number))].sort((a, b) => b - a))
    .refine(list => list.every(day => day <= 90), '最多提前 90 天。'),
  lateFrom: days(1, 30),
  lateEvery: days(1, 90),
})

/** When a site's duties are reminded of, from the next round on. */
export async function choosePoints(ctx: Context, input: z.output<typeof choosePointsInput>): Promise<void> {
  const { siteId, ...points } = input
  const site = (await listSites(ctx.db)).find(one => one.id === siteId)
  if (!site) throw notFound('notifications.no-such-site', '没有这个站点。请从列表中重新选择。')
  permit(mayChoosePoints(ctx.actor, site.organId), 'notifications.may-not-choose-points')
  await inTransaction(ctx.db, async db => {
    await savePoints(db, siteId, {
      ...points,
      changedBy: actorName(ctx.actor),
      changedById: actorId(ctx.actor),
      changedAt: ctx.clock.now(),
    })
    await recordAct(db, ctx, {
      act: 'notifications.points-chosen',
      sentence: `设置到期提醒：到期前 ${points.daysBefore.join('、') || '不提醒'}（天），逾期第 ${points.lateFrom} 天起每 ${points.lateEvery} 天`,
      object: { kind: 'site', id: site.id, label: site.name },
    })
  })
}
