import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import { keepFirst, keepRevision, type RevisionWay } from './draft-revisions.ts'
import type { EditionText } from './edition.ts'

/** An edition row as the acts handle it. */
export interface EditionRow extends EditionText {
  id: string
  publicationId: string
  siteId: string
  number: number
  columnIds: string[]
  shownUntil: PlainDate | null
  revision: number
  editedBy: string
  editedById: string | null
  editedAt: Date
  submittedAt: Date | null
  sealedAt: Date | null
  publicFrom: Date | null
  publicUntil: Date | null
  digest: string | null
}

export interface PublicationRow {
  id: string
  siteId: string
  organId: string
  kind: string
  publicId: string
  indexNo: string | null
  archive: boolean
  sourcePublishedOn: PlainDate | null
  firstPublicAt: Date | null
  leftHow: string | null
  createdBy: string
  createdAt: Date
}

/** The publication, locked until the act commits, so that two officers act one after the other; others may point to it. */
export async function lockPublication(db: Database, id: string): Promise<PublicationRow | undefined> {
  const { rows } = await sql<PublicationRow>`
    select * from publications where id = ${id} for no key update`.execute(db)
  return rows[0]
}

/** Whether readers have ever seen it; a first publication that only is scheduled was not. */
export const wasPublic = (publication: Pick<PublicationRow, 'firstPublicAt'>, now: Date): boolean =>
  publication.firstPublicAt !== null && publication.firstPublicAt <= now

/** Sealed and open for a while at least; a schedule that was cancelled leaves an empty interval. */
export const hasInterval = (edition: Pick<EditionRow, 'publicFrom' | 'publicUntil'>): boolean =>
  edition.publicFrom !== null && (edition.publicUntil === null || edition.publicUntil > edition.publicFrom)

export async function findPublication(db: Database, publicId: string): Promise<PublicationRow | undefined> {
  const { rows } =
    await sql<PublicationRow>`select * from publications where public_id = ${publicId}`.execute(db)
  return rows[0]
}

/** As it stands, without holding it. */
export async function publicationOf(db: Database, id: string): Promise<PublicationRow | undefined> {
  const { rows } = await sql<PublicationRow>`select * from publications where id = ${id}`.execute(db)
  return rows[0]
}

export async function findDraft(db: Database, publicationId: string): Promise<EditionRow | undefined> {
  const { rows } = await sql<EditionRow>`
    select * from editions where publication_id = ${publicationId} and sealed_at is null`.execute(db)
  return rows[0]
}

export async function listEditions(db: Database, publicationId: string): Promise<EditionRow[]> {
  const { rows } = await sql<EditionRow>`
    select * from editions where publication_id = ${publicationId} order by number desc`.execute(db)
  return rows
}

export interface NewEdition {
  publicationId: string
  siteId: string
  number: number
  text: EditionText
  columnIds: readonly string[]
  shownUntil: PlainDate | null
  editedBy: string
  editedById: string | null
  editedAt: Date
}

/** @returns the id of the new draft. */
export async function insertDraft(db: Database, edition: NewEdition): Promise<string> {
  const id = uuidv7()
  const { text, columnIds, ...rest } = edition
  await db
    .insertInto('editions')
    .values({ id, ...rest, ...columnsOfText(text), columnIds: [...columnIds] })
    .execute()
  return id
}

/** Saves a draft if nobody else has since `revision`, and keeps the revision; returns false when somebody has. */
export async function updateDraft(
  db: Database,
  id: string,
  revision: number,
  change: Omit<NewEdition, 'publicationId' | 'siteId' | 'number'>,
  way: RevisionWay = 'typed',
): Promise<boolean> {
  const before = await findEdition(db, id)
  if (before?.revision === revision && !before.sealedAt) await keepFirst(db, before)
  const { text, columnIds, ...rest } = change
  const done = await db
    .updateTable('editions')
    .set({ ...rest, ...columnsOfText(text), columnIds: [...columnIds], revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('sealedAt', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n || !before) return false
  await keepRevision(db, { ...before, ...rest, ...text, columnIds, revision: revision + 1 }, way)
  return true
}

async function findEdition(db: Database, id: string): Promise<EditionRow | undefined> {
  const { rows } = await sql<EditionRow>`select * from editions where id = ${id}`.execute(db)
  return rows[0]
}

function columnsOfText(text: EditionText) {
  return { ...text, issuers: [...text.issuers], fields: JSON.stringify(text.fields) }
}

/** The text alone, out of a row. */
export function textOfEdition(row: EditionRow): EditionText {
  const { title, summary, keywords, source, author, theme, genre, docNo, issuers } = row
  const { signedOn, effectiveFrom, validUntil, bodyHtml, changeNote, fields } = row
  return {
    title,
    summary,
    keywords,
    source,
    author,
    theme,
    genre,
    docNo,
    issuers,
    signedOn,
    effectiveFrom,
    validUntil,
    bodyHtml,
    changeNote,
    fields,
  }
}
