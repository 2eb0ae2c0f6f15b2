import type { DeskContext } from '#platform/context'
import type { Plan } from '../plan.ts'
import { listEarlierPlans, listTasks } from '../queries.ts'
import type { Task } from '../task.ts'
import { type Comparison, compareTasks } from './compare-tasks.ts'
import { type Outcome, outcomesOf } from './last-outcome.ts'
import { listMatches } from './match-queries.ts'

export interface ComparedPlans {
  plan: Plan
  previous: Plan
  tasks: Task[]
  before: Task[]
  comparison: Comparison
  outcomes: ReadonlyMap<string, Outcome>
}

/** Plans that a plan can be compared with, and the one that is meant: asked for, else named as last year's, else the newest earlier. */
export async function findPrevious(
  ctx: Pick<DeskContext, 'db'>,
  plan: Plan,
  asked: string | undefined,
): Promise<{ earlier: Plan[]; previous: Plan | null }> {
  const earlier = await listEarlierPlans(ctx.db, plan)
  const wanted = asked ?? plan.previousId
  const previous = earlier.find(one => one.id === wanted) ?? earlier.find(one => one.year < plan.year) ?? null
  return { earlier, previous }
}

/** Two plans beside each other: tasks that were dropped under review or cancelled are no part of it. */
export async function loadComparison(
  ctx: Pick<DeskContext, 'db' | 'clock'>,
  plan: Plan,
  previous: Plan,
): Promise<ComparedPlans> {
  const [tasks, before] = await Promise.all([standingTasks(ctx, plan), standingTasks(ctx, previous)])
  const [decisions, outcomes] = await Promise.all([
    listMatches(ctx.db, { taskIds: tasks.map(task => task.id) }),
    outcomesOf(ctx, previous, before),
  ])
  return { plan, previous, tasks, before, comparison: compareTasks(tasks, before, decisions), outcomes }
}

const standingTasks = async (ctx: Pick<DeskContext, 'db'>, plan: Plan) =>
  (await listTasks(ctx.db, plan.id)).filter(task => task.droppedAt === null)
