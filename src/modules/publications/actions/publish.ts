import { sql } from 'kysely'
import { dateInBeijing, fromBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'
import { canonical } from '#lib/canonical-json'
import { conflict, invalid, notAllowed, notFound } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag } from '#modules/duties'
import { filesOfEdition } from '#modules/files'
import { guardPersonalData } from '#modules/personal-data'
import { endEntries, insertEntries, removeEntries } from '#modules/search'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { pastRefused } from '../backdating.ts'
import {
  type EditionRow,
  findDraft,
  lockPublication,
  type PublicationRow,
  textOfEdition,
  wasPublic,
} from '../draft-queries.ts'
import { relationsOf } from '../draft-relations.ts'
import { digestOf, whatReviewMisses } from '../edition.ts'
import { filing } from '../filing.ts'
import { allocateIndexNumber } from '../index-number.ts'
import { type KindFile, kindOf } from '../kind.ts'
import { logLeaves } from '../log-leaves.ts'
import { subjectOf } from '../personal-data-subject.ts'
import { replacePlacements } from '../placement-queries.ts'
import { procedureOf, refuseStrayDocument } from '../procedure.ts'
import { settleDuties } from '../publication-duties.ts'
import { insertPublishingAct } from '../publishing-acts.ts'
import { claimWork, lockWorks } from '../relate-works.ts'
import { entriesOf } from '../search-entry.ts'
import { publicationTag, tagsOf } from '../tags.ts'
import { refreshValidityDates } from '../validity-dates.ts'

/** Why this may be public (R-EXC-09): never absent. */
export type Clearance =
  | { kind: 'review'; opinion: string }
  | { kind: 'archive-import'; run: string; source: string }
  | { kind: 'sample'; publicAt: Date }
  /** Signed after its whole procedure: the case, and the secrecy opinion that it carries (R-EXC-10). */
  | { kind: 'document'; documentId: string; opinion: string }

/** By a procedure of people, beside which archive imports and the sample come with a clearance of their own. */
const isReviewed = ({ kind }: Clearance): boolean => kind === 'review' || kind === 'document'

export interface PublishInput {
  publicationId: string
  /** The draft revision that was reviewed: another text than the one that was read does not go out. */
  revision: number
  /** Later than now: the edition opens by itself at that instant. */
  publicAt?: Date | undefined
}

/**
 * The one door to the public. Seals the draft, opens it at `publicAt`, closes the edition before it, and writes search row,
 * placements, work, publishing act, audit and the notice to the page caches: all in one transaction, or nothing.
 * `meets` names the duties that the publication is said to meet; they are recorded with the act and end when it opens.
 * @throws invalid when the edition lacks what its kind requires; conflict when it changed or left meanwhile.
 */
export async function publish(
  ctx: Context,
  input: PublishInput,
  clearance: Clearance,
  meets: readonly string[] = [],
): Promise<{ publicId: string; editionId: string; publicAt: Date }> {
  return inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, input.publicationId)
    if (!publication) throw notFound('publications.unknown', '没有这件发布物。')
    const draft = await findDraft(db, publication.id)
    if (!draft)
      throw conflict('publications.no-draft', '这件发布物没有待发布的稿子：也许同事刚刚已经发布了它。')
    if (draft.revision !== input.revision)
      throw conflict('publications.draft-changed', '审查之后稿子又改过了。请重新打开、看过新的文字再发布。')
    if (publication.leftHow) throw conflict('publications.left', '这件发布物已经撤下，不能再发布。')
    const now = ctx.clock.now()
    const before = wasPublic(publication, now)
    const files = await filesOfEdition(db, draft.id)
    if (isReviewed(clearance)) {
      const procedure = procedureOf(publication, now)
      if (procedure) await procedure.clearing(db, ctx, clearance)
      else refuseStrayDocument(clearance)
    }
    refuseBorrowedClearance(ctx, publication, clearance)
    checkWhole(publication, draft, clearance, before, files)
    // Archive imports and the sample have their own clearance; what stands in them is counted afterwards (X5)
    if (isReviewed(clearance)) await guardPersonalData({ ...ctx, db }, subjectOf(publication, draft, files))

    const publicAt = clearance.kind === 'sample' ? clearance.publicAt : later(now, input.publicAt)
    // Not even asked for (S-META-04): who wanted a schedule and was a little late gets now
    if (input.publicAt && input.publicAt.getTime() < now.getTime() - slipMs)
      throw await pastRefused(db, ctx, input.publicAt, {
        kind: 'publication',
        id: publication.id,
        label: draft.title,
      })
    await lockWorks(db)
    const clearanceId = await saveClearance(db, ctx, clearance)
    const indexNo =
      publication.indexNo ??
      (await allocateIndexNumber(
        db,
        publication.organId,
        dateInBeijing(publicAt).slice(0, 7).replace('-', ''),
      ))
    // A first edition that only was scheduled may be overtaken by this one
    const firstPublicAt =
      publication.firstPublicAt && publication.firstPublicAt < publicAt ? publication.firstPublicAt : publicAt
    const sortAt = sortMoment(publication, draft.signedOn, firstPublicAt)

    if (isReviewed(clearance)) await filing().check(db, { publication, edition: draft })
    await sealEdition(db, publication, draft, { clearanceId, indexNo, now, publicAt })
    await db
      .updateTable('publications')
      .set({ indexNo, firstPublicAt, sortAt })
      .where('id', '=', publication.id)
      .execute()
    // The columns that it leaves read differently too
    const tags = await tagsOf(db, publication)
    const siteIds = await place(db, publication, draft.columnIds, sortAt, publicAt <= now || !before)
    const deserted = await claimWork(db, {
      id: publication.id,
      title: draft.title,
      docNo: draft.docNo,
      issuer: draft.issuers[0] ?? null,
    })
    // While a scheduled correction waits, readers still find the edition that is open
    if (publicAt <= now) await removeEntries(db, [publication.id])
    else await endEntries(db, publication.id, publicAt)
    await insertEntries(
      db,
      entriesOf({
        publication,
        edition: { id: draft.id, text: textOfEdition(draft), columnIds: draft.columnIds },
        sortAt,
        publicFrom: publicAt,
        publicUntil: endOfShowing(draft),
        siteIds,
      }),
    )
    await refreshValidityDates(db, now, [publication.id, ...deserted])

    const act = publicAt > now ? 'scheduled' : before ? 'corrected' : 'published'
    const opens = isReviewed(clearance) && publicAt <= now
    const filed = opens ? await filing().opened(db, ctx, { publication, edition: draft }) : []
    const actId = await insertPublishingAct(db, ctx, {
      publication,
      editionId: draft.id,
      act,
      clearanceId,
      meets: [...meets, ...filed],
      publicAt,
      reason: draft.changeNote,
    })
    if (opens)
      await settleDuties(
        db,
        ctx,
        { publication, edition: { id: draft.id, text: textOfEdition(draft) }, publicAt },
        meets,
      )
    await recordAct(db, ctx, {
      act: `publications.${act}`,
      sentence: `发布《${draft.title}》（第 ${draft.number} 版）`,
      object: { kind: 'publication', id: publication.id, label: draft.title },
    })
    await logLeaves(db, ctx, [actId])
    await announceChange(db, [
      ...tags,
      ...(await tagsOf(db, publication)),
      ...deserted.map(publicationTag),
      dutiesTag(publication.siteId),
    ])
    return { publicId: publication.publicId, editionId: draft.id, publicAt }
  })
}

/** Archive items come as they are; everything else is whole, and says why where it changes what was public. */
function checkWhole(
  publication: PublicationRow,
  draft: EditionRow,
  clearance: Clearance,
  wasPublicBefore: boolean,
  files: readonly KindFile[],
): void {
  if (clearance.kind === 'archive-import') return
  const missing = whatReviewMisses(kindOf(publication.kind), textOfEdition(draft), {
    columnIds: draft.columnIds,
    wasPublic: wasPublicBefore,
    files,
  })
  const first = Object.values(missing)[0]
  if (first) throw invalid('publications.incomplete', `还不能发布：${Object.values(missing).join('')}`)
}

/** Nobody's act lets out by the clearance of the sample, or of an import what was not imported (R-EXC-09). */
function refuseBorrowedClearance(
  { actor }: Pick<Context, 'actor'>,
  { archive }: Pick<PublicationRow, 'archive'>,
  clearance: Clearance,
): void {
  if (isReviewed(clearance) || actor.kind === 'system') return
  if (clearance.kind === 'archive-import' && archive) return
  throw notAllowed(
    'publications.borrowed-clearance',
    '没有经过审查，不能公开。请送审，或者在“公文办理”里办理。',
  )
}

/** Between the choice of a schedule and its commit. */
const slipMs = 60_000

/** Backdating is not possible (S-CHK-01): an instant in the past means now. */
const later = (now: Date, wanted: Date | undefined) => (wanted && wanted > now ? wanted : now)

/** Lists sort archive items by the day their source published them, or else by that of their signature. */
export function sortMoment(
  publication: Pick<PublicationRow, 'archive' | 'sourcePublishedOn'>,
  signedOn: PlainDate | null,
  firstPublicAt: Date,
): Date {
  const day = publication.archive ? (publication.sourcePublishedOn ?? signedOn) : null
  return (day && fromBeijing(day)) || firstPublicAt
}

export async function saveClearance(db: Database, ctx: Context, clearance: Clearance): Promise<string> {
  const id = uuidv7()
  const opinion =
    clearance.kind === 'review' || clearance.kind === 'document'
      ? clearance.opinion
      : clearance.kind === 'sample'
        ? '样例数据'
        : `历史存量导入，批次 ${clearance.run}，来源 ${clearance.source}`
  await db
    .insertInto('clearances')
    .values({
      id,
      kind: clearance.kind,
      opinion,
      givenBy: actorName(ctx.actor),
      givenById: actorId(ctx.actor),
      givenAt: ctx.clock.now(),
    })
    .execute()
  return id
}

async function sealEdition(
  db: Database,
  publication: PublicationRow,
  draft: EditionRow,
  seal: { clearanceId: string; indexNo: string; now: Date; publicAt: Date },
): Promise<void> {
  const relations = await relationsOf(db, draft.id)
  const digest = digestOf({
    publicId: publication.publicId,
    kind: publication.kind,
    indexNo: seal.indexNo,
    number: draft.number,
    publicAt: seal.publicAt.toISOString(),
    ...textOfEdition(draft),
    relations: JSON.parse(canonical(relations)),
  })
  await sql`update editions set public_until = ${seal.publicAt}
    where publication_id = ${publication.id} and sealed_at is not null
      and (public_until is null or public_until > ${seal.publicAt}) and public_from < ${seal.publicAt}`.execute(
    db,
  )
  // An edition that waits to open later than this one never opens
  await sql`update editions set public_until = public_from
    where publication_id = ${publication.id} and sealed_at is not null and public_from >= ${seal.publicAt}`.execute(
    db,
  )
  const publicUntil = endOfShowing(draft)
  if (publicUntil && publicUntil <= seal.publicAt)
    throw invalid('publications.shown-until-past', '公示截止日已经过去。请改正截止日再发布。')
  await db
    .updateTable('editions')
    .set({
      sealedAt: seal.now,
      digest,
      clearanceId: seal.clearanceId,
      publicFrom: seal.publicAt,
      publicUntil,
    })
    .where('id', '=', draft.id)
    .execute()
}

/** The last day on which it is shown counts whole. */
export function endOfShowing(edition: Pick<EditionRow, 'shownUntil'>): Date | null {
  const day = edition.shownUntil ? fromBeijing(edition.shownUntil) : null
  return day && nextMidnight(day)
}

/**
 * While readers still see an earlier edition, a scheduled one waits with its columns until it opens (`settleOpenings`).
 * @returns the sites on which the publication is shown.
 */
async function place(
  db: Database,
  publication: PublicationRow,
  columnIds: readonly string[],
  sortAt: Date,
  atOnce: boolean,
): Promise<string[]> {
  const columns =
    columnIds.length > 0
      ? await db.selectFrom('columns').select(['id', 'siteId']).where('id', 'in', columnIds).execute()
      : []
  if (atOnce) await replacePlacements(db, publication.id, columnIds, sortAt)
  return [...new Set([publication.siteId, ...columns.map(column => column.siteId)])]
}
