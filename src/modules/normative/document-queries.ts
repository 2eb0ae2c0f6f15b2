import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'

/** The text of a document that counts: the draft while it was never public, else what readers see. */
export interface DocumentText {
  publicationId: string
  publicId: string
  siteId: string
  organId: string
  kind: string
  archive: boolean
  firstPublicAt: Date | null
  title: string
  docNo: string | null
  genre: string | null
  issuers: string[]
  signedOn: PlainDate | null
  effectiveFrom: PlainDate | null
  validUntil: PlainDate | null
  unifiedNo: string | null
  isDraft: boolean
  textMark: string
}

/** By id or public id; null when there is none, or when it has left. */
export async function findDocument(
  db: Database,
  now: Date,
  where: { id: string } | { publicId: string },
): Promise<DocumentText | null> {
  const isMeant = 'id' in where ? sql`d.publication_id = ${where.id}` : sql`d.public_id = ${where.publicId}`
  const { rows } = await sql<DocumentText>`
    select d.publication_id, d.public_id, d.site_id, d.organ_id, d.kind, d.archive, d.first_public_at, d.title, d.doc_no, d.genre,
      d.issuers, d.signed_on, d.effective_from, d.valid_until, d.unified_no, d.sealed_at is null as is_draft, d.text_mark
    from document_editions d where ${isMeant} and d.left_how is null
      and (d.sealed_at is null or d.public_until is null or d.public_until > d.public_from)
    order by (d.public_from <= ${now} and (d.public_until is null or d.public_until > ${now})) desc nulls last,
      (d.sealed_at is null) desc, d.number desc limit 1`.execute(db)
  return rows[0] ?? null
}
