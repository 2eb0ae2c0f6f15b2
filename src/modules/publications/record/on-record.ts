import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { Outgoing } from '#platform/record'
import { isPublic } from '../visibility.ts'

/** Open now or at some time before: what only is scheduled, or was called off, is not on record. */
export const wasOpen = (now: Date, alias: string): RawBuilder<SqlBool> => {
  const e = sql.raw(alias)
  return sql<SqlBool>`(${e}.public_from <= ${now} and (${e}.public_until is null or ${e}.public_until > ${e}.public_from))`
}

/** The same of an edition in an export, which only takes along what had begun. */
export const wasPublicAtAll = (edition: { publicFrom: string; publicUntil: string | null }): boolean =>
  edition.publicUntil === null || Date.parse(edition.publicUntil) > Date.parse(edition.publicFrom)

/** Whether a publication has such an edition (`was`). Asked for one after the other: an `exists` may read all editions for it. */
const hasEdition = (publication: string, such: RawBuilder<SqlBool>) =>
  sql<boolean>`((select true from editions was where was.publication_id = ${sql.raw(publication)}.id and ${such} limit 1) is not null)`

/** Readers can see it now. */
export const isOpen = (now: Date) => hasEdition('p', isPublic(now, 'was'))

/** The rows of a table that belong to these publications, found by their key for each one, whatever is known of the table. */
export const ofEach = (
  publicationIds: readonly string[],
  table: string,
  alias: string,
): RawBuilder<unknown> =>
  sql`unnest(${publicationIds}::uuid[]) as one(id) cross join lateral
    (select * from ${sql.table(table)} own where own.publication_id = one.id offset 0) ${sql.raw(alias)}`

/** In this export: was public, and belongs to the site that is asked for. */
export const isOnRecord = ({ now, siteId }: Outgoing, alias: string): RawBuilder<SqlBool> => {
  const p = sql.raw(alias)
  return sql<SqlBool>`((${siteId}::uuid is null or ${p}.site_id = ${siteId})
    and ${hasEdition(alias, wasOpen(now, 'was'))})`
}

/** Which of these editions go along with their text: what readers can see, and on demand what they could. */
export async function editionsOnRecord(
  out: Omit<Outgoing, 'editionsShown' | 'note'>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select e.id from editions e join publications p on p.id = e.publication_id
    where e.id = any(${ids}) and ${wasOpen(out.now, 'e')} and not e.text_withheld
      and (${out.siteId}::uuid is null or p.site_id = ${out.siteId}) and (${out.withWithdrawnText} or ${isOpen(out.now)})`.execute(
    out.db,
  )
  return new Set(rows.map(row => row.id))
}

/** Of these publications those in this export: id → public id. */
export async function publicIdsOf(out: Outgoing, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; publicId: string }>`
    select p.id, p.public_id from publications p where p.id = any(${ids}) and ${isOnRecord(out, 'p')}`.execute(
    out.db,
  )
  return new Map(rows.map(row => [row.id, row.publicId]))
}

/** Public id → id, of publications that were restored. */
export async function publicationIdsOf(
  db: Database,
  publicIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; publicId: string }>`
    select id, public_id from publications where public_id = any(${publicIds})`.execute(db)
  return new Map(rows.map(row => [row.publicId, row.id]))
}
