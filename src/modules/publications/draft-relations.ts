import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import { lockWorks, type Relations, relateWorks } from './relate-works.ts'

/** Links that editors type; what an act of another module has linked stays. */
const typedLinks = ['interprets', 'cites', 'replaces']

/** Writes anew what a draft edition says of other works. An effect without a day begins on `defaultDay`. */
export async function replaceRelations(
  db: Database,
  editionId: string,
  relations: Relations,
  defaultDay: string,
): Promise<void> {
  await db.deleteFrom('links').where('editionId', '=', editionId).where('type', 'in', typedLinks).execute()
  await db.deleteFrom('effects').where('editionId', '=', editionId).execute()
  if (relations.links.length + relations.effects.length === 0) return
  await lockWorks(db)
  const speaker = await db
    .selectFrom('editions')
    .select([
      'publicationId',
      sql<PlainDate | null>`coalesce(signed_on, effective_from)`.as('day'),
      sql<string | null>`issuers[1]`.as('issuer'),
    ])
    .where('id', '=', editionId)
    .executeTakeFirstOrThrow()
  await relateWorks(db, [], [{ editionId, speaker, relations, defaultDay }])
}

/** A new edition begins with the links and effects of the one before, to the very same works. */
export async function copyRelations(db: Database, from: string, to: string): Promise<void> {
  await lockWorks(db)
  await sql`insert into links (edition_id, type, work_id, named_by, named)
    select ${to}, type, work_id, named_by, named from links where edition_id = ${from} on conflict do nothing`.execute(
    db,
  )
  await sql`insert into effects (edition_id, type, work_id, effective_from, named_by, named)
    select ${to}, type, work_id, effective_from, named_by, named from effects where edition_id = ${from} on conflict do nothing`.execute(
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
