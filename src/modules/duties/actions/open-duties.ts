import { dateInBeijing } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { calendarsFor } from '../calendar.ts'
import { countDuties } from '../count-queries.ts'
import { type Domain, type DutyEvents, type DutyLimit, reckon } from '../duty.ts'
import { insertActs } from '../duty-queries.ts'

export interface NewDuty {
  siteId: string
  organId: string
  officerId?: string | null
  /** Id of the rule (`R-INT-02`) and its article in words. */
  rule: string
  article: string
  title: string
  domain: Domain
  /** The label is read by everybody on the board: no names of persons. */
  subject: { kind: string; id: string; label: string }
  /** `2026`, `2026-Q4`: the same duty comes once for each. */
  period?: string
  limit: DutyLimit
  startedAt: Date
  events?: DutyEvents
}

/**
 * Opens duties within the caller's transaction; one that is known already (same rule, subject, period) stays as it is.
 * The caller announces `dutiesTag`.
 * @returns ids of those that were opened.
 */
export async function openDuties(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  duties: readonly NewDuty[],
): Promise<string[]> {
  if (duties.length === 0) return []
  const calendarOf = await calendarsFor(db)
  const now = ctx.clock.now()
  const rows = await Promise.all(
    duties.map(async ({ subject, limit, events = {}, ...duty }) => {
      const clock = { rule: duty.rule, limit, startedAt: duty.startedAt, events }
      const { dueOn, dueAt, provisional } = reckon(clock, await calendarOf(duty.organId))
      return {
        ...duty,
        id: uuidv7(),
        officerId: duty.officerId ?? null,
        period: duty.period ?? '',
        subjectKind: subject.kind,
        subjectId: subject.id,
        subjectLabel: subject.label,
        ...('fixedOn' in limit ? { fixedOn: limit.fixedOn } : { amount: limit.amount, unit: limit.unit }),
        events: JSON.stringify(events),
        dueOn,
        dueAt,
        provisional,
        openedAt: now,
        openedBy: actorName(ctx.actor),
      }
    }),
  )
  const opened = await db
    .insertInto('duties')
    .values(rows)
    .onConflict(conflict =>
      conflict.columns(['siteId', 'rule', 'subjectKind', 'subjectId', 'period']).doNothing(),
    )
    .returning(['id', 'siteId', 'organId', 'domain', 'dueOn'])
    .execute()
  if (opened.length === 0) return []
  await countDuties(
    db,
    dateInBeijing(now).slice(0, 7),
    opened.map(duty => ({ ...duty, how: 'opened' as const })),
  )
  await insertActs(
    db,
    opened.map(({ id, dueOn }) => ({
      id: uuidv7(),
      dutyId: id,
      act: 'opened' as const,
      reason: null,
      dueBefore: null,
      dueAfter: dueOn,
      actedBy: actorName(ctx.actor),
      actedById: actorId(ctx.actor),
      actedAt: now,
    })),
  )
  return opened.map(row => row.id)
}
