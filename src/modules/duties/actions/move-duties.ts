import { invalid } from '#lib/errors'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { calendarsFor } from '../calendar.ts'
import { type DutyEvents, type DutyLimit, type Reckoning, reckon } from '../duty.ts'
import { lockOpenDuties, saveClocks, saveReckonings, type WhichDuties } from '../duty-queries.ts'
import { type MovedDuty, recordMoves } from '../recalculation.ts'

/** What becomes of the clock: another limit, or everything that has happened to it so far. */
export interface Move {
  limit?: DutyLimit
  events?: DutyEvents
}

/**
 * A clock event moves open duties, within the caller's transaction: a restart, a pause and its end, an extension, another
 * limit. What has ended stays as it is. The caller announces `dutiesTag`.
 * @throws invalid when an extension is longer than its cap.
 * @returns ids of those whose clock was changed.
 */
export async function moveDuties(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  which: WhichDuties,
  move: Move,
  reason: string,
): Promise<string[]> {
  const duties = await lockOpenDuties(db, which)
  if (duties.length === 0) return []
  const calendarOf = await calendarsFor(db)
  const moved: MovedDuty[] = []
  for (const duty of duties)
    moved.push({ duty, after: reckoned({ ...duty, ...move }, await calendarOf(duty.organId)) })
  const ids = duties.map(duty => duty.id)
  await saveClocks(db, ids, move)
  await saveReckonings(
    db,
    moved.map(({ duty, after }) => ({ id: duty.id, ...after })),
  )
  await recordMoves(db, ctx, moved, 'moved', reason)
  return ids
}

function reckoned(...asked: Parameters<typeof reckon>): Reckoning {
  try {
    return reckon(...asked)
  } catch (error) {
    if (error instanceof RangeError) throw invalid('duties.cannot-move', error.message)
    throw error
  }
}
