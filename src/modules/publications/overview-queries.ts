import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { citedColumns, citedFrom, isCitable } from './citation-queries.ts'
import { plainText } from './edition.ts'
import { addressOf } from './kind.ts'
import { countOrgans, shownOn } from './list-queries.ts'
import type { WorkRef } from './public-view.ts'
import { isPublic } from './visibility.ts'

export interface OrganCount {
  organId: string
  items: number
  /** When something last came; archive items do not freshen. */
  newestAt: Date | null
}

/** How much each organ has public on a site, in a column and below it when one is named (S-PLT-06). */
export async function countByOrgan(
  db: Database,
  now: Date,
  where: { siteId: string; columnPath?: string | undefined },
): Promise<OrganCount[]> {
  const counted = await countOrgans(db, now, where)
  const inColumn =
    where.columnPath === undefined
      ? sql`true`
      : sql`exists (select 1 from placements pl join columns c on c.id = pl.column_id
          where pl.publication_id = p.id and c.site_id = ${where.siteId}
            and (c.path = ${where.columnPath} or starts_with(c.path, ${`${where.columnPath}/`})))`
  const { rows } = await sql<{ organId: string; newestAt: Date }>`
    select asked.id as organ_id, newest.sort_at as newest_at
    from unnest(${counted.map(one => one.value)}::uuid[]) as asked (id)
    cross join lateral (
      select p.sort_at from publications p join editions e on e.publication_id = p.id
      where p.organ_id = asked.id and not p.archive and ${isPublic(now)} and ${shownOn(where.siteId)} and ${inColumn}
      order by p.sort_at desc limit 1) as newest`.execute(db)
  const newest = new Map(rows.map(row => [row.organId, row.newestAt]))
  return counted.map(({ value, count }) => ({
    organId: value,
    items: count,
    newestAt: newest.get(value) ?? null,
  }))
}

/** The beginning of the running texts of public items, by id, for the lines that show why something was found. */
export async function publicTexts(
  db: Database,
  now: Date,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; bodyHtml: string }>`
    select p.id, left(e.body_html, 200000) as body_html
    from publications p join editions e on e.publication_id = p.id
    where p.id = any(${ids}) and ${isPublic(now)}`.execute(db)
  return new Map(rows.map(row => [row.id, plainText(row.bodyHtml)]))
}

/** What public items point to by one type of link: `interprets` gives the documents that interpretations explain. */
export async function linkedWorks(
  db: Database,
  now: Date,
  ids: readonly string[],
  type: string,
): Promise<Map<string, WorkRef[]>> {
  const { rows } = await sql<{
    id: string
    title: string
    docNo: string | null
    kind: string | null
    publicId: string | null
  }>`
    select p.id, ${citedColumns}
    from publications p join editions e on e.publication_id = p.id and ${isPublic(now)}
    join links l on l.edition_id = e.id and l.type = ${type}
    join works w on w.id = l.work_id ${citedFrom(now)}
    where p.id = any(${ids}) and ${isCitable} order by title`.execute(db)
  const works = Map.groupBy(rows, row => row.id)
  return new Map(
    [...works].map(([id, found]) => [
      id,
      found.map(({ title, docNo, kind, publicId }) => ({
        type,
        title,
        docNo,
        kind,
        address: kind && publicId ? addressOf({ kind, publicId }) : null,
      })),
    ]),
  )
}
