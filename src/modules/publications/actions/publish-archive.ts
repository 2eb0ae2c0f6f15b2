import { sql } from 'kysely'
import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import { canonical } from '#lib/canonical-json'
import { permit } from '#lib/errors'
import { publicId, uuidv7 } from '#lib/ids'
import { recordActs } from '#modules/audit'
import { type NewUse, useFiles } from '#modules/files'
import { insertEntries, type Vectors } from '#modules/search'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { asJsonRows, insertMany } from '#platform/db/insert-many'
import { announceChange } from '#platform/http/cache-news'
import { publicationsAbout } from '../citation-queries.ts'
import { digestOf, type EditionText } from '../edition.ts'
import { allocateIndexNumbers } from '../index-number.ts'
import { logLeaves } from '../log-leaves.ts'
import { mayDraft } from '../policy.ts'
import { lockWorks, type Relations, relateWorks } from '../relate-works.ts'
import { entriesOf } from '../search-entry.ts'
import { columnTag, listsTag, publicationTag } from '../tags.ts'
import { refreshValidityDates } from '../validity-dates.ts'
import { columnSites } from './draft-input.ts'
import { type Clearance, saveClearance, sortMoment } from './publish.ts'
import type { Origin } from './start-publication.ts'

/** A document of an older time as it goes in: whole, its body clean. */
export interface ArchiveItem {
  kind: string
  organId: string
  siteId: string
  columnIds: readonly string[]
  text: EditionText
  relations: Relations
  origin: Origin
  /** In their order on the page. */
  files: readonly Omit<NewUse, 'editionId'>[]
  /** Where it stood before: paths that lead to its page, or to a file of it. */
  movedFrom: readonly { path: string; fileId: string | null }[]
  /** Its words, where they were cut before by another thread. */
  vectors?: Vectors | undefined
}

export interface Archived {
  id: string
  publicId: string
  editionId: string
}

/**
 * The one door to the public, for many archive items at once: what `publish` does for one, in a number of statements that does
 * not grow with them, all or nothing. Archive items keep the day of their source and are never “newest” (S-CHK-01).
 */
export function publishArchive(
  ctx: Context,
  items: readonly ArchiveItem[],
  clearance: Extract<Clearance, { kind: 'archive-import' }>,
): Promise<Archived[]> {
  return inTransaction(ctx.db, async db => {
    const now = ctx.clock.now()
    const { made, sites } = await makeItems(ctx, db, items)
    if (made.length === 0) return []
    await lockWorks(db)
    const clearanceId = await saveClearance(db, ctx, clearance)
    const month = dateInBeijing(now).slice(0, 7).replace('-', '')
    const numbers = await allocateIndexNumbers(
      db,
      made.map(({ item }) => item.organId),
      month,
    )
    const opened = made.map((one, at) => {
      const { sourcePublishedOn } = one.item.origin
      const sortAt = sortMoment({ archive: true, sourcePublishedOn }, one.item.text.signedOn, now)
      return { ...one, indexNo: numbers[at] ?? '', sortAt }
    })

    await insertPublications(
      ctx,
      db,
      opened.map(one => ({ ...one, firstPublicAt: now })),
    )
    await insertFormerAddresses(db, opened)
    const { deserted } = await relateWorks(db, opened.map(claimOf), sayingsOf(ctx, opened), async relations =>
      insertSealed(ctx, db, opened, relations, clearanceId),
    )
    await place(db, opened, sites)
    await insertEntries(
      db,
      opened.flatMap(({ id, editionId, item, sortAt }) =>
        entriesOf({
          publication: { id, organId: item.organId, kind: item.kind, archive: true },
          edition: { id: editionId, text: item.text, columnIds: item.columnIds },
          sortAt,
          publicFrom: now,
          publicUntil: null,
          siteIds: sitesOf(item, sites),
          ...(item.vectors ? { vectors: item.vectors } : {}),
        }),
      ),
    )
    const ids = opened.map(({ id }) => id)
    await refreshValidityDates(db, now, [...ids, ...deserted])
    const acts = opened.map(one => ({ ...one, actId: uuidv7() }))
    await insertMany(
      db,
      'publishingActs',
      acts.map(({ actId, id, editionId, item }) => ({
        id: actId,
        siteId: item.siteId,
        publicationId: id,
        editionId,
        act: 'published',
        clearanceId,
        actor: actorName(ctx.actor),
        actorId: actorId(ctx.actor),
        actedAt: now,
        publicAt: now,
      })),
    )
    await record(db, ctx, opened, 'publications.published', title => `发布《${title}》（历史存量）`)
    await logLeaves(
      db,
      ctx,
      acts.map(({ actId }) => actId),
    )
    await announceChange(db, [
      ...ids.map(publicationTag),
      ...[...(await publicationsAbout(db, ids)), ...deserted].map(publicationTag),
      ...opened.flatMap(({ item }) => item.columnIds.map(columnTag)),
      ...opened.flatMap(({ item }) => sitesOf(item, sites).map(listsTag)),
    ])
    return opened.map(archived)
  })
}

/** The same documents as drafts, which somebody looks through before they go out. */
export function draftArchive(ctx: Context, items: readonly ArchiveItem[]): Promise<Archived[]> {
  return inTransaction(ctx.db, async db => {
    const { made } = await makeItems(ctx, db, items)
    if (made.length === 0) return []
    if (items.some(({ relations }) => relations.links.length + relations.effects.length > 0))
      await lockWorks(db)
    const drafts = made.map(one => ({ ...one, indexNo: null, sortAt: null, firstPublicAt: null }))
    await insertPublications(ctx, db, drafts)
    await insertDrafts(ctx, db, drafts)
    await insertFormerAddresses(db, drafts)
    await useFilesOf(db, drafts)
    await relateWorks(db, [], sayingsOf(ctx, drafts))
    await record(db, ctx, drafts, 'publications.started', title => `起草《${title}》`)
    return drafts.map(archived)
  })
}

interface Made extends Archived {
  item: ArchiveItem
}

const archived = ({ id, publicId, editionId }: Made): Archived => ({ id, publicId, editionId })

/** A source that states a day still to come states none: it would stand above everything that is new. */
const past = (day: PlainDate | null, today: PlainDate) => (day !== null && day <= today ? day : null)

/** @returns `sites`: the site of each column. */
async function makeItems(ctx: Context, db: Database, items: readonly ArchiveItem[]) {
  for (const organId of new Set(items.map(item => item.organId)))
    permit(mayDraft(ctx.actor, organId), 'publications.may-not-draft')
  const sites = await columnSites(db, items)
  const today = ctx.clock.today()
  const made: Made[] = items.map(item => ({
    item: {
      ...item,
      origin: { ...item.origin, sourcePublishedOn: past(item.origin.sourcePublishedOn, today) },
    },
    id: uuidv7(),
    publicId: publicId(),
    editionId: uuidv7(),
  }))
  return { made, sites }
}

const insertPublications = (
  ctx: Context,
  db: Database,
  made: readonly (Made & { indexNo: string | null; sortAt: Date | null; firstPublicAt: Date | null })[],
) =>
  insertMany(
    db,
    'publications',
    made.map(({ id, publicId, indexNo, sortAt, firstPublicAt, item }) => ({
      id,
      publicId,
      indexNo,
      sortAt,
      firstPublicAt,
      siteId: item.siteId,
      organId: item.organId,
      kind: item.kind,
      createdBy: actorName(ctx.actor),
      createdAt: ctx.clock.now(),
      ...item.origin,
      archive: true,
    })),
  )

const draftOf = (ctx: Context, { id, editionId, item }: Made) => ({
  id: editionId,
  publicationId: id,
  siteId: item.siteId,
  number: 1,
  ...item.text,
  columnIds: item.columnIds,
  revision: 1,
  editedBy: actorName(ctx.actor),
  editedById: actorId(ctx.actor),
  editedAt: ctx.clock.now(),
})

const insertDrafts = (ctx: Context, db: Database, made: readonly Made[]) =>
  insertMany(
    db,
    'editions',
    made.map(one => draftOf(ctx, one)),
  )

/** What two old hosts both had, leads to the one that came first. */
const insertFormerAddresses = (db: Database, made: readonly Made[]) =>
  insertMany(
    db,
    'movedAddresses',
    made.flatMap(({ id, item }) =>
      item.movedFrom.map(({ path, fileId }) => ({ siteId: item.siteId, path, publicationId: id, fileId })),
    ),
    sql`on conflict do nothing`,
  )

const useFilesOf = (db: Database, made: readonly Made[]) =>
  useFiles(
    db,
    made.flatMap(({ editionId, item }) => item.files.map(file => ({ ...file, editionId }))),
  )

/** An old document that does not say from when it repeals another, does so from when it takes effect itself. */
function sayingsOf(ctx: Context, made: readonly Made[]) {
  return made.map(({ id, editionId, item: { text, relations, origin } }) => {
    const day: PlainDate | null = text.signedOn ?? text.effectiveFrom
    return {
      editionId,
      relations,
      speaker: { publicationId: id, day, issuer: text.issuers[0] ?? null },
      defaultDay: text.effectiveFrom ?? text.signedOn ?? origin.sourcePublishedOn ?? ctx.clock.today(),
    }
  })
}

const claimOf = ({ id, item: { text } }: Made) => ({
  id,
  title: text.title,
  docNo: text.docNo,
  issuer: text.issuers[0] ?? null,
  signedOn: text.signedOn,
})

/** What a sealed edition shows never changes: those that show files are drafts until they have them. */
async function insertSealed(
  ctx: Context,
  db: Database,
  made: readonly (Made & { indexNo: string })[],
  relations: ReadonlyMap<string, Relations>,
  clearanceId: string,
): Promise<void> {
  const now = ctx.clock.now()
  const sealed = made.map(one => {
    const said = relations.get(one.editionId) ?? { links: [], effects: [] }
    return {
      ...one,
      seal: { sealedAt: now, publicFrom: now, clearanceId, digest: digestOfMade(one, said, now) },
    }
  })
  await insertMany(
    db,
    'editions',
    sealed.filter(one => !showsFiles(one)).map(one => ({ ...draftOf(ctx, one), ...one.seal })),
  )
  const later = sealed.filter(showsFiles)
  if (later.length === 0) return
  await insertDrafts(ctx, db, later)
  await useFilesOf(db, later)
  const digests = later.map(({ editionId, seal }) => ({ id: editionId, digest: seal.digest }))
  await sql`update editions e set sealed_at = ${now}, public_from = ${now}, clearance_id = ${clearanceId}, digest = x.digest
    from json_to_recordset(${asJsonRows(digests)}::json) as x(id uuid, digest text) where e.id = x.id`.execute(
    db,
  )
}

const showsFiles = ({ item }: Made) => item.files.length > 0

const digestOfMade = ({ publicId, indexNo, item }: Made & { indexNo: string }, said: Relations, now: Date) =>
  digestOf({
    publicId,
    kind: item.kind,
    indexNo,
    number: 1,
    publicAt: now.toISOString(),
    ...item.text,
    relations: JSON.parse(canonical(said)),
  })

const place = (
  db: Database,
  made: readonly (Made & { sortAt: Date })[],
  sites: ReadonlyMap<string, string>,
) =>
  insertMany(
    db,
    'placements',
    made.flatMap(({ id, item, sortAt }) =>
      item.columnIds.map((columnId, at) => ({
        siteId: sites.get(columnId),
        columnId,
        publicationId: id,
        main: at === 0,
        sortAt,
      })),
    ),
  )

const sitesOf = (item: ArchiveItem, sites: ReadonlyMap<string, string>): string[] => [
  ...new Set([item.siteId, ...item.columnIds.flatMap(id => sites.get(id) ?? [])]),
]

const record = (
  db: Database,
  ctx: Context,
  made: readonly Made[],
  act: string,
  sentence: (title: string) => string,
) =>
  recordActs(
    db,
    ctx,
    made.map(({ id, item: { text } }) => ({
      act,
      sentence: sentence(text.title),
      object: { kind: 'publication', id, label: text.title },
    })),
  )
