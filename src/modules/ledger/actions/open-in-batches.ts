import { type NewDuty, openDuties } from '#modules/duties'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'

/** 各部门 × hundreds of tasks are thousands of duties: more than one statement can name. */
const batch = 500

export async function openInBatches(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  duties: readonly NewDuty[],
): Promise<void> {
  for (let at = 0; at < duties.length; at += batch) await openDuties(db, ctx, duties.slice(at, at + batch))
}
