import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { addressOf, kindOf } from './kind.ts'
import { aboutIt, type ListedRow, listed, listedColumns, shownOn } from './list-queries.ts'
import type { Listed } from './public-view.ts'
import { isPublic } from './visibility.ts'

/** Everything that is public on a site, archive items too, in an order that stays: for those who keep a copy of all. */
export async function harvestPublic(
  db: Database,
  now: Date,
  where: { siteId: string; after: string | null; kind?: string | undefined },
  limit: number,
): Promise<Listed[]> {
  const { rows } = await sql<ListedRow>`
    select ${listedColumns}
    from (
      select p.id as chosen_id, e.id as edition_id
      from publications p join editions e on e.publication_id = p.id
      where ${isPublic(now)} and ${shownOn(where.siteId)}
        and (${where.after}::uuid is null or p.id > ${where.after}::uuid)
        and (${where.kind ?? null}::text is null or p.kind = ${where.kind ?? null})
      order by p.id limit ${limit}) as chosen
    join publications p on p.id = chosen.chosen_id
    join editions e on e.id = chosen.edition_id
    join organ_names o on o.id = p.organ_id
    ${aboutIt(now)}
    order by p.id`.execute(db)
  return rows.map(row => listed(row, now))
}

/** When the text that each of them shows now was opened. */
export async function openedAt(
  db: Database,
  now: Date,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ id: string; publicFrom: Date }>`
    select e.publication_id as id, e.public_from from editions e
    where e.publication_id = any(${ids}::uuid[]) and ${isPublic(now)}`.execute(db)
  return new Map(rows.map(row => [row.id, row.publicFrom]))
}

/** First part of the address that a short id would have. Says nothing of whether it is public: the page's own query does. */
export async function segmentOf(db: Database, publicId: string): Promise<string | null> {
  const row = await db
    .selectFrom('publications')
    .select('kind')
    .where('publicId', '=', publicId)
    .executeTakeFirst()
  return row ? kindOf(row.kind).segment : null
}

/** Whether more than so many are public on a site; counts no further. */
export async function hasMorePublicThan(
  db: Database,
  now: Date,
  siteId: string,
  many: number,
): Promise<boolean> {
  const { rows } = await sql<{ found: number }>`
    select count(*)::int as found from (
      select 1 from publications p join editions e on e.publication_id = p.id
      where ${isPublic(now)} and ${shownOn(siteId)} limit ${many + 1}) as counted`.execute(db)
  return (rows[0]?.found ?? 0) > many
}

/** The public addresses whose short id begins so, with the instant of their text. Short ids are random: every beginning has its share. */
export async function listAddresses(
  db: Database,
  now: Date,
  siteId: string,
  beginning: string,
): Promise<{ address: string; changedAt: Date }[]> {
  // “~” sorts behind every sign of a short id, by bytes
  const { rows } = await sql<{ kind: string; publicId: string; changedAt: Date }>`
    select p.kind, p.public_id, e.public_from as changed_at
    from publications p join editions e on e.publication_id = p.id
    where p.public_id collate "C" >= ${beginning} and p.public_id collate "C" < ${`${beginning}~`}
      and ${isPublic(now)} and ${shownOn(siteId)}
    order by p.public_id collate "C" limit 50000`.execute(db)
  return rows.map(row => ({ address: addressOf(row), changedAt: row.changedAt }))
}
