import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { findPlan } from '../plan-queries.ts'
import { mayApprovePlan } from '../policy.ts'
import { policyNamed } from './save-plan.ts'

/** Approves a plan as it was seen (R-INT-01). */
export async function approvePlan(ctx: Context, policyId: string, seen: { revision: number }): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const policy = await policyNamed(db, ctx.clock.now(), { ids: [policyId] })
    const plan = await findPlan(db, policy.id, { lock: true })
    if (!plan) throw notFound('interpretation.no-plan', '这份文件还没有解读方案，请先编制。')
    permit(
      mayApprovePlan(ctx.actor, plan),
      'interpretation.may-not-approve',
      '解读方案由部门负责人、签发人或者领导审定，并且不能是最后修改方案的人。',
    )
    if (plan.revision !== seen.revision)
      throw conflict(
        'interpretation.plan-changed',
        `您打开之后，${plan.changedBy}改过方案。请看过新的方案再审定。`,
      )
    if (plan.approvedAt) return
    await db
      .updateTable('interpretationPlans')
      .set({
        approvedBy: actorName(ctx.actor),
        approvedById: actorId(ctx.actor),
        approvedAt: ctx.clock.now(),
      })
      .where('id', '=', plan.id)
      .execute()
    await recordAct(db, ctx, {
      act: 'interpretation.plan-approved',
      sentence: `审定《${policy.title}》的解读方案`,
      object: { kind: 'publication', id: policy.id, label: policy.title },
    })
  })
}
