import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag, meetDuties } from '#modules/duties'
import { getOrgan } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertAct } from '../act-queries.ts'
import { planState } from '../plan.ts'
import { findPlan } from '../queries.ts'
import { dutiesOfPlan, isOpenDuty } from '../task-duties.ts'
import { mayReportFor } from './hand-in-report.ts'

export const reportOnPlanInput = z.object({
  planId: z.uuid(),
  organId: z.uuid('请选择报告单位。'),
  words: z
    .string()
    .trim()
    .min(10, '请写明方案制定、工作部署和推进的情况（至少 10 个字）。')
    .max(10_000, '报告最多 10000 字，更长的请作为文件附上。'),
  file: z
    .object({ name: z.string(), size: z.number(), sha256: z.string(), key: z.string() })
    .nullable()
    .default(null),
})

/** The report of an organ on the whole plan, by the day that the plan names; it meets the organ's duty at once. */
export async function reportOnPlan(ctx: Context, input: z.output<typeof reportOnPlanInput>): Promise<void> {
  permit(mayReportFor(ctx.actor, input.organId), 'ledger.may-not-report')
  await inTransaction(ctx.db, async db => {
    const plan = await findPlan(db, { id: input.planId }, { lock: true })
    if (!plan) throw notFound('ledger.no-such-plan', '没有这份台账。请从列表里重新选择。')
    if (planState(plan) !== 'in-force')
      throw conflict('ledger.plan-not-open', '这份台账还没有执行或者已经结账，不再接收报告。')
    const organ = await getOrgan(db, input.organId)
    const id = uuidv7(ctx.clock.now().getTime())
    await db
      .insertInto('ledgerPlanReports')
      .values({
        id,
        planId: plan.id,
        organId: organ.id,
        words: input.words,
        file: input.file && JSON.stringify(input.file),
        reportedBy: actorName(ctx.actor),
        reportedById: actorId(ctx.actor),
        reportedAt: ctx.clock.now(),
      })
      .execute()
    const ids = (await dutiesOfPlan(db, plan))
      .filter(duty => isOpenDuty(duty) && duty.part === 'report' && duty.organId === organ.id)
      .map(duty => duty.id)
    if (ids.length > 0) {
      await meetDuties(
        db,
        ctx,
        { ids },
        { kind: 'ledger-plan-report', id, label: `${organ.shortName}报送落实情况报告` },
      )
      await announceChange(db, [dutiesTag(plan.siteId)])
    }
    await insertAct(db, ctx, { planId: plan.id, act: 'report-on-plan', organId: organ.id })
    await recordAct(db, ctx, {
      act: 'ledger.plan-reported',
      sentence: `报送“${plan.title}”的落实情况报告（${organ.shortName}）`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
  })
}
