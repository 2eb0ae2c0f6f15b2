import type { Context } from '#platform/context'
import { ledgerKind, stateWord } from '../ledger-kind.ts'
import type { Plan } from '../plan.ts'
import { gatherTable } from '../progress/gather-table.ts'
import { unitWords } from '../progress/progress-table.ts'
import { type Task, type TaskState, taskState } from '../task.ts'

/** What became of a task of an earlier plan. */
export interface Outcome {
  state: TaskState
  /** The state in the words of its kind of ledger. */
  word: string
  units: string
  due: string
  doneOn: string | null
  /** What was last accepted of its progress. */
  progress: string
}

/** What became of each task of a plan, by the task's id. */
export async function outcomesOf(
  ctx: Pick<Context, 'db' | 'clock'>,
  plan: Plan,
  tasks: readonly Task[],
): Promise<Map<string, Outcome>> {
  const kind = ledgerKind(plan.kind)
  const { rows } = await gatherTable(ctx, plan)
  const rowOf = new Map(rows.map(row => [row.key, row]))
  return new Map(
    tasks.map(task => {
      const row = rowOf.get(task.publicId)
      const state = taskState(task, plan)
      return [
        task.id,
        {
          state,
          word: stateWord(kind, state),
          units: row ? unitWords(row) : '',
          due: row?.due.join('、') ?? '',
          doneOn: row?.doneOn ?? null,
          progress: row?.progress ?? '',
        },
      ]
    }),
  )
}
