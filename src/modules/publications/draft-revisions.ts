import { sql } from 'kysely'
import { uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import type { EditionText } from './edition.ts'

/** How a revision of a draft came about. */
export const revisionWays = {
  begun: '起草',
  typed: '保存',
  section: '分节保存',
  autosave: '自动保存',
  'taken-over': '被接管或冲突时留存，没有进稿子',
  'from-docx': '用 Word 文件替换正文',
  restored: '恢复以前的修订',
  masked: '遮盖个人信息',
  signed: '签发',
} as const
export type RevisionWay = keyof typeof revisionWays

/** Autosaves of one person within this time are one revision. */
const foldMs = 10 * 60_000

/** An edition as it is kept: everything it says, and who says so. */
interface Kept extends EditionText {
  id: string
  publicationId: string
  number: number
  columnIds: readonly string[]
  shownUntil: string | null
  revision: number
  editedBy: string
  editedById: string | null
  editedAt: Date
}

/** Keeps a state of a draft, while its publication is locked. @returns the number of the revision. */
export async function keepRevision(
  db: Database,
  draft: Kept,
  way: RevisionWay,
  becameDraft = true,
): Promise<number> {
  const last = await lastOf(db, draft.id)
  const text = {
    title: draft.title,
    bodyHtml: draft.bodyHtml,
    fields: JSON.stringify(factsOf(draft)),
    revision: becameDraft ? draft.revision : null,
    savedBy: draft.editedBy,
    savedAt: draft.editedAt,
  }
  if (last && goesOn(last, draft, way)) {
    await db.updateTable('draftRevisions').set(text).where('id', '=', last.id).execute()
    return last.number
  }
  const number = (last?.number ?? 0) + 1
  await db
    .insertInto('draftRevisions')
    .values({
      ...text,
      id: uuidv7(),
      publicationId: draft.publicationId,
      editionId: draft.id,
      editionNumber: draft.number,
      number,
      way,
      savedById: draft.editedById,
      begunAt: draft.editedAt,
    })
    .execute()
  return number
}

/** The state that is about to be changed, where nothing has kept it yet: as it was begun, imported or signed. */
export async function keepFirst(db: Database, draft: Kept): Promise<void> {
  const last = await lastOf(db, draft.id)
  const kept = await db
    .selectFrom('draftRevisions')
    .select('id')
    .where('editionId', '=', draft.id)
    .where('revision', '=', draft.revision)
    .executeTakeFirst()
  if (!kept) await keepRevision(db, draft, last ? 'typed' : 'begun')
}

const lastOf = (db: Database, editionId: string) =>
  db
    .selectFrom('draftRevisions')
    .select(['id', 'number', 'way', 'savedById', 'begunAt'])
    .where('editionId', '=', editionId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

const goesOn = (
  last: { way: string; savedById: string | null; begunAt: Date },
  draft: Kept,
  way: RevisionWay,
): boolean =>
  way === 'autosave' &&
  last.way === 'autosave' &&
  last.savedById === draft.editedById &&
  draft.editedAt.getTime() - last.begunAt.getTime() < foldMs

function factsOf(draft: Kept) {
  const { summary, keywords, source, author, theme, genre, docNo, issuers } = draft
  const { signedOn, effectiveFrom, validUntil, changeNote, fields, columnIds, shownUntil } = draft
  return {
    ...{ summary, keywords, source, author, theme, genre, docNo, issuers, signedOn },
    ...{ effectiveFrom, validUntil, changeNote, fields, columnIds, shownUntil },
  }
}

export interface RevisionLine {
  id: string
  number: number
  editionId: string
  editionNumber: number
  way: RevisionWay
  savedBy: string
  savedAt: Date
}

export interface RevisionRow extends RevisionLine {
  title: string
  bodyHtml: string
  fields: Omit<EditionText, 'title' | 'bodyHtml'> & { columnIds: string[]; shownUntil: string | null }
}

/** The newest first. */
export async function listRevisions(
  db: Database,
  publicationId: string,
  page: { limit: number; offset: number } = { limit: 200, offset: 0 },
): Promise<RevisionLine[]> {
  const { rows } = await sql<RevisionLine>`
    select id, number, edition_id, edition_number, way, saved_by, saved_at from draft_revisions
    where publication_id = ${publicationId} order by edition_number desc, number desc
    limit ${page.limit} offset ${page.offset}`.execute(db)
  return rows
}

export async function countRevisions(db: Database, publicationId: string): Promise<number> {
  const { count } = await db
    .selectFrom('draftRevisions')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('publicationId', '=', publicationId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function findRevision(
  db: Database,
  publicationId: string,
  id: string,
): Promise<RevisionRow | undefined> {
  const { rows } = await sql<RevisionRow>`
    select * from draft_revisions where publication_id = ${publicationId} and id = ${id}`.execute(db)
  return rows[0]
}

/** Those of one draft in their order, for who wrote what; bounded, the newest count. */
export async function textsOfDraft(
  db: Database,
  editionId: string,
): Promise<{ bodyHtml: string; savedBy: string; savedAt: Date }[]> {
  const { rows } = await sql<{ bodyHtml: string; savedBy: string; savedAt: Date }>`
    select body_html, saved_by, saved_at from draft_revisions
    where edition_id = ${editionId} and revision is not null order by number desc limit 300`.execute(db)
  return rows.reverse()
}

/** Everything that a publication's drafts ever said, to be looked through when something is masked. */
export async function formerTexts(
  db: Database,
  publicationId: string,
): Promise<{ id: string; title: string; bodyHtml: string; fields: RevisionRow['fields'] }[]> {
  const { rows } = await sql<RevisionRow>`
    select id, title, body_html, fields from draft_revisions where publication_id = ${publicationId}`.execute(
    db,
  )
  return rows
}

export async function replaceTexts(
  db: Database,
  id: string,
  text: { title: string; bodyHtml: string; fields: RevisionRow['fields'] },
): Promise<void> {
  await sql`update draft_revisions set title = ${text.title}, body_html = ${text.bodyHtml},
    fields = ${JSON.stringify(text.fields)}, maskings = maskings + 1 where id = ${id}`.execute(db)
}
