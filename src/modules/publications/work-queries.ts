import { type SqlBool, sql } from 'kysely'
import { uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import { isPublic } from './visibility.ts'
import type { WorkLine } from './work-line.ts'

/**
 * Works are made and claimed by one act after the other: a citation that is being saved and the document that is being
 * published must not miss each other. Taken before any row that the two could hold against each other.
 */
export async function lockWorks(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('mingtang.works'))`.execute(db)
}

/**
 * The work that a line speaks of: by address, then number, then exact title; a new one when none is known yet. While a number
 * is not in the library, each title that was written for it stays a work of its own: nobody reads another's words.
 */
async function resolveWork(db: Database, line: WorkLine): Promise<string> {
  const known = await sql<{ id: string }>`
    select w.id from works w left join publications p on p.id = w.publication_id
    where case
      when ${line.publicId}::text is not null then p.public_id = ${line.publicId}
      when ${line.docNo}::text is not null then w.doc_no = ${line.docNo}
        and (w.publication_id is not null or ${line.title} in (w.title, w.doc_no))
      else w.title = ${line.title} end
    order by (w.publication_id is not null) desc, w.created_at limit 1`.execute(db)
  const found = known.rows[0]
  if (found) return found.id
  const id = uuidv7()
  // A document of ours that was never published has no work yet; an address of somebody else stays text
  const addressed =
    line.publicId === null
      ? undefined
      : await db
          .selectFrom('publications')
          .select('id')
          .where('publicId', '=', line.publicId)
          .executeTakeFirst()
  const publicationId = addressed?.id ?? null
  await db.insertInto('works').values({ id, title: line.title, docNo: line.docNo, publicationId }).execute()
  return id
}

/**
 * The work of a publication, made or found when it is published. Works that waited for it (same number, or same title where
 * neither has a number) become one with it, so that links and effects made earlier reach it. Under `lockWorks`.
 */
export async function claimWork(
  db: Database,
  publication: { id: string; title: string; docNo: string | null; issuer: string | null },
): Promise<string> {
  const own = await db
    .selectFrom('works')
    .select('id')
    .where('publicationId', '=', publication.id)
    .executeTakeFirst()
  const waiting = await sql<{ id: string }>`
    select id from works where publication_id is null and (
      (${publication.docNo}::text is not null and doc_no = ${publication.docNo})
      or (doc_no is null and title = ${publication.title}))
    order by created_at for update`.execute(db)
  const id = own?.id ?? waiting.rows[0]?.id ?? uuidv7()
  const { title, docNo, issuer } = publication
  await db
    .insertInto('works')
    .values({ id, title, docNo, issuer, publicationId: publication.id })
    .onConflict(conflict =>
      conflict.column('id').doUpdateSet({ title, docNo, issuer, publicationId: publication.id }),
    )
    .execute()
  for (const other of waiting.rows) if (other.id !== id) await mergeWork(db, other.id, id)
  return id
}

/** Moves what was said of one work to another; what had been said of both stays once. */
async function mergeWork(db: Database, from: string, into: string): Promise<void> {
  for (const table of ['links', 'effects'] as const) {
    const said = sql.table(table)
    await sql`update ${said} as said set work_id = ${into} where said.work_id = ${from} and not exists (select from ${said} as same
      where same.edition_id = said.edition_id and same.type = said.type and same.work_id = ${into})`.execute(
      db,
    )
    await db.deleteFrom(table).where('workId', '=', from).execute()
  }
  await db.deleteFrom('works').where('id', '=', from).execute()
}

export interface Relations {
  links: { type: string; line: WorkLine }[]
  effects: { type: string; line: WorkLine }[]
}

/** Links that editors type; what an act of another module has linked stays. */
const typedLinks = ['interprets', 'cites', 'replaces']

/** Writes anew what a draft edition says of other works. An effect without a day begins on `defaultDay`. */
export async function replaceRelations(
  db: Database,
  editionId: string,
  relations: Relations,
  defaultDay: string,
): Promise<void> {
  if (relations.links.length + relations.effects.length > 0) await lockWorks(db)
  await db.deleteFrom('links').where('editionId', '=', editionId).where('type', 'in', typedLinks).execute()
  await db.deleteFrom('effects').where('editionId', '=', editionId).execute()
  for (const { type, line } of relations.links) {
    const workId = await resolveWork(db, line)
    await db
      .insertInto('links')
      .values({ editionId, type, workId })
      .onConflict(c => c.doNothing())
      .execute()
  }
  for (const { type, line } of relations.effects) {
    const workId = await resolveWork(db, line)
    const effectiveFrom = line.from ?? defaultDay
    await db
      .insertInto('effects')
      .values({ editionId, type, workId, effectiveFrom })
      .onConflict(c => c.doNothing())
      .execute()
  }
}

/** A new edition begins with the links and effects of the one before, to the very same works. */
export async function copyRelations(db: Database, from: string, to: string): Promise<void> {
  await lockWorks(db)
  await sql`insert into links (edition_id, type, work_id)
    select ${to}, type, work_id from links where edition_id = ${from} on conflict do nothing`.execute(db)
  await sql`insert into effects (edition_id, type, work_id, effective_from)
    select ${to}, type, work_id, effective_from from effects where edition_id = ${from} on conflict do nothing`.execute(
    db,
  )
}

/** What an edition says of other works, as lines for its form. */
export async function relationsOf(db: Database, editionId: string): Promise<Relations> {
  const links = await sql<{ type: string; title: string; docNo: string | null }>`
    select l.type, w.title, w.doc_no from links l join works w on w.id = l.work_id where l.edition_id = ${editionId}
    order by l.type, w.title, w.doc_no`.execute(db)
  const effects = await sql<{ type: string; title: string; docNo: string | null; from: string }>`
    select f.type, w.title, w.doc_no, f.effective_from as "from" from effects f join works w on w.id = f.work_id
    where f.edition_id = ${editionId} order by f.type, w.title, w.doc_no`.execute(db)
  return {
    links: links.rows.map(({ type, ...work }) => ({ type, line: { ...work, from: null, publicId: null } })),
    effects: effects.rows.map(({ type, ...work }) => ({ type, line: { ...work, publicId: null } })),
  }
}

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

/** Addresses of public pages that speak of a work: they read differently when it changes. */
export async function publicationsAbout(db: Database, publicationId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct e.publication_id as id from works w
      join (select edition_id, work_id from links union select edition_id, work_id from effects) r on r.work_id = w.id
      join editions e on e.id = r.edition_id
    where w.publication_id = ${publicationId}
    union
    select distinct w.publication_id from editions e
      join (select edition_id, work_id from links union select edition_id, work_id from effects) r on r.edition_id = e.id
      join works w on w.id = r.work_id
    where e.publication_id = ${publicationId} and w.publication_id is not null`.execute(db)
  return rows.map(row => row.id)
}
