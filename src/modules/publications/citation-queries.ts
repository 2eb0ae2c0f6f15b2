import { type SqlBool, sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { isPublic } from './visibility.ts'

/**
 * A work (`w`) as a citation may show it: with the title that is public, or was last. What never was public gives no more
 * than the number it was cited by. `citedFrom` joins, `citedColumns` select, and `isCitable` leaves out what has nothing to show.
 */
export const citedFrom = (now: Date) => sql`
  left join publications t on t.id = w.publication_id
  left join lateral (
    select te.title, te.doc_no, ${isPublic(now, 'te')} as open from editions te
    where te.publication_id = t.id and te.public_from <= ${now} and (te.public_until is null or te.public_until > te.public_from)
    order by te.number desc limit 1) shown on true`
export const citedColumns = sql`
  case when t.id is null then w.title else coalesce(shown.title, w.doc_no) end as title,
  case when shown.title is null then w.doc_no else shown.doc_no end as doc_no,
  case when shown.title is not null then t.kind end as kind, case when shown.open then t.public_id end as public_id`
export const isCitable = sql<SqlBool>`(t.id is null or shown.title is not null or w.doc_no is not null)`

/** Publications that speak of these, and those that they speak of: their pages read differently when these change. */
export async function publicationsAbout(db: Database, publicationIds: readonly string[]): Promise<string[]> {
  const ids = sql`any(${[...publicationIds]}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    select e.publication_id as id from works w
      join (select edition_id, work_id from links union select edition_id, work_id from effects) r on r.work_id = w.id
      join editions e on e.id = r.edition_id
    where w.publication_id = ${ids}
    union
    select w.publication_id from editions e
      join (select edition_id, work_id from links union select edition_id, work_id from effects) r on r.edition_id = e.id
      join works w on w.id = r.work_id
    where e.publication_id = ${ids} and w.publication_id is not null`.execute(db)
  return rows.map(row => row.id)
}
