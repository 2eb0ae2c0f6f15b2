import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import { type ApplicantKind, type Channel, openStates, type State } from './request.ts'

/** A request as lists show it: nothing of the person, nor of what was asked. */
export interface RequestLine {
  id: string
  number: string
  state: State
  channel: Channel
  applicantKind: ApplicantKind
  organId: string
  organName: string
  officerId: string | null
  arrivedOn: PlainDate
  receivedOn: PlainDate | null
  dueOn: PlainDate | null
  provisional: boolean
  endedOn: PlainDate | null
}

export const shows = {
  open: '办理中',
  late: '已逾期',
  mine: '我承办的',
  ended: '已办结',
  all: '全部',
} as const
export type Show = keyof typeof shows

export interface RequestFilter {
  show: Show
  state?: State | undefined
  organId?: string | undefined
  /** Beginning of a number. */
  number?: string | undefined
}

/** Requests of these organs, by the clock: what is due first comes first, what stands or is not received yet after it. */
export async function listRequests(
  db: Database,
  who: { organIds: readonly string[]; staffId: string },
  filter: RequestFilter,
  today: PlainDate,
  page: number,
  pageSize = 50,
): Promise<PageOf<RequestLine>> {
  const where = conditions(who, filter, today)
  const order =
    filter.show === 'ended' || filter.show === 'all'
      ? sql`r.arrived_on desc, r.id desc`
      : sql`r.due_on nulls first, r.id`
  const { rows } = await sql<RequestLine>`
    select r.id, r.number, r.state, r.channel, r.applicant_kind, r.organ_id, o.short_name as organ_name, r.officer_id, r.arrived_on, r.received_on, r.due_on, r.provisional, r.ended_on
    from requests r join organ_names o on o.id = r.organ_id
    where ${where} order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from requests r where ${where}`.execute(db)
  return { rows, page, pageSize, total: counted[0]?.total ?? 0 }
}

function conditions(
  { organIds, staffId }: { organIds: readonly string[]; staffId: string },
  filter: RequestFilter,
  today: PlainDate,
): RawBuilder<SqlBool> {
  const open = sql<SqlBool>`r.state in (${sql.join(openStates.map(state => sql.lit(state)))})`
  const all: RawBuilder<SqlBool>[] = [sql`r.organ_id = any(${[...organIds]}::uuid[])`]
  if (filter.show === 'ended') all.push(sql`not (${open})`)
  else if (filter.show !== 'all') all.push(open)
  if (filter.show === 'late') all.push(sql`r.due_on < ${today}`)
  if (filter.show === 'mine') all.push(sql`r.officer_id = ${staffId}`)
  if (filter.state) all.push(sql`r.state = ${filter.state}`)
  if (filter.organId) all.push(sql`r.organ_id = ${filter.organId}`)
  if (filter.number) all.push(sql`starts_with(r.number, ${filter.number})`)
  return sql.join(all, sql` and `)
}

/** What waits in the queues of these organs, and whether some of it is late. */
export async function countWaiting(
  db: Database,
  organIds: readonly string[],
  today: PlainDate,
): Promise<{ count: number; late: boolean }> {
  if (organIds.length === 0) return { count: 0, late: false }
  const { rows } = await sql<{ count: number; late: boolean }>`
    select count(*)::int as count, coalesce(bool_or(r.due_on < ${today}), false) as late from requests r
    where ${conditions({ organIds, staffId: '' }, { show: 'open' }, today)}`.execute(db)
  return rows[0] ?? { count: 0, late: false }
}

export interface TaskLine {
  id: string
  requestId: string
  number: string
  organName: string
  givenOn: PlainDate
  dueOn: PlainDate
}

/** Parts of the work that units still owe. */
export async function listOpenTasks(db: Database, organIds: readonly string[]): Promise<TaskLine[]> {
  if (organIds.length === 0) return []
  const { rows } = await sql<TaskLine>`
    select t.id, t.request_id, r.number, o.short_name as organ_name, t.given_on, t.due_on
    from request_tasks t join requests r on r.id = t.request_id join organ_names o on o.id = t.organ_id
    where t.ended_at is null and t.organ_id = any(${[...organIds]}::uuid[]) order by t.due_on, t.id limit 100`.execute(
    db,
  )
  return rows
}
