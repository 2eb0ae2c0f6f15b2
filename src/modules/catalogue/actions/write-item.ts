import { sql } from 'kysely'
import { conflict, notFound, permit } from '#lib/errors'
import { publicId, uuidv7 } from '#lib/ids'
import { listSites, type SiteRow } from '#modules/organisations'
import { listColumns } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { reasonsAfter } from '../differences.ts'
import { type ItemContent, pages } from '../item.ts'
import { mayEditCatalogue } from '../policy.ts'
import { type CatalogueItem, findItem, type VersionAct } from '../queries.ts'

/** Which item, and as which revision it was seen. */
export interface Seen {
  itemId: string
  revision: number
}

/** The site whose catalogue is changed, if the officer may. */
export async function siteForEditing(ctx: Context, siteId: string): Promise<SiteRow> {
  const site = (await listSites(ctx.db)).find(one => one.id === siteId)
  if (!site) throw notFound('catalogue.unknown-site', '没有这个站点。请从目录列表重新进入。')
  permit(mayEditCatalogue(ctx.actor, site.organId), 'catalogue.may-not-edit')
  return site
}

/** One change of a site's catalogue at a time: two at once could add the same item twice. */
export async function lockCatalogue(db: Database, siteId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`catalogue:${siteId}`}))`.execute(db)
}

/** The item, locked; nobody else has changed it since it was seen. */
export async function lockItem(db: Database, ctx: Context, seen: Seen): Promise<CatalogueItem> {
  const item = await findItem(db, { id: seen.itemId }, { lock: true })
  if (!item) throw notFound('catalogue.unknown-item', '没有这个事项。请从目录列表重新选择。')
  await siteForEditing({ ...ctx, db }, item.siteId)
  if (item.revision !== seen.revision)
    throw conflict(
      'catalogue.changed-meanwhile',
      `您打开之后，${item.changedBy}改过这个事项，您的这一步还没有做。请看过现在的样子，再做一次。`,
    )
  return item
}

/** Whether a place that an item names is there on the site. */
export async function placesOf(db: Database, siteId: string): Promise<(place: string) => boolean> {
  const paths = new Set((await listColumns(db, siteId)).map(column => column.path))
  return place => place in pages || paths.has(place)
}

export async function addItem(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  item: {
    siteId: string
    key?: string
    origin: CatalogueItem['origin']
    deviation: string | null
    content: ItemContent
    position: number
  },
  act: VersionAct,
): Promise<string> {
  const id = uuidv7()
  const changed = { changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() }
  const content = JSON.stringify(item.content)
  const standard = item.origin === 'standard' ? content : null
  await db
    .insertInto('catalogueItems')
    .values({ ...item, key: item.key ?? publicId(), id, content, standard, ...changed })
    .execute()
  await db
    .insertInto('catalogueItemVersions')
    .values({
      itemId: id,
      revision: 1,
      act,
      content,
      standard,
      reason: item.deviation,
      ...changed,
      changedById: actorId(ctx.actor),
    })
    .execute()
  return id
}

/** A new version of an item; the one before stays in its history. */
export async function changeItem(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  item: CatalogueItem,
  change: {
    act: VersionAct
    reason: string | null
    content?: ItemContent
    /** Of a local item: why it is here. */
    deviation?: string | null
    /** What the standard says, where that was decided about. */
    standard?: ItemContent | null
    position?: number
    retired?: boolean
  },
): Promise<void> {
  const now = ctx.clock.now()
  const { act, reason, retired } = change
  const content = JSON.stringify(change.content ?? item.content)
  const base = change.standard ?? item.standard
  const why = base ? reasonsAfter(item, change.content ?? item.content, base, reason) : {}
  const inAll = [...new Set(Object.values(why))].join('；') || null
  const deviation = base ? inAll : change.deviation === undefined ? item.deviation : change.deviation
  const standard = base && JSON.stringify(base)
  const reasons = JSON.stringify(why)
  const changed = { changedBy: actorName(ctx.actor), changedAt: now }
  await db
    .updateTable('catalogueItems')
    .set({
      content,
      revision: item.revision + 1,
      position: change.position ?? item.position,
      deviation,
      standard,
      reasons,
      ...(retired === undefined
        ? {}
        : { retiredAt: retired ? now : null, retiredReason: retired ? reason : null }),
      ...changed,
    })
    .where('id', '=', item.id)
    .execute()
  await db
    .insertInto('catalogueItemVersions')
    .values({
      itemId: item.id,
      revision: item.revision + 1,
      act,
      content,
      standard,
      reasons,
      reason,
      ...changed,
      changedById: actorId(ctx.actor),
    })
    .execute()
}
