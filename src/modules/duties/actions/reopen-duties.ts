import { dateInBeijing } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { countDuties } from '../count-queries.ts'
import { insertActs, unmeetDuties, type WhichDuties } from '../duty-queries.ts'

/**
 * What met duties did not hold: they are open again with the day they had, within the caller's transaction. Only what was met;
 * what was waived stays so. The board no longer counts them as done in the month of their end. The caller announces `dutiesTag`.
 * @returns ids of those that are open again.
 */
export async function reopenDuties(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  which: WhichDuties,
  reason: string,
): Promise<string[]> {
  const rows = await unmeetDuties(db, which)
  const months = Map.groupBy(rows, row => dateInBeijing(row.metAt).slice(0, 7))
  for (const [month, ended] of [...months].sort(([a], [b]) => (a < b ? -1 : 1)))
    await countDuties(
      db,
      month,
      ended.map(({ inTime, ...duty }) => ({
        ...duty,
        how: inTime ? ('metInTime' as const) : ('metLate' as const),
        back: true as const,
      })),
    )
  await insertActs(
    db,
    rows.map(({ id, dueOn }) => ({
      id: uuidv7(),
      dutyId: id,
      act: 'reopened' as const,
      reason,
      dueBefore: dueOn,
      dueAfter: dueOn,
      actedBy: actorName(ctx.actor),
      actedById: actorId(ctx.actor),
      actedAt: ctx.clock.now(),
    })),
  )
  return rows.map(row => row.id)
}
