import type { Selectable } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import type { DB } from '#platform/db/tables'
import type { ItemContent } from './item.ts'
import { type Promptness, usualPromptness } from './limit.ts'

/** What the catalogue of a site says of one thing to be published. */
export interface CatalogueItem {
  id: string
  siteId: string
  key: string
  origin: 'standard' | 'local'
  deviation: string | null
  content: ItemContent
  /** What the standard said when it was last decided about here; null: not of the standard. */
  standard: ItemContent | null
  /** Field → why it differs from the standard. */
  reasons: Readonly<Record<string, string>>
  position: number
  revision: number
  retiredAt: Date | null
  retiredReason: string | null
  changedBy: string
  changedAt: Date
}

const itemOf = (row: Selectable<DB['catalogueItems']>): CatalogueItem => ({
  ...row,
  origin: row.origin as CatalogueItem['origin'],
  content: row.content as unknown as ItemContent,
  standard: row.standard as unknown as ItemContent | null,
  reasons: row.reasons as unknown as Record<string, string>,
})

/** The items of a site in their order. A catalogue of all fields has some thousand: few enough to be read whole. */
export async function listItems(
  db: Database,
  siteId: string,
  options: { retiredToo?: boolean } = {},
): Promise<CatalogueItem[]> {
  let query = db.selectFrom('catalogueItems').selectAll().where('siteId', '=', siteId)
  if (!options.retiredToo) query = query.where('retiredAt', 'is', null)
  return (await query.orderBy('position').orderBy('key').execute()).map(itemOf)
}

export async function findItem(
  db: Database,
  where: { id: string } | { siteId: string; key: string },
  options: { lock?: boolean } = {},
): Promise<CatalogueItem | null> {
  let query = db.selectFrom('catalogueItems').selectAll()
  if ('id' in where) query = query.where('id', '=', where.id)
  else query = query.where('siteId', '=', where.siteId).where('key', '=', where.key)
  if (options.lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row ? itemOf(row) : null
}

export async function hasItems(db: Database, siteId: string): Promise<boolean> {
  const row = await db
    .selectFrom('catalogueItems')
    .select('id')
    .where('siteId', '=', siteId)
    .where('retiredAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const versionActs = {
  taken: '按标准目录列入',
  added: '增加',
  changed: '修改',
  imported: '由表格导入',
  retired: '停用',
  restored: '恢复',
} as const
export type VersionAct = keyof typeof versionActs

export interface ItemVersion {
  revision: number
  act: VersionAct
  content: ItemContent
  standard: ItemContent | null
  reasons: Readonly<Record<string, string>>
  reason: string | null
  changedBy: string
  changedAt: Date
}

/** The newest first. */
export async function listVersions(db: Database, itemId: string): Promise<ItemVersion[]> {
  const rows = await db
    .selectFrom('catalogueItemVersions')
    .select(['revision', 'act', 'content', 'standard', 'reasons', 'reason', 'changedBy', 'changedAt'])
    .where('itemId', '=', itemId)
    .orderBy('revision', 'desc')
    .limit(100)
    .execute()
  return rows.map(row => ({
    ...row,
    act: row.act as VersionAct,
    content: row.content as unknown as ItemContent,
    standard: row.standard as unknown as ItemContent | null,
    reasons: row.reasons as unknown as Record<string, string>,
  }))
}

export interface Link {
  itemId: string
  publicationId: string
  settledAt: Date | null
  linkedBy: string
  linkedAt: Date
}

/** What stands under items, the newest link first. */
export async function listLinks(
  db: Database,
  where: { itemIds: readonly string[] } | { siteId: string } | { publicationId: string },
): Promise<Link[]> {
  let query = db
    .selectFrom('cataloguePublications as l')
    .select(['l.itemId', 'l.publicationId', 'l.settledAt', 'l.linkedBy', 'l.linkedAt'])
  if ('itemIds' in where) {
    if (where.itemIds.length === 0) return []
    query = query.where('l.itemId', 'in', [...where.itemIds])
  } else if ('publicationId' in where) query = query.where('l.publicationId', '=', where.publicationId)
  else
    query = query.innerJoin('catalogueItems as i', join =>
      join.onRef('i.id', '=', 'l.itemId').on('i.siteId', '=', where.siteId).on('i.retiredAt', 'is', null),
    )
  return query.orderBy('l.linkedAt', 'desc').orderBy('l.publicationId').execute()
}

export async function promptnessOf(db: Database, siteId: string): Promise<Promptness> {
  const row = await db
    .selectFrom('catalogueSettings')
    .select(['promptly', 'atOnce'])
    .where('siteId', '=', siteId)
    .executeTakeFirst()
  return row ?? usualPromptness
}

/** A kind of information that is not published, and why. */
export interface Withheld {
  id: string
  siteId: string
  title: string
  ground: string
  why: string
  body: string
  reviewOn: PlainDate
  endedAt: Date | null
  endedReason: string | null
  changedBy: string
  changedAt: Date
}

/** Those in force; with `endedToo`, also those that were opened to the public since. */
export function listWithheld(
  db: Database,
  siteId: string,
  options: { endedToo?: boolean } = {},
): Promise<Withheld[]> {
  let query = db.selectFrom('catalogueWithheld').selectAll().where('siteId', '=', siteId)
  if (!options.endedToo) query = query.where('endedAt', 'is', null)
  return query.orderBy('ground').orderBy('title').limit(1000).execute()
}
