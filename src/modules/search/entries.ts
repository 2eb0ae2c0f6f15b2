import { sql } from 'kysely'
import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import { type Vectors, wordsVersion } from './vectors.ts'

/** An edition as one site lists and finds it. */
export interface Entry extends Vectors {
  siteId: string
  editionId: string
  publicationId: string
  organId: string
  kind: string
  theme: string | null
  genre: string | null
  /** The form of an interpretation. */
  form: string | null
  /** The columns it is shown in, on whatever site. */
  columnIds: readonly string[]
  archive: boolean
  sortAt: Date
  /** The interval of the edition. */
  publicFrom: Date
  publicUntil: Date | null
  signedOn: PlainDate | null
  effectiveFrom: PlainDate | null
  validUntil: PlainDate | null
}

/** The first days from which public editions of others change what a publication is worth. */
export interface ValidityDates {
  publicationId: string
  repealedFrom: PlainDate | null
  amendedFrom: PlainDate | null
  partlyFrom: PlainDate | null
}

/**
 * Keeps entries, many in one statement: part of the transaction that publishes. Days of validity are empty until
 * `setValidityDates` says them.
 */
export async function insertEntries(db: Database, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(entry => ({
    ...entry,
    year: Number(dateInBeijing(entry.sortAt).slice(0, 4)),
    // Taken apart by JSON, an array of uuid would come as text
    columnIds: `{${entry.columnIds.join(',')}}`,
  }))
  await sql`
    insert into search_entries (site_id, edition_id, publication_id, organ_id, kind, theme, genre, form, column_ids, archive,
      year, sort_at, public_from, public_until, signed_on, effective_from, valid_until, words_version, heading, keywords, title_tsv, tsv)
    select "siteId", "editionId", "publicationId", "organId", kind, theme, genre, form, "columnIds", archive,
      year, "sortAt", "publicFrom", "publicUntil", "signedOn", "effectiveFrom", "validUntil", ${wordsVersion},
      heading, keywords, "titleVector"::tsvector, vector::tsvector
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      "siteId" uuid, "editionId" uuid, "publicationId" uuid, "organId" uuid, kind text, theme text, genre text, form text,
      "columnIds" uuid[], archive boolean, year smallint, "sortAt" timestamptz, "publicFrom" timestamptz, "publicUntil" timestamptz,
      "signedOn" date, "effectiveFrom" date, "validUntil" date, heading text, keywords text, "titleVector" text, vector text)`.execute(
    db,
  )
}

/** What was written is sorted into the indexes of words, all together: days of validity are set after whatever was written. */
async function gatherWords(db: Database): Promise<void> {
  await sql`select gather_search_words()`.execute(db)
}

/** Forgets every edition of the publications. */
export async function removeEntries(db: Database, publicationIds: readonly string[]): Promise<void> {
  if (publicationIds.length === 0) return
  await sql`delete from search_entries where publication_id = any(${[...publicationIds]}::uuid[])`.execute(db)
}

/** Forgets one edition: it will not open after all. */
export async function removeEdition(db: Database, editionId: string): Promise<void> {
  await db.deleteFrom('searchEntries').where('editionId', '=', editionId).execute()
}

/** A later edition opens at that instant: those before it end then, and those that were to open after it never do. */
export async function endEntries(db: Database, publicationId: string, at: Date): Promise<void> {
  await sql`delete from search_entries where publication_id = ${publicationId} and public_from >= ${at}`.execute(
    db,
  )
  await sql`update search_entries set public_until = ${at}
    where publication_id = ${publicationId} and (public_until is null or public_until > ${at})`.execute(db)
}

/** The end of an edition's interval, as it is now. */
export async function setEntryEnd(db: Database, editionId: string, publicUntil: Date | null): Promise<void> {
  await db.updateTable('searchEntries').set({ publicUntil }).where('editionId', '=', editionId).execute()
}

/** Writes what public effects make of publications; what is so already is left alone. */
export async function setValidityDates(db: Database, rows: readonly ValidityDates[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update search_entries s set repealed_from = r."repealedFrom", amended_from = r."amendedFrom", partly_from = r."partlyFrom"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      "publicationId" uuid, "repealedFrom" date, "amendedFrom" date, "partlyFrom" date)
    where s.publication_id = r."publicationId"
      and (s.repealed_from, s.amended_from, s.partly_from) is distinct from (r."repealedFrom", r."amendedFrom", r."partlyFrom")`.execute(
    db,
  )
  await gatherWords(db)
}

/** Editions whose words were made in an older way. */
export async function outdatedEditions(db: Database, limit: number): Promise<string[]> {
  const { rows } = await sql<{ editionId: string }>`
    select distinct edition_id from (select edition_id from search_entries where words_version < ${wordsVersion}
      order by words_version limit ${limit}) as old`.execute(db)
  return rows.map(row => row.editionId)
}

/** Makes the entries of an edition anew: under new numbers, because whoever remembers what holds a word relies on numbers. */
export async function renewEntries(db: Database, editionId: string, vectors: Vectors): Promise<void> {
  const { rows } = await sql<Entry & ValidityDates>`
    delete from search_entries where edition_id = ${editionId}
    returning site_id, edition_id, publication_id, organ_id, kind, theme, genre, form, column_ids, archive, sort_at,
      public_from, public_until, signed_on, effective_from, valid_until, repealed_from, amended_from, partly_from`.execute(
    db,
  )
  await insertEntries(
    db,
    rows.map(row => ({ ...row, ...vectors })),
  )
  await setValidityDates(db, rows)
}
