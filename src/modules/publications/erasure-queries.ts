import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { ErasedField, ErasureFacts } from './erasure.ts'

export interface ErasureRow {
  id: string
  publicationId: string
  ground: string
  reason: string
  passages: string[] | null
  fileIds: string[]
  askedBy: string
  askedById: string
  askedAt: Date
  confirmedBy: string | null
  confirmedById: string | null
  confirmedAt: Date | null
  declinedAt: Date | null
  entry: number | null
}

export async function listErasures(db: Database, publicationId: string): Promise<ErasureRow[]> {
  const { rows } = await sql<ErasureRow>`
    select * from erasures where publication_id = ${publicationId} order by asked_at desc`.execute(db)
  return rows
}

export async function lockErasure(db: Database, id: string): Promise<ErasureRow | undefined> {
  const { rows } = await sql<ErasureRow>`select * from erasures where id = ${id} for update`.execute(db)
  return rows[0]
}

/** The fields of editions that were erased, the newest erasure of each; with the place of its leaf. */
export async function erasedFieldsOf(
  db: Database,
  editionIds: readonly string[],
): Promise<Map<string, Map<string, ErasedField & { entry: number }>>> {
  const { rows } = await sql<
    Omit<ErasedField, 'salt' | 'commitment'> & { salt: Buffer | null; commitment: Buffer; entry: number }
  >`select f.erasure_id, f.edition_id, f.field, f.salt, f.commitment, r.entry from edition_erasures f
    join erasures r on r.id = f.erasure_id where f.edition_id = any(${editionIds}::uuid[]) order by r.entry`.execute(
    db,
  )
  const found = new Map<string, Map<string, ErasedField & { entry: number }>>()
  for (const row of rows) {
    const own = found.get(row.editionId) ?? new Map()
    own.set(row.field, {
      ...row,
      salt: row.salt && new Uint8Array(row.salt),
      commitment: new Uint8Array(row.commitment),
    })
    found.set(row.editionId, own)
  }
  return found
}

export async function insertErasedFields(db: Database, fields: readonly ErasedField[]): Promise<void> {
  for (const { editionId, field } of fields)
    await sql`update edition_erasures set salt = null where edition_id = ${editionId} and field = ${field} and salt is not null`.execute(
      db,
    )
  const hex = (bytes: Uint8Array | null) => bytes && `\\x${Buffer.from(bytes).toString('hex')}`
  await insertMany(
    db,
    'editionErasures',
    fields.map(({ salt, commitment, ...rest }) => ({
      ...rest,
      salt: hex(salt),
      commitment: hex(commitment),
    })),
  )
}

export interface DoneErasure extends ErasureFacts {
  id: string
  entry: number
  fields: { field: string; commitment: Uint8Array; number: number }[]
}

/** All that were carried out, as the log has to tell them. */
export async function doneErasures(db: Database): Promise<DoneErasure[]> {
  const { rows } = await sql<ErasureFacts & { id: string; entry: number }>`
    select r.id, r.entry, r.ground, r.confirmed_at as at, s.key as site, p.kind, p.public_id from erasures r
    join publications p on p.id = r.publication_id join site_names s on s.id = r.site_id
    where r.entry is not null order by r.entry`.execute(db)
  const fields = await sql<{ erasureId: string; field: string; commitment: Buffer; number: number }>`
    select f.erasure_id, f.field, f.commitment, e.number from edition_erasures f join editions e on e.id = f.edition_id`.execute(
    db,
  )
  const byErasure = Map.groupBy(fields.rows, one => one.erasureId)
  return rows.map(row => ({
    ...row,
    fields: (byErasure.get(row.id) ?? []).map(one => ({
      ...one,
      commitment: new Uint8Array(one.commitment),
    })),
  }))
}
