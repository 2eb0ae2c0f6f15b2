import { sql } from 'kysely'
import { conflict, notFound } from '#lib/errors'
import { type EditionFile, filesOfEdition } from '#modules/files'
import { guardPersonalData, lookThrough } from '#modules/personal-data'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type EditionRow, findDraft, lockPublication, publicationOf, textOfEdition } from './draft-queries.ts'
import { keepFirst, keepRevision } from './draft-revisions.ts'
import { digestOf, type EditionText, whatReviewMisses } from './edition.ts'
import { kindOf } from './kind.ts'
import { subjectOf } from './personal-data-subject.ts'

/** The draft of a publication as the procedure sees it that brings it to the public. */
export interface ProcedureDraft {
  editionId: string
  publicationId: string
  publicId: string
  siteId: string
  organId: string
  kind: string
  revision: number
  editedBy: string
  editedById: string | null
  editedAt: Date
  text: EditionText
  files: readonly EditionFile[]
  /** Of text, relations and files: the same digest is the same document. */
  digest: string
  /** What its kind asks for and is not there: field → message. */
  missing: Record<string, string>
}

/** Null when there is no draft any more: it is public, or was thrown away. */
export async function draftForProcedure(db: Database, publicationId: string): Promise<ProcedureDraft | null> {
  const publication = await publicationOf(db, publicationId)
  const draft = publication && (await findDraft(db, publicationId))
  if (!publication || !draft) return null
  const text = textOfEdition(draft)
  const files = await filesOfEdition(db, draft.id)
  return {
    editionId: draft.id,
    publicationId,
    publicId: publication.publicId,
    siteId: publication.siteId,
    organId: publication.organId,
    kind: publication.kind,
    revision: draft.revision,
    editedBy: draft.editedBy,
    editedById: draft.editedById,
    editedAt: draft.editedAt,
    text,
    files,
    digest: await digestOfDraft(db, draft, files),
    missing: whatReviewMisses(kindOf(publication.kind), text, {
      columnIds: draft.columnIds,
      wasPublic: false,
      files,
    }),
  }
}

async function digestOfDraft(
  db: Database,
  draft: EditionRow,
  files: readonly EditionFile[],
): Promise<string> {
  return digestOf({
    ...textOfEdition(draft),
    relations: await namedIn(db, draft.id),
    files: files.map(({ role, title, position, sha256 }) => ({ role, title, position, sha256 })),
  })
}

/** As the text names them: what becomes known of a work later on changes nothing that was signed. */
async function namedIn(db: Database, editionId: string) {
  const { rows } = await sql<{ relation: string; type: string; named: string; from: string | null }>`
    select 'link' as relation, type, coalesce(named, work_id::text) as named, null as "from" from links where edition_id = ${editionId}
    union all select 'effect', type, coalesce(named, work_id::text), effective_from::text from effects where edition_id = ${editionId}
    order by 1, 2, 3, 4`.execute(db)
  return rows
}

/** What a signature writes into the text. */
export interface Signature {
  docNo: string | null
  signedOn: string
  issuers: readonly string[]
  effectiveFrom: string | null
  /** 统一登记编号 of a normative document (R-NOR-10); left out, its field stays as it is. */
  unifiedNo?: string | undefined
}

/** Who signs, and when: the signed text is kept as a revision of its own. */
interface Signing {
  signer: string
  signerId: string | null
  at: Date
}

/**
 * Writes number, day and issuers of the signature into the draft, within the caller's transaction; who wrote the text stays who he is.
 * The signed text is a revision of its own.
 * @throws conflict when the text is not the one that was seen.
 */
export async function signDraft(
  db: Database,
  publicationId: string,
  seen: { revision: number },
  { unifiedNo, ...signature }: Signature,
  by: Signing,
): Promise<ProcedureDraft> {
  await lockPublication(db, publicationId)
  const before = await findDraft(db, publicationId)
  if (before) await keepFirst(db, before)
  const done = await db
    .updateTable('editions')
    .set({
      ...signature,
      issuers: [...signature.issuers],
      revision: seen.revision + 1,
      ...(unifiedNo ? { fields: sql`fields || ${JSON.stringify({ unifiedNo })}::jsonb` } : {}),
    })
    .where('publicationId', '=', publicationId)
    .where('sealedAt', 'is', null)
    .where('revision', '=', seen.revision)
    .executeTakeFirst()
  const signed = done.numUpdatedRows === 1n && (await findDraft(db, publicationId))
  if (signed)
    await keepRevision(
      db,
      { ...signed, editedBy: by.signer, editedById: by.signerId, editedAt: by.at },
      'signed',
    )
  const draft = signed && (await draftForProcedure(db, publicationId))
  if (!draft)
    throw conflict(
      'publications.edited-meanwhile',
      '您打开之后稿子又改过了。请重新打开，看过新的文字再签发。',
    )
  return draft
}

/** Looks the draft through for personal data and wrong words; what is found stays on record (X5). */
export async function lookThroughDraft(ctx: Context, publicationId: string): Promise<void> {
  const subject = await subjectOfDraft(ctx.db, publicationId)
  if (subject) await lookThrough(ctx, subject)
}

/** @throws invalid `personal-data.undecided` naming each finding that nobody has decided. */
export async function guardDraft(ctx: Context, publicationId: string): Promise<void> {
  const subject = await subjectOfDraft(ctx.db, publicationId)
  if (!subject) throw notFound('publications.no-draft', '没有可以送审的稿子。')
  await guardPersonalData(ctx, subject)
}

async function subjectOfDraft(db: Database, publicationId: string) {
  const publication = await publicationOf(db, publicationId)
  const draft = publication && (await findDraft(db, publicationId))
  if (!publication || !draft) return null
  return subjectOf(publication, draft, await filesOfEdition(db, draft.id))
}
