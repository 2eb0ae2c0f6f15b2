import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { dutiesTag, waiveDuty } from '#modules/duties'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertAct } from '../act-queries.ts'
import { type PlanAct, planActs } from '../acts.ts'
import type { Plan } from '../plan.ts'
import { changePlan, findPlan, listTasks } from '../queries.ts'
import { ledgerTag } from '../tags.ts'
import { taskName, taskState } from '../task.ts'
import { dutiesOfPlan, isOpenDuty } from '../task-duties.ts'
import { endDuties } from './change-task.ts'
import { lockPlan } from './lock-plan.ts'
import { settlePlanDuties } from './settle-plan-duties.ts'

const optionalDay = z
  .string()
  .trim()
  .default('')
  .refine(text => text === '' || isPlainDate(text), '日期请写成 2026-12-31 的样子，也可以空着。')
  .transform(text => (text === '' ? null : text))

export const describePlanInput = z.object({
  revision: z.coerce.number().int(),
  title: z.string().trim().min(2, '请写明文件名称。').max(200, '名称最多 200 字。'),
  issuer: z.string().trim().max(200, '发文机关最多 200 字。').default(''),
  docNo: z.string().trim().max(60, '文号最多 60 字。').default(''),
  signedOn: optionalDay,
  year: z.coerce
    .number('年度请写四位数字。')
    .int()
    .min(1980, '年度请写四位数字。')
    .max(2100, '年度请写四位数字。'),
  ownPlansDueOn: optionalDay,
  reportDueOn: optionalDay,
  previousId: z.preprocess(value => (value === '' ? null : value), z.uuid().nullable()).default(null),
})

/** Facts of the document, the days on which own plans and the report are due, and last year's plan. */
export async function describePlan(
  ctx: Context,
  planId: string,
  input: z.output<typeof describePlanInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, 'describe')
    const { revision, docNo, ...facts } = input
    if (revision !== plan.revision)
      throw conflict(
        'ledger.changed-meanwhile',
        '您打开之后，有同事改过这份台账。请看过现在的样子，再保存一次。',
      )
    if (facts.previousId !== null) {
      const previous = await findPlan(db, { id: facts.previousId })
      if (!previous || previous.siteId !== plan.siteId || previous.id === plan.id)
        throw invalid('ledger.no-previous', '没有这份上一年度的台账。请重新选择。')
    }
    const values = { ...facts, docNo: docNo === '' ? null : docNo }
    await changePlan(db, plan, values)
    const names = Object.keys(values) as (keyof typeof values)[]
    const different = names.filter(name => plan[name] !== values[name])
    await insertAct(db, ctx, {
      planId: plan.id,
      act: 'describe',
      ...(plan.inForceAt === null
        ? {}
        : {
            before: Object.fromEntries(different.map(name => [name, plan[name]])),
            after: Object.fromEntries(different.map(name => [name, values[name]])),
          }),
    })
    if (plan.inForceAt !== null)
      await settlePlanDuties(db, ctx, { ...plan, ...values }, '主管单位改了规定的日期')
    await finish(ctx, db, plan, 'describe', '')
  })
}

async function finish(
  ctx: Context,
  db: Context['db'],
  plan: Plan,
  act: PlanAct,
  reason: string,
): Promise<void> {
  await recordAct(db, ctx, {
    act: `ledger.${act}`,
    sentence: `${planActs[act].label}：“${plan.title}”${reason === '' ? '' : `，${reason}`}`,
    object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
  })
  await announceChange(db, [dutiesTag(plan.siteId), ledgerTag(plan.siteId)])
}

export const endingReason = z
  .string()
  .trim()
  .min(5, '请写明理由（至少 5 个字）。')
  .max(1000, '最多 1000 字。')

/** A document that was taken by mistake; nothing of it had been in the ledger. */
export async function discardPlan(ctx: Context, planId: string, reason: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, 'discard')
    await db
      .updateTable('ledgerPlans')
      .set({ discardedAt: ctx.clock.now(), discardedBy: actorName(ctx.actor), discardedReason: reason })
      .where('id', '=', plan.id)
      .execute()
    await insertAct(db, ctx, { planId: plan.id, act: 'discard', reason })
    await finish(ctx, db, plan, 'discard', reason)
  })
}

/** Ends the ledger of a plan: what is not done is shown so for good, its duties end with the reason. */
export async function closePlan(ctx: Context, planId: string, reason: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, 'close')
    const tasks = await listTasks(db, plan.id)
    const waiting = tasks.filter(task => taskState(task, plan) === 'reported')
    if (waiting.length > 0)
      throw conflict(
        'ledger.reports-wait',
        `还有 ${waiting.length} 项报送没有核定：${waiting.slice(0, 5).map(taskName).join('、')}。请先核定或者退回。`,
      )
    for (const task of tasks)
      if (['running', 'returned'].includes(taskState(task, plan)))
        await endDuties(db, ctx, plan, task, `台账结账：${reason}`)
    for (const duty of (await dutiesOfPlan(db, plan)).filter(isOpenDuty))
      await waiveDuty({ ...ctx, db }, { id: duty.id, reason: `台账结账：${reason}`.slice(0, 300) })
    await changePlan(db, plan, {
      closedAt: ctx.clock.now(),
      closedBy: actorName(ctx.actor),
      closedReason: reason,
    })
    await insertAct(db, ctx, { planId: plan.id, act: 'close', reason })
    await finish(ctx, db, plan, 'close', reason)
  })
}
