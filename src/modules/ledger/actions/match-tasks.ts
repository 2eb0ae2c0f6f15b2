import { z } from 'zod'
import { conflict, invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { insertAct } from '../act-queries.ts'
import { type TaskMatch, type Verdict, verdicts } from '../comparison/compare-tasks.ts'
import { deleteMatch, listMatches, saveMatch } from '../comparison/match-queries.ts'
import type { Plan } from '../plan.ts'
import { findPlan, listTasks } from '../queries.ts'
import { type Task, taskName } from '../task.ts'
import { lockPlan } from './lock-plan.ts'

/** What may stand of two tasks: a verdict, or nothing yet. */
const standing = z.enum(['open', 'same', 'different'])
export type Standing = z.output<typeof standing>

export const matchTasksInput = z.object({
  planId: z.uuid(),
  previousPlanId: z.uuid('请选择和哪一本台账比。'),
  /** The decision; `open` takes one back. */
  verdict: standing,
  pairs: z
    .array(z.object({ taskId: z.uuid(), previousId: z.uuid(), /** What was shown. */ seen: standing }))
    .min(1, '还没有选。请先在表里选中要认定的。')
    .max(1000),
})

/**
 * A person says of tasks and those of an earlier plan that they are the same, that they are not, or takes it back; several at
 * once, all or none. What a colleague decided otherwise since it was shown stays, and the whole is refused.
 * @returns how many were new.
 */
export async function matchTasks(ctx: Context, input: z.output<typeof matchTasksInput>): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, input.planId, 'match-tasks')
    const previousPlan = await earlierPlan(db, plan, input.previousPlanId)
    const [tasks, previous] = [
      new Map((await listTasks(db, plan.id)).map(task => [task.id, task])),
      new Map((await listTasks(db, previousPlan.id)).map(task => [task.id, task])),
    ]
    const decided = await listMatches(db, { taskIds: input.pairs.map(pair => pair.taskId) })
    let many = 0
    for (const pair of input.pairs) {
      const [task, before] = [tasks.get(pair.taskId), previous.get(pair.previousId)]
      if (!task || !before)
        throw invalid('ledger.no-pair', '选中的任务里有不在这两本台账里的，或者刚被合并。请刷新页面。')
      const known = decided.find(one => one.taskId === task.id && one.previousId === before.id)
      if ((known?.verdict ?? 'open') === input.verdict) continue
      refuseIfOther(decided, { task, before, seen: pair.seen, wanted: input.verdict }, previous)
      if (input.verdict === 'open') await deleteMatch(db, pair)
      else {
        const match = decisionOf(ctx, pair, input.verdict)
        await saveMatch(db, match)
        decided.push(match)
      }
      many++
      await insertAct(db, ctx, {
        planId: plan.id,
        taskId: task.id,
        act: 'match-tasks',
        reason: `${input.verdict === 'open' ? '撤回认定' : verdicts[input.verdict]}：${previousPlan.year}年“${taskName(before)}”`,
        after: { previousId: before.id, from: known?.verdict ?? 'open', to: input.verdict },
      })
    }
    if (many > 0)
      await recordAct(db, ctx, {
        act: 'ledger.match-tasks',
        sentence: `“${plan.title}”和${previousPlan.year}年“${previousPlan.title}”：${many} 项${
          input.verdict === 'open' ? '撤回认定' : `认定${verdicts[input.verdict]}`
        }`,
        object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
      })
    return many
  })
}

/** A plan of the same kind that was in force before, or in, the year of this one. */
async function earlierPlan(db: Context['db'], plan: Plan, id: string): Promise<Plan> {
  const previous = await findPlan(db, { id })
  const isEarlier =
    previous !== null &&
    previous.id !== plan.id &&
    previous.siteId === plan.siteId &&
    previous.kind === plan.kind &&
    previous.year <= plan.year &&
    previous.inForceAt !== null
  if (!isEarlier) throw invalid('ledger.no-previous', '没有这份可以比的台账。请重新选择。')
  return previous
}

const decisionOf = (
  ctx: Pick<Context, 'actor' | 'clock'>,
  { taskId, previousId }: Pick<TaskMatch, 'taskId' | 'previousId'>,
  verdict: Verdict,
): TaskMatch => ({
  taskId,
  previousId,
  verdict,
  decidedBy: actorName(ctx.actor),
  decidedAt: ctx.clock.now(),
})

function refuseIfOther(
  decided: readonly TaskMatch[],
  of: { task: Task; before: Task; seen: Standing; wanted: Standing },
  previous: ReadonlyMap<string, Task>,
): void {
  const { task, before, seen, wanted } = of
  const known = decided.find(one => one.taskId === task.id && one.previousId === before.id)
  if ((known?.verdict ?? 'open') !== seen)
    throw conflict(
      'ledger.changed-meanwhile',
      known
        ? `您打开之后，${known.decidedBy}已经认定“${taskName(task)}”和“${taskName(before)}”${verdicts[known.verdict]}，您这次的都没有保存。请看过现在的样子，再做一次。`
        : `您打开之后，有同事撤回了对“${taskName(task)}”的认定，您这次的都没有保存。请看过现在的样子，再做一次。`,
    )
  if (wanted !== 'same') return
  const other = decided.find(
    one => one.taskId === task.id && one.verdict === 'same' && one.previousId !== before.id,
  )
  if (!other) return
  const name = previous.get(other.previousId)
  throw conflict(
    'ledger.matched-already',
    `“${taskName(task)}”已经由${other.decidedBy}认定接着做${name ? `“${taskName(name)}”` : '另一年的一项'}。要改成“${taskName(before)}”，请先撤回那个认定。`,
  )
}
