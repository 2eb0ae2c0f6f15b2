import { z } from 'zod'
import { dutiesTag, openDuties } from '#modules/duties'
import { listSites } from '#modules/organisations'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { Job } from '#platform/module'
import { listDues, listTaskUnits } from '../owing-queries.ts'
import { listPlans, listTasks } from '../queries.ts'
import { taskState } from '../task.ts'
import { dutiesOfDues } from '../task-duties.ts'

/** Every night: what tasks ask for each month, quarter or year begins for everybody who owes it; what is open stays. */
export const openPeriods: Job = {
  name: 'ledger.open-periods',
  payload: z.unknown(),
  schedule: '25 0 * * *',
  alsoAtStart: true,
  async run(ctx) {
    const opened = await openPeriodDuties(ctx)
    if (opened > 0) ctx.log.info({ opened }, 'ledger duties opened')
  },
}

export async function openPeriodDuties(ctx: Context): Promise<number> {
  let all = 0
  for (const site of await listSites(ctx.db)) {
    const { rows } = await listPlans(
      ctx.db,
      { siteIds: [site.id], state: 'in-force' },
      { page: 1, pageSize: 500 },
    )
    for (const plan of rows)
      all += await inTransaction(ctx.db, async db => {
        const running = (await listTasks(db, plan.id)).filter(task =>
          ['running', 'reported', 'returned'].includes(taskState(task, plan)),
        )
        const ids = running.map(task => task.id)
        const dues = (await listDues(db, ids)).filter(due => due.every !== null)
        if (dues.length === 0) return 0
        const units = await listTaskUnits(db, [...new Set(dues.map(due => due.taskId))])
        const opened = await openDuties(
          db,
          ctx,
          running.flatMap(task =>
            dutiesOfDues(
              plan,
              task,
              dues.filter(due => due.taskId === task.id),
              units.filter(unit => unit.taskId === task.id),
              ctx,
            ),
          ),
        )
        if (opened.length > 0) await announceChange(db, [dutiesTag(site.id)])
        return opened.length
      })
  }
  return all
}
