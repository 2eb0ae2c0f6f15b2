import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, notFound } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag, meetDuties, waiveDuty } from '#modules/duties'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertAct } from '../act-queries.ts'
import { changeStep, insertStep, listSteps, owingUnits } from '../owing-queries.ts'
import { taskName } from '../task.ts'
import { dutiesOfStep, dutiesOfTask, isOpenDuty, partOf } from '../task-duties.ts'
import { lockTask, type SeenTask } from './lock-plan.ts'
import { openInBatches } from './open-in-batches.ts'

export const addStepInput = z.object({
  kind: z.enum(['measure', 'milestone'], '请选择措施或者节点。'),
  text: z.string().trim().min(2, '请写明做什么。').max(500, '最多 500 字。'),
  dueOn: z
    .string()
    .trim()
    .default('')
    .refine(text => text === '' || isPlainDate(text), '日期请写成 2026-12-31 的样子，也可以空着。'),
  organId: z.preprocess(value => (value === '' ? null : value), z.uuid().nullable()).default(null),
})

/** A measure or milestone by which a task is carried out; one with a day opens a duty for whom it concerns. */
export async function addStep(
  ctx: Context,
  seen: SeenTask,
  input: z.output<typeof addStepInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const { task, plan, units } = await lockTask(db, ctx, seen, 'add-step')
    if (input.organId && !owingUnits(units).some(unit => unit.organId === input.organId))
      throw invalid('ledger.not-owing', '这个单位不是本任务的牵头或者责任单位。')
    const steps = await listSteps(db, [task.id])
    const step = {
      id: uuidv7(),
      taskId: task.id,
      position: Math.max(0, ...steps.map(one => one.position)) + 1,
      kind: input.kind,
      organId: input.organId,
      text: input.text,
      dueOn: input.dueOn === '' ? null : input.dueOn,
      doneAt: null,
      doneBy: null,
      droppedAt: null,
      droppedReason: null,
    }
    await insertStep(db, step)
    await openInBatches(db, ctx, dutiesOfStep(plan, task, step, units, ctx))
    await insertAct(db, ctx, {
      planId: plan.id,
      taskId: task.id,
      act: 'add-step',
      reason: input.text,
      after: { kind: input.kind, dueOn: step.dueOn },
    })
    await recordAct(db, ctx, {
      act: 'ledger.add-step',
      sentence: `给“${taskName(task)}”增加${input.kind === 'milestone' ? '节点' : '措施'}`,
      object: { kind: 'ledger-task', id: task.id, label: taskName(task) },
    })
    await announceChange(db, [dutiesTag(plan.siteId)])
  })
}

export const endStepInput = z
  .object({
    stepId: z.uuid(),
    how: z.enum(['done', 'dropped']),
    reason: z.string().trim().max(300, '理由最多 300 字。').default(''),
  })
  .refine(input => input.how === 'done' || input.reason.length >= 5, {
    path: ['reason'],
    message: '取消要写明理由（至少 5 个字）。',
  })

/** A step is done, or is not to be done any more; its duties end with it. */
export async function endStep(
  ctx: Context,
  seen: SeenTask,
  input: z.output<typeof endStepInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const { task, plan } = await lockTask(db, ctx, seen, 'end-step')
    const step = (await listSteps(db, [task.id])).find(one => one.id === input.stepId)
    if (!step) throw notFound('ledger.no-step', '没有这项措施或者节点。请刷新页面。')
    if (step.doneAt || step.droppedAt) throw conflict('ledger.step-ended', '这一项已经办结或者取消。')
    const now = ctx.clock.now()
    const duties = (await dutiesOfTask(db, plan, task.id)).filter(
      duty => isOpenDuty(duty) && partOf(duty).part === 'step' && partOf(duty).position === step.position,
    )
    if (input.how === 'done') {
      await changeStep(db, step.id, { doneAt: now, doneBy: actorName(ctx.actor) })
      const fact = { kind: 'ledger-task', id: task.id, label: step.text.slice(0, 80) }
      await meetDuties(db, ctx, { ids: duties.map(duty => duty.id) }, fact)
    } else {
      await changeStep(db, step.id, { droppedAt: now, droppedReason: input.reason })
      for (const duty of duties) await waiveDuty({ ...ctx, db }, { id: duty.id, reason: input.reason })
    }
    await insertAct(db, ctx, {
      planId: plan.id,
      taskId: task.id,
      act: 'end-step',
      reason: input.how === 'done' ? `完成：${step.text}` : `取消：${step.text}。${input.reason}`,
    })
    await recordAct(db, ctx, {
      act: 'ledger.end-step',
      sentence: `“${taskName(task)}”的一项措施或者节点${input.how === 'done' ? '完成' : '取消'}`,
      object: { kind: 'ledger-task', id: task.id, label: taskName(task) },
    })
    await announceChange(db, [dutiesTag(plan.siteId)])
  })
}
