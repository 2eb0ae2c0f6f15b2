import { notFound } from '#lib/errors'
import type { Database } from '#platform/db/database'
import { listTaskUnits, owingUnits, type TaskUnit } from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { findPlan, findTask } from '../queries.ts'
import { type Task, type TaskState, taskState } from '../task.ts'
import type { Report } from './report.ts'
import { listReports } from './report-queries.ts'

export interface Work {
  task: Task
  plan: Plan
  state: TaskState
  /** Today's units, supporting ones too. */
  units: TaskUnit[]
  /** Organs that owe it. */
  owing: string[]
  reports: Report[]
}

/** A task with all that its reports depend on; locked until the act commits where it is to change. @throws notFound */
export async function loadWork(
  db: Database,
  taskId: string,
  options: { lock?: boolean } = {},
): Promise<Work> {
  const task = await findTask(db, taskId, options)
  const plan = task && (await findPlan(db, { id: task.planId }))
  if (!task || !plan) throw notFound('ledger.no-such-task', '没有这项任务。请从台账里重新选择。')
  const units = (await listTaskUnits(db, [task.id])).filter(unit => unit.untilOn === null)
  return {
    task,
    plan,
    state: taskState(task, plan),
    units,
    owing: owingUnits(units).flatMap(unit => unit.organId ?? []),
    reports: await listReports(db, { taskIds: [task.id] }),
  }
}
