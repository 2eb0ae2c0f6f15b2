import { sql } from 'kysely'
import { dateInBeijing } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { countDuties } from '../count-queries.ts'
import { type Fact, insertActs, openAmong, type WhichDuties } from '../duty-queries.ts'

/**
 * A fact meets duties, within the caller's transaction; what is met already or waived stays as it is.
 * The caller announces `dutiesTag`.
 * @returns ids of those that were met by it.
 */
export async function meetDuties(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  which: WhichDuties,
  fact: Fact,
): Promise<string[]> {
  const now = ctx.clock.now()
  const { rows } = await sql<{
    id: string
    siteId: string
    organId: string
    domain: string
    dueOn: string | null
    inTime: boolean
  }>`
    update duties set met_at = ${now}, met_by = ${actorName(ctx.actor)}, met_fact = ${JSON.stringify(fact)}::jsonb
    where ${openAmong(which)}
    returning id, site_id, organ_id, domain, due_on, coalesce(due_at > ${now}, true) as in_time`.execute(db)
  if (rows.length === 0) return []
  await countDuties(
    db,
    dateInBeijing(now).slice(0, 7),
    rows.map(({ inTime, ...duty }) => ({
      ...duty,
      how: inTime ? ('metInTime' as const) : ('metLate' as const),
    })),
  )
  await insertActs(
    db,
    rows.map(({ id, dueOn }) => ({
      id: uuidv7(),
      dutyId: id,
      act: 'met' as const,
      reason: fact.label,
      dueBefore: dueOn,
      dueAfter: dueOn,
      actedBy: actorName(ctx.actor),
      actedById: actorId(ctx.actor),
      actedAt: now,
    })),
  )
  return rows.map(row => row.id)
}
