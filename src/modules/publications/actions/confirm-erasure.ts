import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { canonical } from '#lib/canonical-json'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { toBase64 } from '#lib/tlog/bytes'
import { saltOf } from '#lib/tlog/commitments'
import { recordAct } from '#modules/audit'
import { eraseFiles } from '#modules/files'
import { eraseOriginals } from '#modules/personal-data'
import { renewEntries, vectorsOf } from '#modules/search'
import { appendEntries } from '#modules/transparency-log'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { asJsonRows } from '#platform/db/insert-many'
import { announceChange } from '#platform/http/cache-news'
import { commitmentsFor } from '../commitment-queries.ts'
import {
  type EditionRow,
  listEditions,
  lockPublication,
  type PublicationRow,
  textOfEdition,
} from '../draft-queries.ts'
import { relationsOf } from '../draft-relations.ts'
import { formerTexts, replaceTexts } from '../draft-revisions.ts'
import { digestOf } from '../edition.ts'
import { type EditionRecord, readEditionRecords } from '../edition-record.ts'
import {
  commitAgain,
  type ErasedField,
  entryOfErasure,
  eraseCopies,
  erasedMark,
  erasureSubject,
  withoutPassages,
} from '../erasure.ts'
import { erasedFieldsOf, insertErasedFields, lockErasure } from '../erasure-queries.ts'
import { mayConfirmErasure } from '../policy.ts'
import { wordsOfEdition } from '../search-entry.ts'
import { tagsOf } from '../tags.ts'

/**
 * The second person confirms: the words leave every edition, the draft, the closed zone, search and every copy; the salts that could
 * open the old commitments are destroyed, and the log gets a leaf that tells it and commits to what remains. All in one transaction.
 * @returns the storage keys whose bytes are to be removed once it holds
 */
export function confirmErasure(ctx: Context, erasureId: string): Promise<{ entry: number; freed: string[] }> {
  return inTransaction(ctx.db, async db => {
    const asked = await lockErasure(db, erasureId)
    const publication = asked && (await lockPublication(db, asked.publicationId))
    if (!asked || !publication) throw notFound('publications.no-erasure', '没有这一项依法删除。')
    permit(mayConfirmErasure(ctx.actor, publication.organId), 'publications.may-not-confirm-erasure')
    const confirmedById = actorId(ctx.actor)
    if (confirmedById === null || confirmedById === asked.askedById)
      throw invalid('publications.erasure-second-person', '依法删除须由提出人以外的另一个人确认。')
    if (asked.entry !== null || asked.declinedAt)
      throw conflict('publications.erasure-done', '这一项已经办完。')
    const now = ctx.clock.now()
    const passages = asked.passages ?? []
    const editions = await listEditions(db, publication.id)
    const ids = editions.map(edition => edition.id)
    const kept = await commitmentsFor(db, ids)
    const saidBefore = new Map([...kept].map(([id, one]) => [id, one.said]))
    const before = byEdition(await readEditionRecords(db, ids, saidBefore))

    await db
      .updateTable('erasures')
      .set({ confirmedBy: actorName(ctx.actor), confirmedById, confirmedAt: now })
      .where('id', '=', erasureId)
      .execute()
    await eraseTexts(db, erasureId, publication, editions, passages)
    const freed = asked.fileIds.length > 0 ? await eraseFiles(db, erasureId, asked.fileIds, now) : []
    await eraseOriginals(db, erasureId, publication.id)
    await eraseRevisions(db, publication.id, passages)
    for (const [id, said] of saidBefore) saidBefore.set(id, withoutPassages(said, passages))
    const after = byEdition(await readEditionRecords(db, ids, saidBefore))
    const fields = await commitErased(db, erasureId, kept, before, after, passages)
    await renewSearch(db, publication)
    await eraseCopies(
      { ...ctx, db },
      { publicationId: publication.id, editionIds: ids, passages, fileIds: asked.fileIds },
    )
    await recordAct(db, ctx, {
      act: 'publications.erased',
      sentence: '确认依法删除个人信息：各版本、检索、缓存和副本里的有关内容已经删除',
      object: { kind: 'publication', id: publication.id, label: publication.publicId },
    })
    const { key: site } = await sql<{
      key: string
    }>`select key from site_names where id = ${publication.siteId}`
      .execute(db)
      .then(({ rows }) => rows[0] ?? { key: '' })
    const numbers = new Map(editions.map(edition => [edition.id, edition.number]))
    const told = fields.map(one => ({ ...one, number: numbers.get(one.editionId) ?? 0 }))
    const entry = await appendEntries(db, ctx, [
      {
        subject: erasureSubject(publication.publicId),
        entry: entryOfErasure(
          { site, kind: publication.kind, publicId: publication.publicId, ground: asked.ground, at: now },
          told,
        ),
      },
    ])
    await db.updateTable('erasures').set({ passages: null, entry }).where('id', '=', erasureId).execute()
    await announceChange(db, ['*', ...(await tagsOf(db, publication))])
    return { entry, freed }
  })
}

const byEdition = (records: readonly EditionRecord[]) =>
  new Map(records.map(one => [one.editionId, one.fields]))

/** Every edition, drafts too; the plain digest of the whole text would let a short value be guessed, so it is made anew. */
async function eraseTexts(
  db: Database,
  erasureId: string,
  publication: PublicationRow,
  editions: readonly EditionRow[],
  passages: readonly string[],
): Promise<void> {
  const rows = []
  for (const edition of editions) {
    const text = withoutPassages(textOfEdition(edition), passages)
    const relations = withoutPassages(JSON.parse(canonical(await relationsOf(db, edition.id))), passages)
    const digest =
      edition.sealedAt && edition.publicFrom
        ? digestOf({
            publicId: publication.publicId,
            kind: publication.kind,
            indexNo: publication.indexNo,
            number: edition.number,
            publicAt: edition.publicFrom.toISOString(),
            ...text,
            relations,
          })
        : null
    rows.push({ id: edition.id, ...text, digest })
  }
  await sql`select erase_texts(${erasureId}, ${asJsonRows(rows)}::jsonb, ${erasedMark})`.execute(db)
}

/** The track of drafts, of those that were thrown away too. */
async function eraseRevisions(
  db: Database,
  publicationId: string,
  passages: readonly string[],
): Promise<void> {
  for (const { id, ...text } of await formerTexts(db, publicationId)) {
    const clean = withoutPassages(text, passages)
    if (canonical(clean) !== canonical(text)) await replaceTexts(db, id, clean)
  }
}

/** What reads differently now is committed to anew; the seed goes, and with it what opens the old commitments of these fields. */
async function commitErased(
  db: Database,
  erasureId: string,
  kept: Awaited<ReturnType<typeof commitmentsFor>>,
  before: ReadonlyMap<string, Record<string, unknown>>,
  after: ReadonlyMap<string, Record<string, unknown>>,
  passages: readonly string[],
): Promise<ErasedField[]> {
  const earlier = await erasedFieldsOf(db, [...kept.keys()])
  const fresh: ErasedField[] = []
  for (const [editionId, one] of kept) {
    const [was, is] = [before.get(editionId) ?? {}, after.get(editionId) ?? {}]
    const changed = Object.keys(is).filter(
      name => canonical(was[name] ?? null) !== canonical(is[name] ?? null),
    )
    if (changed.length === 0) continue
    for (const field of changed) {
      const salt = new Uint8Array(randomBytes(32))
      fresh.push({ erasureId, editionId, field, salt, commitment: commitAgain(salt, field, is[field]) })
    }
    const gone = new Set([...changed, ...(earlier.get(editionId)?.keys() ?? [])])
    const salts = Object.fromEntries(
      [...one.commitments.keys()].flatMap(name => {
        const salt = one.seed ? toBase64(saltOf(one.seed, name)) : one.salts?.[name]
        return gone.has(name) || salt === undefined ? [] : [[name, salt]]
      }),
    )
    await sql`update edition_commitments set seed = null, salts = ${JSON.stringify(salts)}::jsonb,
      said = ${JSON.stringify(withoutPassages(one.said, passages))}::jsonb where edition_id = ${editionId}`.execute(
      db,
    )
  }
  await insertErasedFields(db, fresh)
  return fresh
}

async function renewSearch(db: Database, publication: PublicationRow): Promise<void> {
  for (const edition of await listEditions(db, publication.id))
    if (edition.sealedAt)
      await renewEntries(db, edition.id, vectorsOf(wordsOfEdition(textOfEdition(edition))))
}

/** Nothing is erased after all; what was to go is forgotten. */
export function declineErasure(ctx: Context, erasureId: string): Promise<void> {
  return inTransaction(ctx.db, async db => {
    const asked = await lockErasure(db, erasureId)
    const publication = asked && (await lockPublication(db, asked.publicationId))
    if (!asked || !publication) throw notFound('publications.no-erasure', '没有这一项依法删除。')
    permit(mayConfirmErasure(ctx.actor, publication.organId), 'publications.may-not-confirm-erasure')
    if (asked.entry !== null || asked.declinedAt)
      throw conflict('publications.erasure-done', '这一项已经办完。')
    await db
      .updateTable('erasures')
      .set({ passages: null, declinedAt: ctx.clock.now() })
      .where('id', '=', erasureId)
      .execute()
    await recordAct(db, ctx, {
      act: 'publications.erasure-declined',
      sentence: '不予依法删除',
      object: { kind: 'publication', id: publication.id, label: publication.publicId },
    })
  })
}
