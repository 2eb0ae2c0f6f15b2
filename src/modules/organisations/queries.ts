import { type Selectable, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import type { Database } from '#platform/db/database'
import type { DB } from '#platform/db/tables'
import type { Organ, OrganLevel, OrganType } from './organ.ts'
import { follow, type Restructuring, type RestructuringKind } from './restructuring.ts'
import { buildTree, flatten, type Node } from './tree.ts'

function organOf({ createdAt: _, ...row }: Selectable<DB['organs']>): Organ {
  return { ...row, type: row.type as OrganType, level: row.level as OrganLevel }
}

/** In tree order, each parent before its children. Abolished ones only when asked for. */
export async function listOrgans(
  db: Database,
  options: { includeAbolished?: boolean } = {},
): Promise<Organ[]> {
  return flatten(await organTree(db, options)).map(({ depth: _, children: __, ...organ }) => organ as Organ)
}

export type OrganNode = Node<Organ>

export async function organTree(
  db: Database,
  options: { includeAbolished?: boolean } = {},
): Promise<OrganNode[]> {
  let query = db.selectFrom('organs').selectAll()
  if (options.includeAbolished !== true) query = query.where('abolishedOn', 'is', null)
  return buildTree((await query.execute()).map(organOf))
}

export async function findOrgan(db: Database, id: string): Promise<Organ | null> {
  const row = await db.selectFrom('organs').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? organOf(row) : null
}

export async function getOrgan(db: Database, id: string): Promise<Organ> {
  const organ = await findOrgan(db, id)
  if (!organ) throw noSuchOrgan()
  return organ
}

export async function findOrganByKey(db: Database, key: string): Promise<Organ | null> {
  const row = await db.selectFrom('organs').selectAll().where('key', '=', key).executeTakeFirst()
  return row ? organOf(row) : null
}

export async function getOrganByKey(db: Database, key: string): Promise<Organ> {
  const organ = await findOrganByKey(db, key)
  if (!organ) throw noSuchOrgan()
  return organ
}

/** Locked against another act on the same organ until the transaction ends. */
export async function lockOrgan(db: Database, id: string): Promise<Organ> {
  const row = await db.selectFrom('organs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw noSuchOrgan()
  return organOf(row)
}

const noSuchOrgan = () =>
  notFound('organisations.no-such-organ', '没有找到这个机构。请从机构列表中重新选择。')

/** One change of the tree (or of the sites' hosts) at a time: two moves at once could bite each other's tail. */
export async function lockTree(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('organisations'))`.execute(db)
}

/** Ids of the organ and of all organs below it, abolished ones too. */
export async function listOrgansBelow(db: Database, organId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    with recursive below as (
      select id from organs where id = ${organId}
      union
      select organs.id from organs join below on organs.parent_id = below.id
    )
    select id from below`.execute(db)
  return found.rows.map(row => row.id)
}

/** Ids of the organs above, the nearest first. */
export async function listOrgansAbove(db: Database, organId: string): Promise<string[]> {
  const found = await sql<{ parentId: string }>`
    with recursive above as (
      select parent_id, 1 as height from organs where id = ${organId}
      union
      select organs.parent_id, height + 1 from organs join above on organs.id = above.parent_id
    )
    select parent_id from above where parent_id is not null order by height`.execute(db)
  return found.rows.map(row => row.parentId)
}

type OrganValues = Pick<
  Organ,
  | 'parentId'
  | 'name'
  | 'shortName'
  | 'type'
  | 'level'
  | 'uscc'
  | 'docCodes'
  | 'sortOrder'
  | 'establishedOn'
  | 'abolishedOn'
  | 'successorId'
>
export interface Changed {
  by: string
  at: Date
}

export async function insertOrgan(
  db: Database,
  organ: Omit<OrganValues, 'abolishedOn' | 'successorId'> & { id: string; key: string },
  changed: Changed,
): Promise<void> {
  await db
    .insertInto('organs')
    .values({ ...organ, changedBy: changed.by, changedAt: changed.at })
    .execute()
}

export async function changeOrgan(
  db: Database,
  id: string,
  values: Partial<OrganValues>,
  changed: Changed,
): Promise<void> {
  await db
    .updateTable('organs')
    .set(set => ({
      ...values,
      revision: set('revision', '+', 1),
      changedBy: changed.by,
      changedAt: changed.at,
    }))
    .where('id', '=', id)
    .execute()
}

export async function insertRestructuring(db: Database, restructuring: Restructuring): Promise<void> {
  await db.insertInto('restructurings').values(restructuring).execute()
}

/** What happened to the organ, and what it took over from others; the newest first. */
export async function listRestructurings(
  db: Database,
  organId: string,
): Promise<{ own: Restructuring[]; takenOver: Restructuring[] }> {
  const rows = await db
    .selectFrom('restructurings')
    .selectAll()
    .where(or => or.or([or('organId', '=', organId), or('successorId', '=', organId)]))
    .orderBy('happenedOn', 'desc')
    .execute()
  const all = rows.map(row => ({ ...row, kind: row.kind as RestructuringKind }))
  return {
    own: all.filter(row => row.organId === organId),
    takenOver: all.filter(row => row.organId !== organId),
  }
}

export interface FormerName {
  name: string
  /** The last day of the name. */
  until: PlainDate
}

/** Names the organ had before, the newest first. */
export async function formerNames(db: Database, organId: string): Promise<FormerName[]> {
  return db
    .selectFrom('restructurings')
    .select(['formerName as name', 'happenedOn as until'])
    .where('organId', '=', organId)
    .where('kind', '=', 'renamed')
    .orderBy('happenedOn', 'desc')
    .execute()
}

/** The organ that acts in its place on that day; itself while it stands. Follows successors of successors. */
export async function successorOf(db: Database, organId: string, on: PlainDate): Promise<Organ> {
  const found = await sql<{ id: string }>`
    with recursive chain as (
      select id, successor_id from organs where id = ${organId}
      union
      select organs.id, organs.successor_id from organs join chain on organs.id = chain.successor_id
    )
    select id from chain`.execute(db)
  const ids = found.rows.map(row => row.id)
  if (ids.length === 0) throw noSuchOrgan()
  const rows = await db.selectFrom('organs').selectAll().where('id', 'in', ids).execute()
  const organ = follow(new Map(rows.map(row => [row.id, organOf(row)])), organId, on)
  if (!organ) throw noSuchOrgan()
  return organ
}
