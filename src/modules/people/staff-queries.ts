import type { Insertable, Selectable, Updateable } from 'kysely'
import { notFound } from '#lib/errors'
import type { PageOf } from '#lib/paging'
import type { Role } from '#platform/actor'
import type { Database } from '#platform/db/database'
import type { DB, Staff } from '#platform/db/tables'
import type { StaffAccount, StaffState } from './staff.ts'

const columns = [
  'id',
  'username',
  'name',
  'organId',
  'mailAddress',
  'state',
  'stateReason',
  'leftOn',
  'mustChangePassword',
  'passwordChangedAt',
  'twoFactorEnabled',
  'lastLoginAt',
  'createdAt',
] as const

const accountOf = (row: Pick<Selectable<Staff>, (typeof columns)[number]>): StaffAccount => ({
  ...row,
  state: row.state as StaffState,
})

export async function findStaff(db: Database, id: string): Promise<StaffAccount | null> {
  const row = await db.selectFrom('staff').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? accountOf(row) : null
}

export async function findStaffByUsername(db: Database, username: string): Promise<StaffAccount | null> {
  const row = await db
    .selectFrom('staff')
    .select(columns)
    .where('username', '=', username.trim().toLowerCase())
    .executeTakeFirst()
  return row ? accountOf(row) : null
}

export async function getStaff(db: Database, id: string): Promise<StaffAccount> {
  const found = await findStaff(db, id)
  if (!found) throw noSuchStaff()
  return found
}

/** Locked until the end of the transaction, so that two acts on one person come one after the other. */
export async function lockStaffRow(db: Database, id: string): Promise<StaffAccount> {
  const row = await db.selectFrom('staff').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw noSuchStaff()
  return accountOf(row)
}

const noSuchStaff = () => notFound('people.no-such-staff', '没有这个人员账号。请从人员列表重新选择。')

export async function insertStaff(db: Database, staff: Insertable<DB['staff']>): Promise<void> {
  await db.insertInto('staff').values(staff).execute()
}

export async function changeStaff(
  db: Database,
  id: string,
  values: Updateable<DB['staff']>,
  at: Date,
): Promise<void> {
  await db
    .updateTable('staff')
    .set({ ...values, updatedAt: at })
    .where('id', '=', id)
    .execute()
}

export async function isFormTaken(db: Database, formKey: string): Promise<boolean> {
  const row = await db.selectFrom('staff').select('id').where('formKey', '=', formKey).executeTakeFirst()
  return row !== undefined
}

export interface StaffFilter {
  /** Only of these organs; undefined: of all. */
  organIds?: readonly string[] | undefined
  role?: Role | undefined
  state?: StaffState | undefined
  /** In the name or the username. */
  words?: string | undefined
}

/** A page of accounts by name; those who left come last. */
export async function listStaff(
  db: Database,
  filter: StaffFilter = {},
  page = 1,
  pageSize = 50,
): Promise<PageOf<StaffAccount>> {
  let query = db.selectFrom('staff')
  const { organIds, role, state, words } = filter
  if (organIds)
    query = organIds.length > 0 ? query.where('organId', 'in', organIds) : query.where(eb => eb.lit(false))
  if (state) query = query.where('state', '=', state)
  if (words) {
    const like = `%${words.replace(/[\\%_]/g, found => `\\${found}`)}%`
    query = query.where(eb => eb.or([eb('name', 'ilike', like), eb('username', 'ilike', like)]))
  }
  if (role) {
    query = query.where(eb =>
      eb.exists(
        eb
          .selectFrom('staffPosts')
          .select('staffPosts.id')
          .whereRef('staffPosts.staffId', '=', 'staff.id')
          .where('staffPosts.role', '=', role)
          .where('staffPosts.endedAt', 'is', null),
      ),
    )
  }
  const { total } = await query.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(columns)
    .orderBy(eb => eb.case().when('state', '=', 'left').then(1).else(0).end())
    .orderBy('name')
    .orderBy('username')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { rows: rows.map(accountOf), page, pageSize, total }
}

export interface StaffName {
  id: string
  name: string
  organId: string
}

/** Names for a list of ids, whoever they are and whether or not they still work here. */
export async function staffByIds(db: Database, ids: readonly string[]): Promise<Map<string, StaffName>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'name', 'organId'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}

export interface Recipient extends StaffName {
  mailAddress: string | null
}

/** Those of a list of ids who are at work, with where mail reaches them. */
export async function recipientsByIds(db: Database, ids: readonly string[]): Promise<Map<string, Recipient>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'name', 'organId', 'mailAddress'])
    .where('id', 'in', [...new Set(ids)])
    .where('state', '=', 'active')
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}

/** Colleagues who can stand in or take over: at work in one of the organs, the person itself left out. */
export async function listColleagues(
  db: Database,
  organIds: readonly string[] | undefined,
  exceptId: string,
): Promise<(StaffName & { username: string })[]> {
  let query = db
    .selectFrom('staff')
    .select(['id', 'name', 'username', 'organId'])
    .where('state', '=', 'active')
    .where('id', '<>', exceptId)
  if (organIds)
    query = organIds.length > 0 ? query.where('organId', 'in', organIds) : query.where(eb => eb.lit(false))
  return query.orderBy('name').orderBy('username').execute()
}
