import { type Insertable, type Selectable, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import type { Role } from '#platform/actor'
import type { Database } from '#platform/db/database'
import type { Deputies, StaffPosts } from '#platform/db/tables'
import type { Deputy } from './deputy.ts'
import type { StaffPost } from './staff.ts'

type PostRow = Pick<Selectable<StaffPosts>, keyof StaffPost>
const postColumns = ['id', 'staffId', 'role', 'organId', 'fromOn', 'untilOn', 'endedAt'] as const
const postOf = (row: PostRow): StaffPost => ({ ...row, role: row.role as Role })

export async function insertPost(db: Database, post: Insertable<StaffPosts>): Promise<void> {
  await db.insertInto('staffPosts').values(post).execute()
}

export async function getPost(db: Database, id: string): Promise<StaffPost> {
  const row = await db.selectFrom('staffPosts').select(postColumns).where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('people.no-such-post', '没有这个任职。它可能刚刚被撤销，请刷新页面。')
  return postOf(row)
}

/** Posts of a person that are held now or will be, oldest first. */
export async function listPosts(db: Database, staffId: string, on: PlainDate): Promise<StaffPost[]> {
  const rows = await openPosts(db, on).where('staffId', '=', staffId).execute()
  return rows.map(postOf)
}

export async function listPostsOf(
  db: Database,
  staffIds: readonly string[],
  on: PlainDate,
): Promise<StaffPost[]> {
  if (staffIds.length === 0) return []
  const rows = await openPosts(db, on).where('staffId', 'in', staffIds).execute()
  return rows.map(postOf)
}

function openPosts(db: Database, on: PlainDate) {
  return db
    .selectFrom('staffPosts')
    .select(postColumns)
    .where('endedAt', 'is', null)
    .where(eb => eb.or([eb('untilOn', 'is', null), eb('untilOn', '>=', on)]))
    .orderBy('fromOn')
    .orderBy('id')
}

/** Ends posts at once; those that had run out already are closed with them. */
export async function endPosts(db: Database, ids: readonly string[], by: string, at: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('staffPosts')
    .set({ endedAt: at, endedBy: by })
    .where('id', 'in', ids)
    .where('endedAt', 'is', null)
    .execute()
}

/** Closes posts whose last day is over, so that the same post can be given again. */
export async function closeRunOutPosts(
  db: Database,
  staffId: string,
  on: PlainDate,
  at: Date,
): Promise<void> {
  await db
    .updateTable('staffPosts')
    .set({ endedAt: at, endedBy: '到期' })
    .where('staffId', '=', staffId)
    .where('endedAt', 'is', null)
    .where('untilOn', '<', on)
    .execute()
}

/** How many people at work hold the role today, one person left out. */
export async function countOtherHolders(
  db: Database,
  role: Role,
  on: PlainDate,
  exceptId: string,
): Promise<number> {
  const row = await db
    .selectFrom('staffPosts as p')
    .innerJoin('staff as s', 's.id', 'p.staffId')
    .where('p.role', '=', role)
    .where('p.endedAt', 'is', null)
    .where('p.fromOn', '<=', on)
    .where(eb => eb.or([eb('p.untilOn', 'is', null), eb('p.untilOn', '>=', on)]))
    .where('s.state', '=', 'active')
    .where('s.id', '<>', exceptId)
    .select(eb => eb.fn.count<number>('s.id').distinct().as('total'))
    .executeTakeFirstOrThrow()
  return row.total
}

/** One change of administrators' posts at a time: two at once could each leave the other as the last one. */
export async function lockAdministrators(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('people.administrators'))`.execute(db)
}

/** The post, and the person it is held for when that person is away. */
export interface HeldPost {
  post: StaffPost
  deputyFor: { name: string; untilOn: PlainDate } | null
}

/** What a person may act as on that day: own posts, and those of absent colleagues who are still at work. */
export async function listHeldPosts(db: Database, staffId: string, on: PlainDate): Promise<HeldPost[]> {
  const holding = openPosts(db, on).where('staffId', '=', staffId).where('fromOn', '<=', on).execute()
  const standingIn = db
    .selectFrom('deputies as d')
    .innerJoin('staffPosts as p', join => join.on(sql<boolean>`p.id = any(d.post_ids)`))
    .innerJoin('staff as s', 's.id', 'd.absentId')
    .select(postColumns.map(column => `p.${column}` as const))
    .select(['s.name', 'd.untilOn as standsInUntil'])
    .where('d.deputyId', '=', staffId)
    .where('d.endedAt', 'is', null)
    .where('d.fromOn', '<=', on)
    .where('d.untilOn', '>=', on)
    .where('s.state', '=', 'active')
    .whereRef('p.staffId', '=', 'd.absentId')
    .where('p.endedAt', 'is', null)
    .where('p.fromOn', '<=', on)
    .where(eb => eb.or([eb('p.untilOn', 'is', null), eb('p.untilOn', '>=', on)]))
    .orderBy('p.fromOn')
    .execute()
  const [own, deputised] = await Promise.all([holding, standingIn])
  return [
    ...own.map(row => ({ post: postOf(row), deputyFor: null })),
    ...deputised.map(({ name, standsInUntil, ...row }) => ({
      post: postOf(row),
      deputyFor: { name, untilOn: standsInUntil },
    })),
  ]
}

type DeputyRow = Selectable<Deputies>
const deputyOf = ({ madeById: _, madeAt: __, endedBy: ___, ...row }: DeputyRow): Deputy => row

export async function insertDeputy(db: Database, deputy: Insertable<Deputies>): Promise<void> {
  await db.insertInto('deputies').values(deputy).execute()
}

export async function getDeputy(db: Database, id: string): Promise<Deputy> {
  const row = await db.selectFrom('deputies').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('people.no-such-deputy', '没有这项代理安排。请刷新页面。')
  return deputyOf(row)
}

/** Arrangements that are not over, of a person (as absent or as deputy) or of all, the next first. */
export async function listDeputies(
  db: Database,
  on: PlainDate,
  of: { absentId?: string; deputyId?: string } = {},
): Promise<Deputy[]> {
  let query = db.selectFrom('deputies').selectAll().where('endedAt', 'is', null).where('untilOn', '>=', on)
  if (of.absentId) query = query.where('absentId', '=', of.absentId)
  if (of.deputyId) query = query.where('deputyId', '=', of.deputyId)
  return (await query.orderBy('fromOn').orderBy('id').limit(500).execute()).map(deputyOf)
}

export async function endDeputies(db: Database, ids: readonly string[], by: string, at: Date): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('deputies').set({ endedAt: at, endedBy: by }).where('id', 'in', ids).execute()
}

/** Roles that a person will hold by own posts or as deputy, from a day on: what the separation of powers looks at. */
export async function listRolesAhead(db: Database, staffId: string, on: PlainDate): Promise<Role[]> {
  const deputised = await db
    .selectFrom('deputies as d')
    .innerJoin('staffPosts as p', join => join.on(sql<boolean>`p.id = any(d.post_ids)`))
    .select('p.role')
    .where('d.deputyId', '=', staffId)
    .where('d.endedAt', 'is', null)
    .where('d.untilOn', '>=', on)
    .where('p.endedAt', 'is', null)
    .execute()
  const own = await listPosts(db, staffId, on)
  return [...own.map(post => post.role), ...deputised.map(row => row.role as Role)]
}
