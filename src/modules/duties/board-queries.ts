import { sql } from 'kysely'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { Domain } from './duty.ts'
import { type DutyRow, selectDuties } from './duty-queries.ts'

/** A line of the board: how an organ keeps its word. */
export interface BoardLine {
  organId: string
  organKey: string
  organName: string
  metInTime: number
  metLate: number
  waived: number
  late: number
  /** Due within seven days. */
  week: number
  /** Not ended yet, late ones included. */
  open: number
}

export interface BoardFilter {
  siteId: string
  domain?: Domain | undefined
  /** Endings of this year (`2026`) or month (`2026-11`) only; open ones are counted whatever their age. */
  period?: string | undefined
}

const week = 7 * 86_400_000

/** From the counts, and from the few open duties that are late or due soon. */
export async function boardLines(db: Database, now: Date, filter: BoardFilter): Promise<BoardLine[]> {
  const { siteId, domain, period = '' } = filter
  const ofDomain = domain ? sql`domain = ${domain}` : sql`true`
  const { rows } = await sql<BoardLine>`
    with ended as (
      select organ_id, sum(opened - met_in_time - met_late - waived)::int as open,
        coalesce(sum(met_in_time) filter (where starts_with(month, ${period})), 0)::int as met_in_time,
        coalesce(sum(met_late) filter (where starts_with(month, ${period})), 0)::int as met_late,
        coalesce(sum(waived) filter (where starts_with(month, ${period})), 0)::int as waived
      from duty_counts where site_id = ${siteId} and ${ofDomain} group by organ_id),
    pressing as (
      select organ_id, count(*) filter (where due_at <= ${now})::int as late,
        count(*) filter (where due_at > ${now})::int as week
      from duties where site_id = ${siteId} and met_at is null and waived_at is null and ${ofDomain}
        and due_at <= ${new Date(now.getTime() + week)} group by organ_id)
    select e.organ_id, o.key as organ_key, o.short_name as organ_name, e.met_in_time, e.met_late, e.waived,
      coalesce(p.late, 0) as late, coalesce(p.week, 0) as week, e.open
    from ended e join organ_names o on o.id = e.organ_id left join pressing p on p.organ_id = e.organ_id
    order by late desc, e.met_in_time + e.met_late desc, o.short_name`.execute(db)
  return rows
}

/** How duties ended, by month, the newest last. */
export async function boardTrend(
  db: Database,
  filter: { siteId: string; organId?: string | undefined; domain?: Domain | undefined },
  months: number,
): Promise<{ month: string; metInTime: number; metLate: number; waived: number }[]> {
  const { rows } = await sql<{ month: string; metInTime: number; metLate: number; waived: number }>`
    select month, sum(met_in_time)::int as met_in_time, sum(met_late)::int as met_late, sum(waived)::int as waived
    from duty_counts where site_id = ${filter.siteId}
      and ${filter.organId ? sql`organ_id = ${filter.organId}` : sql`true`}
      and ${filter.domain ? sql`domain = ${filter.domain}` : sql`true`}
    group by month order by month desc limit ${months}`.execute(db)
  return rows.toReversed()
}

export type BoardShow = 'late' | 'week' | 'open' | 'ended'

/** Duties of a site as everybody may see them: begun by now, the late ones first. */
export function listBoardDuties(
  db: Database,
  now: Date,
  filter: {
    siteId: string
    organId?: string | undefined
    domain?: Domain | undefined
    show: BoardShow
  },
  paging: { page: number; pageSize: number },
): Promise<PageOf<DutyRow>> {
  return selectDuties(db, now, { ...filter, startedBy: now }, paging)
}

/** Whether a site has any duty to show. */
export async function boardOpens(db: Database, siteId: string): Promise<boolean> {
  const found = await db
    .selectFrom('dutyCounts')
    .select('organId')
    .where('siteId', '=', siteId)
    .limit(1)
    .execute()
  return found.length > 0
}

/** Share of what was due that was done in time; whole per cent, rounded down: 100 % means all. */
export function rateOf({
  metInTime,
  metLate,
  late,
}: Pick<BoardLine, 'metInTime' | 'metLate' | 'late'>): string {
  const ended = metInTime + metLate + late
  return ended === 0 ? '—' : `${Math.floor((metInTime / ended) * 100)}%`
}
