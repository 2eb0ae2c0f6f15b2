import { sql } from 'kysely'
import { editionsUsingFile, fileForPublicId } from '#modules/files'
import type { Database } from '#platform/db/database'
import { type ColumnRow, findColumn } from './column-queries.ts'
import { addressOf, allKinds } from './kind.ts'
import { findMovedAddress, findOwnAddress, findPublicView, isAnyPublic } from './public-queries.ts'
import { isPublic } from './visibility.ts'

/** A column as an inspector of the site counts it. */
export interface ColumnFacts extends ColumnRow {
  createdAt: Date
  /** Whether something public stands in it or below it. */
  filled: boolean
  /** When something last came for the first time; archive items, and items that nobody was shown, do not count (S-UPD-11). */
  newestAt: Date | null
  /** When the last of what it once showed ended; told of empty columns only. */
  emptiedAt: Date | null
  /** Fingerprint, in any order, of what is placed in it itself and has not left, where that are two items or more. */
  contents: string | null
}

export async function listColumnFacts(db: Database, now: Date, siteId: string): Promise<ColumnFacts[]> {
  const under = sql`below.site_id = c.site_id and (below.id = c.id or below.path like c.path || '/%')`
  // Only the newest of each column is looked at: what came later also sorts later
  const { rows } = await sql<ColumnFacts>`
    select c.id, c.site_id, c.path, c.name, c.description, c.keywords, c.type, c.update_limit_days, c.sort_order, c.created_at,
      shown.filled, newest.at as newest_at, same.contents,
      case when not shown.filled then (select max(e.public_until) from columns below
        join placements pl on pl.column_id = below.id
        join editions e on e.publication_id = pl.publication_id and e.public_until <= ${now}
        where ${under}) end as emptied_at
    from columns c
    cross join lateral (select exists (select 1 from columns below join placements pl on pl.column_id = below.id
      join editions e on e.publication_id = pl.publication_id and ${isPublic(now)} where ${under}) as filled) shown
    left join lateral (select max(last.at) as at from columns below
      cross join lateral (select p.first_public_at as at from placements pl join publications p on p.id = pl.publication_id
        join editions e on e.publication_id = p.id and ${isPublic(now)}
        where pl.column_id = below.id and not p.archive and p.first_public_at is not null
        order by pl.sort_at desc limit 1) last
      where ${under}) newest on true
    left join (select pl.column_id, count(*) || ' ' || sum(hashtextextended(pl.publication_id::text, 0)) as contents
      from placements pl join publications p on p.id = pl.publication_id
      where pl.site_id = ${siteId} and p.left_how is null and p.first_public_at <= ${now}
      group by pl.column_id having count(*) >= 2) same on same.column_id = c.id
    where c.site_id = ${siteId} order by c.sort_order, c.path`.execute(db)
  return rows
}

/** When anything new last came to a site; archive items are not new. */
export async function newestOnSite(db: Database, now: Date, siteId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select p.first_public_at as at from publications p join editions e on e.publication_id = p.id and ${isPublic(now)}
    where p.site_id = ${siteId} and not p.archive and p.first_public_at is not null
    order by p.first_public_at desc limit 1`.execute(db)
  return rows[0]?.at ?? null
}

/** The texts that a site of its own shows now, some at a time, in an order that stays. */
export async function listOpenEditions(
  db: Database,
  now: Date,
  where: { siteId: string; after: string | null },
  limit: number,
): Promise<{ publicationId: string; editionId: string }[]> {
  const { rows } = await sql<{ publicationId: string; editionId: string }>`
    select p.id as publication_id, e.id as edition_id
    from publications p join editions e on e.publication_id = p.id
    where ${isPublic(now)} and p.site_id = ${where.siteId}
      and (${where.after}::uuid is null or p.id > ${where.after}::uuid)
    order by p.id limit ${limit}`.execute(db)
  return rows
}

/** The whole of a public text, for those who read it for faults. */
export interface OpenText {
  publicationId: string
  editionId: string
  organId: string
  organName: string
  address: string
  archive: boolean
  title: string
  summary: string
  bodyHtml: string
}

export async function openTexts(db: Database, now: Date, editionIds: readonly string[]): Promise<OpenText[]> {
  const { rows } = await sql<Omit<OpenText, 'address'> & { kind: string; publicId: string }>`
    select p.id as publication_id, e.id as edition_id, p.organ_id, o.name as organ_name, p.kind, p.public_id, p.archive,
      e.title, e.summary, e.body_html
    from publications p join editions e on e.publication_id = p.id join organ_names o on o.id = p.organ_id
    where e.id = any(${[...editionIds]}::uuid[]) and ${isPublic(now)} order by p.id`.execute(db)
  return rows.map(({ kind, publicId, ...row }) => ({ ...row, address: addressOf({ kind, publicId }) }))
}

/** What a reader meets at an address of publications, files, columns or an older site; `other`: it is none of these. */
export type Answer = 'open' | 'closed' | 'missing' | 'held' | 'other'

/** @param path path within the site, with its query where there is one. */
export async function answerAt(db: Database, now: Date, siteId: string, path: string): Promise<Answer> {
  const [, segment = '', name = '', ...more] = path.replace(/[?#].*$/s, '').split('/')
  if (segment === 'files' && name !== '') {
    const file = await fileForPublicId(db, name)
    if (file && (await isAnyPublic(db, now, await editionsUsingFile(db, file.id))))
      return file.held ? 'held' : 'open'
    return file ? 'closed' : 'missing'
  }
  if (segment === 'columns' && name !== '') {
    const column = await findColumn(db, siteId, [name, ...more].join('/').replace(/\/$/, ''))
    return column ? 'open' : 'missing'
  }
  if (name !== '' && allKinds().some(kind => kind.segment === segment)) {
    const where = { siteId, publicId: name, segment }
    const view = await findPublicView(db, now, where)
    if (view && 'how' in view) return view.to ? 'open' : 'closed'
    return view || (await findOwnAddress(db, now, where)) ? 'open' : 'missing'
  }
  return (await findMovedAddress(db, now, siteId, path)) ? 'open' : 'other'
}
