import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'

export interface Counted {
  siteId: string
  organId: string
  domain: string
  dueOn: PlainDate | null
  how: 'opened' | 'metInTime' | 'metLate' | 'waived'
  /** It no longer counts so: an ending was taken back. */
  back?: true
}

/** Counts beginnings and endings of a month for the board, one row written for each organ and field. */
export async function countDuties(db: Database, month: string, counted: readonly Counted[]): Promise<void> {
  for (const group of inOrder(counted, one => [one.siteId, one.organId, one.domain])) {
    const many = (how: Counted['how']) =>
      group.reduce((sum, one) => (one.how === how ? sum + (one.back ? -1 : 1) : sum), 0)
    const [one] = group
    await sql`insert into duty_counts as c (site_id, organ_id, domain, month, opened, met_in_time, met_late, waived)
      values (${one?.siteId}, ${one?.organId}, ${one?.domain}, ${month}, ${many('opened')}, ${many('metInTime')},
        ${many('metLate')}, ${many('waived')})
      on conflict (site_id, organ_id, domain, month) do update set opened = c.opened + excluded.opened,
        met_in_time = c.met_in_time + excluded.met_in_time, met_late = c.met_late + excluded.met_late,
        waived = c.waived + excluded.waived`.execute(db)
  }
  await countDays(
    db,
    counted.map(one => ({
      ...one,
      open: (one.how === 'opened') === !one.back ? (1 as const) : (-1 as const),
    })),
  )
}

/** Adds to how many are open by due day; a duty that moves leaves one day and comes to another. */
export async function countDays(
  db: Database,
  changes: readonly (Omit<Counted, 'how'> & { open: 1 | -1 })[],
): Promise<void> {
  const days = inOrder(changes, one => [one.siteId, one.dueOn ?? 'infinity', one.organId, one.domain]).map(
    group => ({ ...group[0], open: group.reduce((sum, one) => sum + one.open, 0) }),
  )
  await sql`insert into duty_days as d (site_id, organ_id, domain, due_on, open)
    select * from unnest(${days.map(day => day.siteId)}::uuid[], ${days.map(day => day.organId)}::uuid[],
      ${days.map(day => day.domain)}::text[], ${days.map(day => day.dueOn ?? 'infinity')}::date[],
      ${days.map(day => day.open)}::integer[])
    on conflict (site_id, due_on, organ_id, domain) do update set open = d.open + excluded.open`.execute(db)
}

export async function deleteEmptyDays(db: Database): Promise<void> {
  await db.deleteFrom('dutyDays').where('open', '=', 0).execute()
}

/** Groups in one order for everybody, so that two who count at once do not wait for each other. */
const inOrder = <T>(all: readonly T[], key: (one: T) => readonly (string | null)[]): T[][] =>
  [...Map.groupBy(all, one => key(one).join(' '))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group)
