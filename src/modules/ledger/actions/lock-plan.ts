import { conflict, notFound, permit } from '#lib/errors'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { mayOnPlan, mayOnTask, type PlanAct, planActs, type TaskAct, taskActs } from '../acts.ts'
import { listTaskUnits, owingUnits, type TaskUnit } from '../owing-queries.ts'
import { type Plan, planState, planStates } from '../plan.ts'
import { partiesOf } from '../policy.ts'
import { findPlan, findTask } from '../queries.ts'
import { type Task, taskState, taskStates } from '../task.ts'

/** Which task, and as which revision it was seen. */
export interface SeenTask {
  taskId: string
  revision: number
}

const noSuchPlan = () => notFound('ledger.unknown-plan', '没有这份台账。请从台账列表重新选择。')

/** The plan, locked, for an act that its state and the table of acts allow. */
export async function lockPlan(
  db: Database,
  ctx: Pick<Context, 'actor'>,
  planId: string,
  act: PlanAct,
  owing: readonly string[] = [],
): Promise<Plan> {
  const plan = await findPlan(db, { id: planId }, { lock: true })
  if (!plan) throw noSuchPlan()
  const state = planState(plan)
  const rule = planActs[act]
  const concerned = { organId: plan.organId, owing }
  permit(
    partiesOf(ctx.actor, concerned).some(party => rule.by.includes(party)),
    'ledger.not-allowed',
  )
  if (!mayOnPlan(ctx.actor, act, state, concerned))
    throw conflict('ledger.not-now', `“${plan.title}”${planStates[state]}，现在不能${rule.label}。`)
  return plan
}

export interface LockedTask {
  task: Task
  plan: Plan
  units: TaskUnit[]
}

/** The task with its plan, both locked, for an act that its state and the table of acts allow; unchanged since it was seen. */
export async function lockTask(
  db: Database,
  ctx: Pick<Context, 'actor'>,
  seen: SeenTask,
  act: TaskAct,
): Promise<LockedTask> {
  const before = await findTask(db, seen.taskId)
  const plan = before && (await findPlan(db, { id: before.planId }, { lock: true }))
  const task = plan && (await findTask(db, seen.taskId, { lock: true }))
  if (!task) throw notFound('ledger.unknown-task', '没有这项任务，或者它已经并入别的任务。请刷新页面。')
  const units = await listTaskUnits(db, [task.id])
  const concerned = { organId: plan.organId, owing: owingOrganIds(units) }
  const rule = taskActs[act]
  permit(
    partiesOf(ctx.actor, concerned).some(party => rule.by.includes(party)),
    'ledger.not-allowed',
  )
  if (task.revision !== seen.revision)
    throw conflict(
      'ledger.changed-meanwhile',
      `您打开之后，${task.changedBy}改过这项任务，您的这一步还没有做。请看过现在的样子，再做一次。`,
    )
  const state = taskState(task, plan)
  if (!mayOnTask(ctx.actor, act, state, concerned))
    throw conflict('ledger.not-now', `这项任务${taskStates[state]}，现在不能${rule.label}。`)
  return { task, plan, units }
}

export const owingOrganIds = (units: readonly TaskUnit[]): string[] =>
  owingUnits(units).flatMap(unit => (unit.organId === null ? [] : [unit.organId]))
