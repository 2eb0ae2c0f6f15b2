import { type Selectable, sql } from 'kysely'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { DB } from '#platform/db/tables'
import type { KeptFile, Plan, PlanState } from './plan.ts'
import type { PrintedDue, Task } from './task.ts'

const planOf = ({ file, reading: _, ...row }: Selectable<DB['ledgerPlans']>): Plan => ({
  ...row,
  file: file as KeptFile | null,
})

export async function findPlan(
  db: Database,
  where: { id: string } | { publicId: string } | { siteId: string; textSha256: string },
  options: { lock?: boolean } = {},
): Promise<Plan | null> {
  let query = db.selectFrom('ledgerPlans').selectAll()
  if ('id' in where) query = query.where('id', '=', where.id)
  else if ('publicId' in where) query = query.where('publicId', '=', where.publicId)
  else
    query = query
      .where('siteId', '=', where.siteId)
      .where('textSha256', '=', where.textSha256)
      .where('discardedAt', 'is', null)
  if (options.lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row ? planOf(row) : null
}

/** What the reader said of the document as a whole, when it was read. */
export async function readingDoubts(db: Database, planId: string): Promise<string[]> {
  const row = await db
    .selectFrom('ledgerPlans')
    .select(sql<string[] | null>`reading -> 'doubts'`.as('doubts'))
    .where('id', '=', planId)
    .executeTakeFirst()
  return row?.doubts ?? []
}

export interface PlanFilter {
  siteIds: readonly string[]
  kind?: string | undefined
  year?: number | undefined
  state?: PlanState | undefined
}

export interface ListedPlan extends Plan {
  tasks: number
  done: number
  undecided: number
}

const stateIs: Record<PlanState, ReturnType<typeof sql<boolean>>> = {
  review: sql<boolean>`p.in_force_at is null and p.discarded_at is null`,
  'in-force': sql<boolean>`p.in_force_at is not null and p.closed_at is null`,
  closed: sql<boolean>`p.closed_at is not null`,
  discarded: sql<boolean>`p.discarded_at is not null`,
}

/** Plans, the newest year first; what was discarded only when it is asked for. */
export async function listPlans(
  db: Database,
  filter: PlanFilter,
  paging: { page: number; pageSize: number },
): Promise<PageOf<ListedPlan>> {
  let query = db
    .selectFrom('ledgerPlans as p')
    .where('p.siteId', 'in', filter.siteIds.length > 0 ? [...filter.siteIds] : [nobody])
  if (filter.kind) query = query.where('p.kind', '=', filter.kind)
  if (filter.year) query = query.where('p.year', '=', filter.year)
  query = query.where(filter.state ? stateIs[filter.state] : sql<boolean>`p.discarded_at is null`)
  const [rows, counted] = await Promise.all([
    query
      .selectAll('p')
      .select([
        sql<number>`(select count(*)::int from ledger_tasks t where t.plan_id = p.id and t.dropped_at is null)`.as(
          'tasks',
        ),
        sql<number>`(select count(*)::int from ledger_tasks t where t.plan_id = p.id and t.dropped_at is null and t.done_at is not null)`.as(
          'done',
        ),
        sql<number>`(select count(*)::int from ledger_tasks t where t.plan_id = p.id and t.dropped_at is null and t.confirmed_at is null)`.as(
          'undecided',
        ),
      ])
      .orderBy('p.year', 'desc')
      .orderBy('p.createdAt', 'desc')
      .orderBy('p.id')
      .limit(paging.pageSize)
      .offset((paging.page - 1) * paging.pageSize)
      .execute(),
    query.select(sql<number>`count(*)::int`.as('total')).executeTakeFirst(),
  ])
  return {
    rows: rows.map(({ tasks, done, undecided, ...row }) => ({ ...planOf(row), tasks, done, undecided })),
    total: counted?.total ?? 0,
    ...paging,
  }
}

const nobody = '00000000-0000-0000-0000-000000000000'

export async function listPlanYears(db: Database, siteIds: readonly string[]): Promise<number[]> {
  if (siteIds.length === 0) return []
  const rows = await db
    .selectFrom('ledgerPlans')
    .select('year')
    .distinct()
    .where('siteId', 'in', [...siteIds])
    .orderBy('year', 'desc')
    .execute()
  return rows.map(row => row.year)
}

/** Plans that came before: what a plan may be compared with. */
export const listEarlierPlans = async (db: Database, plan: Plan): Promise<Plan[]> =>
  (
    await db
      .selectFrom('ledgerPlans')
      .selectAll()
      .where('siteId', '=', plan.siteId)
      .where('kind', '=', plan.kind)
      .where('year', '<=', plan.year)
      .where('id', '<>', plan.id)
      .where('inForceAt', 'is not', null)
      .orderBy('year', 'desc')
      .limit(50)
      .execute()
  ).map(planOf)

const taskOf = ({ due, fields, confidence, origin, ...row }: Selectable<DB['ledgerTasks']>): Task => ({
  ...row,
  due: due as unknown as PrintedDue[],
  fields: fields as Record<string, string>,
  confidence: confidence as Task['confidence'],
  origin: origin as Task['origin'],
})

export async function findTask(
  db: Database,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Task | null> {
  let query = db.selectFrom('ledgerTasks').selectAll().where('id', '=', id)
  if (options.lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row ? taskOf(row) : null
}

/** All tasks of a plan in their order, dropped ones too: a plan has some hundred. */
export async function listTasks(db: Database, planId: string): Promise<Task[]> {
  const rows = await db
    .selectFrom('ledgerTasks')
    .selectAll()
    .where('planId', '=', planId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(taskOf)
}

/** Writes tasks as they are, new ones and known ones. */
export async function saveTasks(db: Database, tasks: readonly Task[]): Promise<void> {
  const columns = Object.keys(tasks[0] ?? {}).filter(name => name !== 'id')
  const renewed = sql.join(columns.map(name => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))
  await insertMany(db, 'ledgerTasks', tasks, sql`on conflict (id) do update set ${renewed}`)
}

/** Only what a review had made and took back: no duty, report or unit hangs on it. */
export async function deleteTasks(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await db
      .deleteFrom('ledgerTasks')
      .where('id', 'in', [...ids])
      .execute()
}

export async function changePlan(
  db: Database,
  plan: Plan,
  values: Partial<Omit<Plan, 'id' | 'file'>>,
): Promise<void> {
  await db
    .updateTable('ledgerPlans')
    .set({ ...values, revision: plan.revision + 1 })
    .where('id', '=', plan.id)
    .execute()
}
