import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { listSites } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { periodicRules } from '../periodic.ts'
import { mayWaive } from '../policy.ts'

export const choosePeriodicInput = z.object({
  siteId: z.uuid('请选择站点。'),
  rule: z.string().refine(rule => periodicRules.some(one => one.rule === rule), '没有这项定期义务。'),
  owed: z.preprocess(value => value === 'yes' || value === true, z.boolean()),
})

/** Says whether a duty that comes round is owed at a site from now on; duties that are open stay. */
export async function choosePeriodic(
  ctx: Context,
  input: z.output<typeof choosePeriodicInput>,
): Promise<void> {
  const site = (await listSites(ctx.db)).find(one => one.id === input.siteId)
  const rule = periodicRules.find(one => one.rule === input.rule)
  if (!site || !rule)
    throw notFound('duties.no-such-choice', '没有这个站点或者这项义务。请从列表中重新选择。')
  permit(mayWaive(ctx.actor, site.organId), 'duties.may-not-choose')
  const changed = {
    owed: input.owed,
    changedBy: actorName(ctx.actor),
    changedById: actorId(ctx.actor),
    changedAt: ctx.clock.now(),
  }
  await inTransaction(ctx.db, async db => {
    await db
      .insertInto('periodicChoices')
      .values({ siteId: site.id, rule: rule.rule, ...changed })
      .onConflict(conflict => conflict.columns(['siteId', 'rule']).doUpdateSet(changed))
      .execute()
    await recordAct(db, ctx, {
      act: 'duties.periodic-chosen',
      sentence: `${input.owed ? '开启' : '停用'}定期义务“${rule.article}”`,
      object: { kind: 'site', id: site.id, label: site.name },
    })
  })
}
