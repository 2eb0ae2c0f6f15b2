import { sql } from 'kysely'
import { dateInBeijing, fromBeijing } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { Domain } from './duty.ts'
import { type DutyRow, pageOfDuties, selectDuties, weekEnd } from './duty-queries.ts'

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

/**
 * Open duties by organ, out of the counts by due day. The few whose hour passes today are looked up, and so are those that
 * begin later: they are nobody else's business yet.
 */
function standingByOrgan(now: Date, { siteId, domain }: Pick<BoardFilter, 'siteId' | 'domain'>) {
  const today = dateInBeijing(now)
  const lastDay = dateInBeijing(new Date(weekEnd(now).getTime() - 1))
  const ofDomain = domain ? sql`domain = ${domain}` : sql`true`
  return sql`
    select organ_id, sum(open) filter (where due_on < ${today} or passed)::int as late,
      sum(open) filter (where due_on between ${today} and ${lastDay} and not passed)::int as week, sum(open)::int as open
    from (
      select organ_id, due_on, open, false as passed from duty_days where site_id = ${siteId} and ${ofDomain}
      union all
      select organ_id, due_on, moved.open, moved.passed
      from duties cross join (values (-1, false), (1, true)) as moved (open, passed)
      where site_id = ${siteId} and ${ofDomain} and met_at is null and waived_at is null
        and due_at > ${fromBeijing(today)} and due_at <= ${now} and started_at <= ${now}
      union all
      select organ_id, coalesce(due_on, 'infinity'), -1, false from duties
      where site_id = ${siteId} and ${ofDomain} and met_at is null and waived_at is null and started_at > ${now}) as days
    group by organ_id`
}

/** From the counts by month and by due day. */
export async function boardLines(db: Database, now: Date, filter: BoardFilter): Promise<BoardLine[]> {
  const { siteId, domain, period = '' } = filter
  const { rows } = await sql<BoardLine>`
    with ended as (
      select organ_id,
        coalesce(sum(met_in_time) filter (where starts_with(month, ${period})), 0)::int as met_in_time,
        coalesce(sum(met_late) filter (where starts_with(month, ${period})), 0)::int as met_late,
        coalesce(sum(waived) filter (where starts_with(month, ${period})), 0)::int as waived
      from duty_counts where site_id = ${siteId} and ${domain ? sql`domain = ${domain}` : sql`true`} group by organ_id),
    standing as (${standingByOrgan(now, filter)})
    select e.organ_id, o.key as organ_key, o.short_name as organ_name, e.met_in_time, e.met_late, e.waived,
      coalesce(s.late, 0) as late, coalesce(s.week, 0) as week, coalesce(s.open, 0) as open
    from ended e join organ_names o on o.id = e.organ_id left join standing s on s.organ_id = e.organ_id
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
export async function listBoardDuties(
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
  const begun = { ...filter, startedBy: now }
  if (filter.show === 'ended') return selectDuties(db, now, begun, paging)
  const [rows, standing] = await Promise.all([
    pageOfDuties(db, now, begun, paging),
    sql<{ organId: string; late: number | null; week: number | null; open: number }>`
      ${standingByOrgan(now, filter)}`.execute(db),
  ])
  const total = standing.rows
    .filter(line => filter.organId === undefined || line.organId === filter.organId)
    .reduce((sum, line) => sum + listedOf(line, filter.show), 0)
  return { rows, total, ...paging }
}

const listedOf = (line: { late: number | null; week: number | null; open: number }, show: BoardShow) =>
  show === 'open' ? line.open : (line.late ?? 0) + (show === 'week' ? (line.week ?? 0) : 0)

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
