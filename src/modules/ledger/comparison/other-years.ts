import type { Database } from '#platform/db/database'
import type { Plan } from '../plan.ts'
import { findPlan, findTask } from '../queries.ts'
import { loadWork } from '../reports/load-work.ts'
import { type Standing, standingOf } from '../reports/standing.ts'
import type { Task } from '../task.ts'
import { listMatches } from './match-queries.ts'

/** The same task in another year, with how it stands there. */
export interface OtherYear {
  task: Task
  plan: Plan
  standing: Standing
}

/** The task of an earlier year that this one goes on with, and those of later years that go on with it, as people confirmed. */
export async function loadOtherYears(
  db: Database,
  taskId: string,
): Promise<{ before: OtherYear[]; after: OtherYear[] }> {
  const [towards, from] = await Promise.all([
    listMatches(db, { taskIds: [taskId] }),
    listMatches(db, { previousIds: [taskId] }),
  ])
  const load = (ids: readonly string[]) => Promise.all(ids.map(id => loadOne(db, id)))
  const same = (one: { verdict: string }) => one.verdict === 'same'
  return {
    before: (await load(towards.filter(same).map(one => one.previousId))).flatMap(one => one ?? []),
    after: (await load(from.filter(same).map(one => one.taskId))).flatMap(one => one ?? []),
  }
}

async function loadOne(db: Database, id: string): Promise<OtherYear | null> {
  const task = await findTask(db, id)
  const plan = task && (await findPlan(db, { id: task.planId }))
  if (!plan || plan.discardedAt) return null
  const { units, reports } = await loadWork(db, id)
  const facts = { droppedAt: task.droppedAt, doneAt: task.doneAt, printed: task.progress }
  return { task, plan, standing: standingOf(facts, units, reports) }
}
