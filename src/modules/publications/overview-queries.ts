import { sql } from 'kysely'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import { plainText } from './edition.ts'
import { addressOf } from './kind.ts'
import { shownOn } from './list-queries.ts'
import type { WorkRef } from './public-view.ts'
import { isPublic } from './visibility.ts'
import { citedColumns, citedFrom, isCitable } from './work-queries.ts'

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
  const inColumn =
    where.columnPath === undefined
      ? sql`true`
      : sql`exists (select 1 from placements pl join columns c on c.id = pl.column_id
          where pl.publication_id = p.id and c.site_id = ${where.siteId}
            and (c.path = ${where.columnPath} or starts_with(c.path, ${`${where.columnPath}/`})))`
  const { rows } = await sql<OrganCount>`
    select p.organ_id, count(*)::int as items, max(p.sort_at) filter (where not p.archive) as newest_at
    from publications p join editions e on e.publication_id = p.id
    where ${isPublic(now)} and ${shownOn(where.siteId)} and ${inColumn}
    group by p.organ_id`.execute(db)
  return rows
}

/** The keywords that most of the newer items carry. */
export async function commonKeywords(
  db: Database,
  now: Date,
  where: { siteId: string; kinds: readonly string[]; since: Date; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from (
      select trim(split.word) as word, p.id, p.sort_at
      from publications p join editions e on e.publication_id = p.id
      cross join regexp_split_to_table(e.keywords, '[,，、;；]') as split (word)
      where ${isPublic(now)} and ${shownOn(where.siteId)} and p.kind = any(${where.kinds})
        and not p.archive and p.sort_at >= ${where.since}) as words
    where char_length(word) between 2 and 10
    group by word order by count(distinct id) desc, max(sort_at) desc, word limit ${where.limit}`.execute(db)
  return rows.map(row => row.word)
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

/** Every public address of a site with the instant of its text, for the site map. */
export async function listAddresses(
  db: Database,
  now: Date,
  siteId: string,
  paging: { page: number; pageSize: number },
): Promise<PageOf<{ address: string; changedAt: Date }>> {
  const shown = sql`from publications p join editions e on e.publication_id = p.id
    where ${isPublic(now)} and ${shownOn(siteId)}`
  const [found, counted] = await Promise.all([
    sql<{ kind: string; publicId: string; changedAt: Date }>`
      select p.kind, p.public_id, e.public_from as changed_at ${shown}
      order by p.id limit ${paging.pageSize} offset ${(paging.page - 1) * paging.pageSize}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total ${shown}`.execute(db),
  ])
  return {
    rows: found.rows.map(row => ({ address: addressOf(row), changedAt: row.changedAt })),
    total: counted.rows[0]?.total ?? 0,
    ...paging,
  }
}
