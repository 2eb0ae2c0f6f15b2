import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { EditionFile, FileRole, StoredFile } from './stored-file.ts'

const columns = [
  'files.id',
  'files.publicId',
  'files.siteId',
  'files.name',
  'files.mediaType',
  'files.size',
  'files.sha256',
  'files.storageKey',
  'files.width',
  'files.height',
  'files.altText',
  'files.held',
  'files.imported',
  'files.uploadedBy',
  'files.uploadedById',
  'files.uploadedAt',
] as const

type Row = { [Field in keyof StoredFile]: Field extends 'storageKey' ? string | null : StoredFile[Field] }

/** `checked` rows always have their key: the table says so. */
const asFile = <R extends Row>(row: R) => ({ ...row, storageKey: row.storageKey ?? '' })

const checked = (db: Database) =>
  db
    .selectFrom('files')
    .select(columns)
    .where('files.state', '=', 'checked')
    .where('files.closedAt', 'is', null)

/** The file of an address, or null. Whether the reader may see it is for the editions that use it to say. */
export async function fileForPublicId(db: Database, publicId: string): Promise<StoredFile | null> {
  const row = await checked(db).where('files.publicId', '=', publicId).executeTakeFirst()
  return row ? asFile(row) : null
}

export async function findFile(db: Database, id: string): Promise<StoredFile | null> {
  const row = await checked(db).where('files.id', '=', id).executeTakeFirst()
  return row ? asFile(row) : null
}

/** What an edition shows: pictures as in its body, attachments in their order. */
export async function filesOfEdition(db: Database, editionId: string): Promise<EditionFile[]> {
  const rows = await checked(db)
    .innerJoin('fileUses', 'fileUses.fileId', 'files.id')
    .select(['fileUses.role', 'fileUses.title', 'fileUses.position'])
    .where('fileUses.editionId', '=', editionId)
    .orderBy('fileUses.role')
    .orderBy('fileUses.position')
    .orderBy('files.id')
    .execute()
  return rows.map(row => ({ ...asFile(row), role: row.role as FileRole }))
}

/** What an edition shows, with what its bytes are. */
export interface ShownFile extends Pick<StoredFile, 'name' | 'size' | 'sha256' | 'held'> {
  editionId: string
  role: FileRole
  title: string
}

/** The files of many editions, each edition's in their order. */
export async function filesOfEditions(db: Database, editionIds: readonly string[]): Promise<ShownFile[]> {
  const { rows } = await sql<ShownFile>`
    select u.edition_id, u.role, u.title, f.name, f.size, f.sha256, f.held
    from file_uses u join files f on f.id = u.file_id where u.edition_id = any(${editionIds}::uuid[])
    order by u.edition_id, u.role, u.position, u.file_id`.execute(db)
  return rows
}

/** The editions that use a file: one that the reader may see opens the file to them. */
export async function editionsUsingFile(db: Database, fileId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('fileUses')
    .select('editionId')
    .distinct()
    .where('fileId', '=', fileId)
    .execute()
  return rows.map(row => row.editionId)
}

export interface NewFile extends Omit<StoredFile, 'storageKey'> {
  state: 'quarantined' | 'refused'
  storageKey: string | null
  refusedBecause: string | null
}

export async function insertFiles(db: Database, files: readonly NewFile[]): Promise<void> {
  await insertMany(db, 'files', files)
}

export async function markChecked(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('files').set({ state: 'checked' }).where('id', 'in', ids).execute()
}

/** Files of a site with this content. */
export async function findChecked(
  db: Database,
  siteId: string,
  sha256s: readonly string[],
): Promise<StoredFile[]> {
  if (sha256s.length === 0) return []
  const rows = await checked(db)
    .where('files.siteId', '=', siteId)
    .where('files.sha256', 'in', sha256s)
    .orderBy('files.id')
    .execute()
  return rows.map(asFile)
}

/** Opens held files. @returns those that were held. */
export async function openHeld(db: Database, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .updateTable('files')
    .set({ held: false })
    .where('id', 'in', ids)
    .where('held', '=', true)
    .returning('id')
    .execute()
  return rows.map(row => row.id)
}

/**
 * Puts a file into an edition, at the end unless a place is given; again for the same file changes title and place.
 * False when there is no such checked file.
 */
export async function insertUse(
  db: Database,
  use: { editionId: string; fileId: string; role: FileRole; title: string; position: number | null },
): Promise<boolean> {
  const next = sql<number>`coalesce(${use.position}::integer, (select coalesce(max(u.position), 0) + 1 from file_uses u
    where u.edition_id = ${use.editionId} and u.role = ${use.role}))`
  const result = await db
    .insertInto('fileUses')
    .columns(['editionId', 'fileId', 'role', 'title', 'position'])
    .expression(
      checked(db)
        .clearSelect()
        .select([
          sql<string>`${use.editionId}::uuid`.as('editionId'),
          'files.id as fileId',
          sql<string>`${use.role}::text`.as('role'),
          sql<string>`${use.title}::text`.as('title'),
          next.as('position'),
        ])
        .where('files.id', '=', use.fileId),
    )
    .onConflict(conflict =>
      conflict.columns(['editionId', 'role', 'fileId']).doUpdateSet(eb => ({
        title: eb.ref('excluded.title'),
        position: use.position === null ? eb.ref('fileUses.position') : eb.ref('excluded.position'),
      })),
    )
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** A file in an edition, at its place. */
export interface NewUse {
  editionId: string
  fileId: string
  role: FileRole
  title: string
  position: number
}

export async function insertUses(db: Database, uses: readonly NewUse[]): Promise<void> {
  await insertMany(db, 'fileUses', uses, sql`on conflict do nothing`)
}

export async function deleteUse(
  db: Database,
  editionId: string,
  fileId: string,
  role: FileRole,
): Promise<void> {
  await db
    .deleteFrom('fileUses')
    .where('editionId', '=', editionId)
    .where('fileId', '=', fileId)
    .where('role', '=', role)
    .execute()
}

export async function deleteUsesOfRole(db: Database, editionId: string, role: FileRole): Promise<void> {
  await db.deleteFrom('fileUses').where('editionId', '=', editionId).where('role', '=', role).execute()
}

/** A new edition begins with the files of the one before. */
export async function copyUses(db: Database, fromEdition: string, toEdition: string): Promise<void> {
  await db
    .insertInto('fileUses')
    .columns(['editionId', 'fileId', 'role', 'title', 'position'])
    .expression(
      db
        .selectFrom('fileUses')
        .select([sql<string>`${toEdition}::uuid`.as('editionId'), 'fileId', 'role', 'title', 'position'])
        .where('editionId', '=', fromEdition),
    )
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function listUnused(
  db: Database,
  uploadedBefore: Date,
): Promise<{ id: string; storageKey: string | null }[]> {
  return db
    .selectFrom('files')
    .select(['id', 'storageKey'])
    .where('uploadedAt', '<', uploadedBefore)
    .where(unused)
    .orderBy('uploadedAt')
    .execute()
}

/** False when an edition has begun to use it meanwhile. */
export async function deleteUnused(db: Database, id: string): Promise<boolean> {
  const result = await db.deleteFrom('files').where('id', '=', id).where(unused).executeTakeFirst()
  return result.numDeletedRows > 0n
}

const nowhere = sql<boolean>`not exists (select from file_uses u where u.file_id = files.id)`
const unused = sql<boolean>`closed_at is null and ${nowhere}`

export async function isKeyInUse(db: Database, storageKey: string): Promise<boolean> {
  const row = await db
    .selectFrom('files')
    .select('id')
    .where('storageKey', '=', storageKey)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Several keys, always in the same order. */
export async function lockStorageKeys(db: Database, storageKeys: readonly string[]): Promise<void> {
  for (const key of [...new Set(storageKeys)].sort()) await lockStorageKey(db, key)
}

/** Keeping and removing the bytes of one key exclude one another until the transaction ends. */
export async function lockStorageKey(db: Database, storageKey: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`files:${storageKey}`}, 0))`.execute(db)
}

/** Masked files go into the closed zone: kept, used by no edition any more. */
export async function closeFiles(db: Database, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('files').set({ closedAt: at }).where('id', 'in', ids).where(nowhere).execute()
}

/** The closed zone lets go of them: the next purge removes them. */
export async function releaseClosed(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('files').set({ closedAt: null }).where('id', 'in', ids).execute()
}

export async function findClosed(db: Database, id: string): Promise<StoredFile | null> {
  const row = await db
    .selectFrom('files')
    .select(columns)
    .where('files.id', '=', id)
    .where('files.closedAt', 'is not', null)
    .executeTakeFirst()
  return row ? asFile(row) : null
}
