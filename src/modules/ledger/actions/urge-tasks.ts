import { z } from 'zod'
import { invalid, notFound, permit } from '#lib/errors'
import { textsOf } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { insertAct } from '../act-queries.ts'
import { mayOnTask, taskActs } from '../acts.ts'
import { listTaskUnits, owingUnits } from '../owing-queries.ts'
import { findPlan, listTasks } from '../queries.ts'
import { tellOf } from '../reports/tell.ts'
import { taskState } from '../task.ts'

export const urgeTasksInput = z.object({
  planId: z.uuid(),
  taskIds: z
    .preprocess(value => textsOf({ ids: value as string | string[] }, 'ids'), z.array(z.uuid()))
    .refine(ids => ids.length > 0, '请先勾选要催办的任务。')
    .refine(ids => ids.length <= 300, '一次最多催办 300 项。'),
  letter: z
    .string()
    .trim()
    .min(5, '请写明催办的内容（至少 5 个字）：责任单位会看到。')
    .max(1000, '催办函最多 1000 字。'),
})
export type UrgeTasks = z.output<typeof urgeTasksInput>

export interface Urged {
  urgeId: string
  /** Tasks and the units that were asked. */
  tasks: { taskId: string; organIds: string[] }[]
}

/** 催办: one letter about one task or many, to the units that owe them; what is done or waits for the office is left out. */
export async function urgeTasks(ctx: Context, input: UrgeTasks): Promise<Urged> {
  return inTransaction(ctx.db, async db => {
    const plan = await findPlan(db, { id: input.planId })
    if (!plan) throw notFound('ledger.no-such-plan', '没有这份台账。请从列表里重新选择。')
    const chosen = new Set(input.taskIds)
    const tasks = (await listTasks(db, plan.id)).filter(task => chosen.has(task.id))
    const units = Map.groupBy(
      owingUnits(
        await listTaskUnits(
          db,
          tasks.map(task => task.id),
        ),
      ),
      unit => unit.taskId,
    )
    const urged: Urged['tasks'] = []
    for (const task of tasks) {
      const state = taskState(task, plan)
      const organIds = [...new Set((units.get(task.id) ?? []).flatMap(unit => unit.organId ?? []))]
      if (!taskActs.urge.in.includes(state) || organIds.length === 0) continue
      permit(
        mayOnTask(ctx.actor, 'urge', state, { organId: plan.organId, owing: organIds }),
        'ledger.may-not-urge',
      )
      urged.push({ taskId: task.id, organIds })
    }
    if (urged.length === 0)
      throw invalid('ledger.nothing-to-urge', '勾选的任务都已经完成、正在等待核定，或者没有认定责任单位。')
    const urgeId = uuidv7(ctx.clock.now().getTime())
    await db
      .insertInto('ledgerUrges')
      .values({
        id: urgeId,
        planId: plan.id,
        letter: input.letter,
        urgedBy: actorName(ctx.actor),
        urgedById: actorId(ctx.actor),
        urgedAt: ctx.clock.now(),
      })
      .execute()
    await db
      .insertInto('ledgerUrged')
      .values(urged.flatMap(({ taskId, organIds }) => organIds.map(organId => ({ urgeId, taskId, organId }))))
      .execute()
    for (const { taskId, organIds } of urged) {
      await insertAct(db, ctx, { planId: plan.id, taskId, act: 'urge', reason: input.letter })
      const task = tasks.find(one => one.id === taskId)
      if (task)
        await tellOf(
          db,
          ctx,
          task,
          organIds.map(organId => ({
            key: `urged:${urgeId}:${taskId}`,
            organId,
            title: '催办',
            sentence: input.letter,
            urgent: true,
          })),
        )
    }
    await recordAct(db, ctx, {
      act: 'ledger.urged',
      sentence: `催办“${plan.title}”的 ${urged.length} 项任务`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
    return { urgeId, tasks: urged }
  })
}
