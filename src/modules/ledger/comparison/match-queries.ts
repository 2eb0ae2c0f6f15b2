import type { Database } from '#platform/db/database'
import type { TaskMatch, Verdict } from './compare-tasks.ts'

/** What was decided of these tasks, towards either side. */
export async function listMatches(
  db: Database,
  where: { taskIds: readonly string[] } | { previousIds: readonly string[] },
): Promise<TaskMatch[]> {
  const [column, ids] =
    'taskIds' in where ? (['taskId', where.taskIds] as const) : (['previousId', where.previousIds] as const)
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('ledgerMatches')
    .selectAll()
    .where(column, 'in', [...ids])
    .orderBy('decidedAt')
    .execute()
  return rows.map(row => ({ ...row, verdict: row.verdict as Verdict }))
}

export async function saveMatch(db: Database, match: TaskMatch): Promise<void> {
  const { taskId, previousId, ...decision } = match
  await db
    .insertInto('ledgerMatches')
    .values(match)
    .onConflict(conflict => conflict.columns(['taskId', 'previousId']).doUpdateSet(decision))
    .execute()
}

export async function deleteMatch(
  db: Database,
  { taskId, previousId }: Pick<TaskMatch, 'taskId' | 'previousId'>,
): Promise<void> {
  await db
    .deleteFrom('ledgerMatches')
    .where('taskId', '=', taskId)
    .where('previousId', '=', previousId)
    .execute()
}
