import type { PlainDate } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { Calendars } from './calendar.ts'
import { countDays } from './count-queries.ts'
import { type Reckoning, reckon } from './duty.ts'
import { type DutyRow, insertActs, listMovable, saveReckonings } from './duty-queries.ts'

/** The days between which a calendar changes, and whose. */
export interface Span {
  first: PlainDate
  last: PlainDate
  /** Null: everybody's. */
  organIds: readonly string[] | null
}

export interface MovedDuty {
  duty: DutyRow
  after: Reckoning
}

const pageSize = 1000

/** Open duties whose day, or whose certainty, is another one by these calendars, in pages. Writes nothing. */
async function* movedBy(db: Database, calendars: Calendars, span: Span): AsyncGenerator<MovedDuty[]> {
  let last: string | null = null
  for (;;) {
    const rows: DutyRow[] = await listMovable(db, span, last, pageSize)
    const moved: MovedDuty[] = []
    for (const duty of rows) {
      const after = reckon(duty, await calendars(duty.organId))
      if (after.dueOn !== duty.dueOn || after.provisional !== duty.provisional) moved.push({ duty, after })
    }
    if (moved.length > 0) yield moved
    if (rows.length < pageSize) return
    last = rows.at(-1)?.id ?? null
  }
}

/** How many duties a change would move to another day, and the first of them. */
export async function previewMoved(
  db: Database,
  calendars: Calendars,
  span: Span,
  shown: number,
): Promise<{ total: number; first: MovedDuty[] }> {
  const first: MovedDuty[] = []
  let total = 0
  for await (const page of movedBy(db, calendars, span)) {
    const moved = page.filter(({ duty, after }) => duty.dueOn !== after.dueOn)
    total += moved.length
    first.push(...moved.slice(0, shown - first.length))
  }
  return { total, first }
}

/** Reckons anew what the change moves, and writes on each duty from which day to which. @returns how many got another day. */
export async function recalculate(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  calendars: Calendars,
  span: Span,
  reason: string,
): Promise<number> {
  let total = 0
  for await (const page of movedBy(db, calendars, span)) {
    await saveReckonings(
      db,
      page.map(({ duty, after }) => ({ id: duty.id, ...after })),
    )
    const moved = page.filter(({ duty, after }) => duty.dueOn !== after.dueOn)
    total += moved.length
    await recordMoves(db, ctx, moved, 'recalculated', reason)
  }
  return total
}

/** Writes on each duty from which day to which it went, and counts it there. */
export async function recordMoves(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  moved: readonly MovedDuty[],
  act: 'moved' | 'recalculated',
  reason: string,
): Promise<void> {
  await countDays(
    db,
    moved.flatMap(({ duty, after }) => [
      { ...duty, open: -1 as const },
      { ...duty, dueOn: after.dueOn, open: 1 as const },
    ]),
  )
  await insertActs(
    db,
    moved.map(({ duty, after }) => ({
      id: uuidv7(),
      dutyId: duty.id,
      act,
      reason,
      dueBefore: duty.dueOn,
      dueAfter: after.dueOn,
      actedBy: actorName(ctx.actor),
      actedById: actorId(ctx.actor),
      actedAt: ctx.clock.now(),
    })),
  )
}
