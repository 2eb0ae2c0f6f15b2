import { moveDuties, waiveDuty } from '#modules/duties'
import { getOrgan } from '#modules/organisations'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { listTaskUnits } from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { listTasks } from '../queries.ts'
import { dutiesOfPlan, dutyOfPart, isOpenDuty, type OwedPart, owedForPlan } from '../task-duties.ts'
import { openInBatches } from './open-in-batches.ts'

/** Who owes what for a plan as a whole today. */
export async function owedNow(db: Database, plan: Plan): Promise<OwedPart[]> {
  const tasks = (await listTasks(db, plan.id)).filter(task => task.droppedAt === null)
  const [units, keeping] = await Promise.all([
    listTaskUnits(
      db,
      tasks.map(task => task.id),
    ),
    getOrgan(db, plan.organId),
  ])
  return owedForPlan(plan, units, keeping)
}

/**
 * Duties for the plan as a whole follow its days and its units, within the caller's transaction: an open one moves with the day,
 * and ends where nothing is owed any more; what is owed and has never been met opens.
 */
export async function settlePlanDuties(
  db: Database,
  ctx: Context,
  plan: Plan,
  reason: string,
): Promise<void> {
  const [owed, duties] = await Promise.all([owedNow(db, plan), dutiesOfPlan(db, plan)])
  const same = (one: { part: string; organId: string }, other: { part: string; organId: string }) =>
    one.part === other.part && one.organId === other.organId
  for (const duty of duties.filter(isOpenDuty)) {
    const fixedOn = owed.find(one => same(one, duty))?.fixedOn ?? null
    if (fixedOn === null) await waiveDuty({ ...ctx, db }, { id: duty.id, reason: reason.slice(0, 300) })
    else if (duty.dueOn !== fixedOn)
      await moveDuties(db, ctx, { ids: [duty.id] }, { limit: { fixedOn } }, reason)
  }
  const missing = owed.flatMap(one => {
    const { fixedOn } = one
    // What was due before it stood in the ledger is asked of nobody
    if (fixedOn === null || fixedOn < ctx.clock.today()) return []
    const before = duties.filter(duty => same(one, duty))
    if (before.some(duty => duty.waivedAt === null)) return []
    return [dutyOfPart(plan, { ...one, fixedOn }, before.length + 1, ctx)]
  })
  await openInBatches(db, ctx, missing)
}
