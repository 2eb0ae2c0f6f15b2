import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { dateInBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { Domain, DutyEvents, DutyLimit, Reckoning } from './duty.ts'

export interface DutyRow {
  id: string
  siteId: string
  organId: string
  organName: string
  officerId: string | null
  rule: string
  article: string
  title: string
  domain: Domain
  subjectKind: string
  subjectId: string
  subjectLabel: string
  period: string
  limit: DutyLimit
  events: DutyEvents
  startedAt: Date
  dueOn: PlainDate | null
  dueAt: Date | null
  provisional: boolean
  openedAt: Date
  openedBy: string
  metAt: Date | null
  metBy: string | null
  metFact: Fact | null
  waivedAt: Date | null
  waivedBy: string | null
  waivedReason: string | null
}

/** What met a duty: a publication, an act. */
export interface Fact {
  kind: string
  id: string
  label: string
}

type Stored = Omit<DutyRow, 'limit'> & {
  amount: number | null
  unit: string | null
  fixedOn: PlainDate | null
}

const columns = sql`d.id, d.site_id, d.organ_id, o.short_name as organ_name, d.officer_id, d.rule, d.article, d.title, d.domain,
  d.subject_kind, d.subject_id, d.subject_label, d.period, d.amount, d.unit, d.fixed_on, d.events, d.started_at, d.due_on, d.due_at,
  d.provisional, d.opened_at, d.opened_by, d.met_at, d.met_by, d.met_fact, d.waived_at, d.waived_by, d.waived_reason`
const from = sql`from duties d join organ_names o on o.id = d.organ_id`
const isOpen = sql<SqlBool>`d.met_at is null and d.waived_at is null`

function dutyOf({ amount, unit, fixedOn, ...row }: Stored): DutyRow {
  const limit = fixedOn !== null ? { fixedOn } : { amount: amount ?? 0, unit }
  return { ...row, limit: limit as DutyLimit }
}

export interface DutyFilter {
  /** One of these two at least, so that an index leads. */
  organIds?: readonly string[]
  siteId?: string
  organId?: string | undefined
  show: 'late' | 'week' | 'open' | 'ended'
  domain?: Domain | undefined
  /** Begun by then: what opens later is nobody else's business yet. */
  startedBy?: Date
}

/** The end of the seventh day, today the first: due until then is due “within seven days”. */
export const weekEnd = (now: Date) => new Date(nextMidnight(now).getTime() + 6 * 86_400_000)

function conditions(filter: DutyFilter, now: Date): RawBuilder<SqlBool> {
  const all: RawBuilder<SqlBool>[] = []
  if (filter.organIds) all.push(sql`d.organ_id = any(${[...filter.organIds]}::uuid[])`)
  if (filter.siteId) all.push(sql`d.site_id = ${filter.siteId}`)
  if (filter.organId) all.push(sql`d.organ_id = ${filter.organId}`)
  if (filter.show === 'ended') all.push(sql`not (${isOpen})`)
  else all.push(isOpen)
  if (filter.show === 'late') all.push(sql`d.due_at <= ${now}`)
  if (filter.show === 'week') all.push(sql`d.due_at <= ${weekEnd(now)}`)
  if (filter.domain) all.push(sql`d.domain = ${filter.domain}`)
  if (filter.startedBy) all.push(sql`d.started_at <= ${filter.startedBy}`)
  return sql.join(all, sql` and `)
}

/** Duties by the clock: what is late first, what stands last; ended ones by their opening, the newest first. */
export async function selectDuties(
  db: Database,
  now: Date,
  filter: DutyFilter,
  paging: { page: number; pageSize: number },
): Promise<PageOf<DutyRow>> {
  const [rows, counted] = await Promise.all([
    pageOfDuties(db, now, filter, paging),
    sql<{
      total: number
    }>`select count(*)::int as total from duties d where ${conditions(filter, now)}`.execute(db),
  ])
  return { rows, total: counted.rows[0]?.total ?? 0, ...paging }
}

export async function pageOfDuties(
  db: Database,
  now: Date,
  filter: DutyFilter,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<DutyRow[]> {
  const order = filter.show === 'ended' ? sql`d.opened_at desc, d.id` : sql`d.due_at nulls last, d.id`
  const { rows } =
    await sql<Stored>`select ${columns} ${from} where ${conditions(filter, now)} order by ${order}
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  return rows.map(dutyOf)
}

export async function countOpen(
  db: Database,
  now: Date,
  organIds: readonly string[],
): Promise<{ late: number; week: number; open: number }> {
  const { rows } = await sql<{ late: number; week: number; open: number }>`
    select count(*) filter (where d.due_at <= ${now})::int as late,
      count(*) filter (where d.due_at <= ${weekEnd(now)})::int as week, count(*)::int as open
    from duties d where d.organ_id = any(${[...organIds]}::uuid[]) and ${isOpen}`.execute(db)
  return rows[0] ?? { late: 0, week: 0, open: 0 }
}

export async function findDuty(
  db: Database,
  id: string,
  options: { lock?: boolean } = {},
): Promise<DutyRow | undefined> {
  const { rows } = await sql<Stored>`
    select ${columns} ${from} where d.id::text = ${id} ${options.lock ? sql`for update of d` : sql``}`.execute(
    db,
  )
  return rows[0] && dutyOf(rows[0])
}

/** Which duties: by their ids, or all of some rules about a subject. */
export type WhichDuties =
  | { ids: readonly string[] }
  | {
      /** Left out: wherever the subject owes it; organs owe at the site of their government. */
      siteId?: string | undefined
      rules: readonly string[]
      subject: { kind: string; id: string }
      /** Of duties that come round: only those of this year or quarter. */
      period?: string | undefined
    }

/** Those meant, in whatever state; for statements over `duties` without another name. */
const meantBy = (which: WhichDuties): RawBuilder<SqlBool> =>
  'ids' in which
    ? sql`duties.id = any(${[...which.ids]}::uuid[])`
    : sql`(${which.siteId ?? null}::uuid is null or site_id = ${which.siteId ?? null}) and rule = any(${[...which.rules]}::text[]) and subject_kind = ${which.subject.kind}
        and subject_id = ${which.subject.id} and (${which.period ?? null}::text is null or period = ${which.period ?? null})`

/** The open ones among those meant. */
export const openAmong = (which: WhichDuties): RawBuilder<SqlBool> =>
  sql`${meantBy(which)} and met_at is null and waived_at is null`

/** What was met among those meant is open again. @returns each as it had been met. */
export async function unmeetDuties(
  db: Database,
  which: WhichDuties,
): Promise<
  {
    id: string
    siteId: string
    organId: string
    domain: string
    dueOn: string | null
    metAt: Date
    inTime: boolean
  }[]
> {
  const { rows } = await sql<{
    id: string
    siteId: string
    organId: string
    domain: string
    dueOn: string | null
    metAt: Date
    inTime: boolean
  }>`with met as (
      select id, met_at, coalesce(due_at > met_at, true) as in_time from duties
      where ${meantBy(which)} and met_at is not null order by id for update)
    update duties set met_at = null, met_by = null, met_fact = null from met where duties.id = met.id
    returning duties.id, site_id, organ_id, domain, due_on, met.met_at, met.in_time`.execute(db)
  return rows
}

/** Open duties, locked until the transaction ends. */
export async function lockOpenDuties(db: Database, which: WhichDuties): Promise<DutyRow[]> {
  const { rows } = await sql<Stored>`select ${columns} ${from}
    where d.id in (select id from duties where ${openAmong(which)} order by id for update) order by d.id`.execute(
    db,
  )
  return rows.map(dutyOf)
}

/** Writes limit and clock events of duties anew; their arithmetic is written by `saveReckonings`. */
export async function saveClocks(
  db: Database,
  ids: readonly string[],
  { limit, events }: { limit?: DutyLimit | undefined; events?: DutyEvents | undefined },
): Promise<void> {
  const none = { amount: null, unit: null, fixedOn: null }
  await db
    .updateTable('duties')
    .set({
      ...(limit && { ...none, ...limit }),
      ...(events && { events: JSON.stringify(events) }),
    })
    .where('id', 'in', [...ids])
    .execute()
}

/** About many subjects of a kind, all of them: open ones by the clock first, for each subject. */
export async function listDutiesOfMany(
  db: Database,
  where: { siteId: string; kind: string; ids: readonly string[] },
): Promise<DutyRow[]> {
  if (where.ids.length === 0) return []
  const { rows } = await sql<Stored>`
    select ${columns} ${from}
    where d.subject_kind = ${where.kind} and d.subject_id = any(${[...where.ids]}::text[]) and d.site_id = ${where.siteId}
    order by d.subject_id, (${isOpen}) desc, case when ${isOpen} then d.due_at end nulls last, d.opened_at desc, d.id`.execute(
    db,
  )
  return rows.map(dutyOf)
}

/** About a subject: open ones by the clock, then the ended ones, the newest first. */
export async function listDutiesAbout(
  db: Database,
  where: { siteId: string; kind: string; id: string },
): Promise<DutyRow[]> {
  const { rows } = await sql<Stored>`
    select ${columns} ${from}
    where d.subject_kind = ${where.kind} and d.subject_id = ${where.id} and d.site_id = ${where.siteId}
    order by (${isOpen}) desc, case when ${isOpen} then d.due_at end nulls last, d.opened_at desc, d.id limit 200`.execute(
    db,
  )
  return rows.map(dutyOf)
}

export const dutyActs = {
  opened: '生成',
  moved: '期限变动',
  recalculated: '按新的放假安排重新计算',
  met: '完成',
  waived: '免除',
  reopened: '恢复',
  urged: '催办',
} as const

export interface DutyAct {
  act: keyof typeof dutyActs
  reason: string | null
  dueBefore: PlainDate | null
  dueAfter: PlainDate | null
  actedBy: string
  actedAt: Date
}

export const listActs = (db: Database, dutyId: string): Promise<DutyAct[]> =>
  db
    .selectFrom('dutyActs')
    .select(['act', 'reason', 'dueBefore', 'dueAfter', 'actedBy', 'actedAt'])
    .where('dutyId', '=', dutyId)
    .orderBy('actedAt')
    .orderBy('id')
    .limit(200)
    .execute() as Promise<DutyAct[]>

/** The day on which each was last urged. */
export async function lastUrged(db: Database, dutyIds: readonly string[]): Promise<Map<string, PlainDate>> {
  if (dutyIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('dutyActs')
    .select(['dutyId', sql<Date>`max(acted_at)`.as('at')])
    .where('dutyId', 'in', [...dutyIds])
    .where('act', '=', 'urged')
    .groupBy('dutyId')
    .execute()
  return new Map(rows.map(row => [row.dutyId, dateInBeijing(row.at)]))
}

export async function insertActs(
  db: Database,
  acts: readonly (DutyAct & { id: string; dutyId: string; actedById: string | null })[],
): Promise<void> {
  if (acts.length > 0)
    await db
      .insertInto('dutyActs')
      .values([...acts])
      .execute()
}

/** Open duties that changed days could move, in pages by id: those that run over one of them, or are provisional. */
export async function listMovable(
  db: Database,
  span: { first: PlainDate; last: PlainDate; organIds: readonly string[] | null },
  after: string | null,
  limit: number,
): Promise<DutyRow[]> {
  const { rows } = await sql<Stored>`
    select ${columns} ${from}
    where ${isOpen} and d.due_on is not null and d.unit is distinct from 'hours'
      and (d.provisional or (d.due_on >= ${span.first} and d.started_at < ${span.last}::date + 1))
      and (${span.organIds === null} or d.organ_id = any(${[...(span.organIds ?? [])]}::uuid[]))
      and (${after}::uuid is null or d.id > ${after}::uuid)
    order by d.id limit ${limit}`.execute(db)
  return rows.map(dutyOf)
}

/** Writes the arithmetic of many duties anew. */
export async function saveReckonings(
  db: Database,
  moved: readonly ({ id: string } & Pick<Reckoning, 'dueOn' | 'dueAt' | 'provisional'>)[],
): Promise<void> {
  if (moved.length === 0) return
  await sql`update duties set due_on = m.due_on, due_at = m.due_at, provisional = m.provisional
    from unnest(${moved.map(one => one.id)}::uuid[], ${moved.map(one => one.dueOn)}::date[],
      ${moved.map(one => one.dueAt)}::timestamptz[], ${moved.map(one => one.provisional)}::boolean[])
      as m (id, due_on, due_at, provisional)
    where duties.id = m.id`.execute(db)
}
