import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { DeskItem } from './desk-queries.ts'
import type { EditionRow } from './draft-queries.ts'
import { addressOf, kindOf } from './kind.ts'
import { attachmentsOf, findPublicView, relationsOfEdition } from './public-queries.ts'
import { effectsOn, type PublicView, type WorkRef } from './public-view.ts'
import { validityOn } from './validity.ts'

/**
 * An edition as readers would see it if it were public now: what others say of the publication comes from its public page,
 * everything else from the edition.
 */
export async function previewOf(
  db: Database,
  now: Date,
  today: string,
  item: DeskItem,
  edition: EditionRow,
): Promise<PublicView> {
  const kind = kindOf(item.kind)
  const [found, columns, relations, attachments] = await Promise.all([
    findPublicView(db, now, { siteId: item.siteId, publicId: item.publicId, segment: kind.segment }),
    columnsOf(db, item.siteId, edition.columnIds),
    relationsOfEdition(db, now, edition.id),
    attachmentsOf(db, edition.id),
  ])
  const open = found && !('how' in found) ? found : null
  const firstPublicAt = item.firstPublicAt ?? now
  return {
    ...textOf(edition),
    id: item.id,
    publicId: item.publicId,
    kind: item.kind,
    address: addressOf(item),
    indexNo: item.indexNo,
    formerIndexNo: item.formerIndexNo,
    sourceUrl: item.sourceUrl,
    organId: item.organId,
    organKey: item.organKey,
    organName: item.organName,
    organFullName: item.organFullName,
    siteId: item.siteId,
    ownBase: '',
    archive: item.archive,
    sourcePublishedOn: item.sourcePublishedOn,
    firstPublicAt,
    sortAt: firstPublicAt,
    publicFrom: edition.publicFrom ?? now,
    publicUntil: edition.publicUntil,
    digest: edition.digest ?? '',
    editionId: edition.id,
    validity: kind.hasValidity ? validityOn(edition, open ? effectsOn(open) : [], today) : null,
    interpretations: open?.interpretations ?? 0,
    editions: open?.editions ?? [],
    columns,
    ...relations,
    attachments,
    linkedFrom: open?.linkedFrom ?? [],
    linkedFromCount: open?.linkedFromCount ?? {},
    effectsOnIt: open?.effectsOnIt ?? [],
  }
}

function textOf(edition: EditionRow) {
  const { number, title, summary, keywords, source, author, theme, genre, docNo, issuers } = edition
  const { signedOn, effectiveFrom, validUntil, bodyHtml, changeNote, fields } = edition
  const first = { number, title, summary, keywords, source, author, theme, genre, docNo, issuers }
  return { ...first, signedOn, effectiveFrom, validUntil, bodyHtml, changeNote, fields }
}

async function columnsOf(db: Database, siteId: string, columnIds: readonly string[]) {
  const { rows } = await sql<PublicView['columns'][number]>`
    select path, name, description, keywords, type from columns
    where site_id = ${siteId} and id = any(${[...columnIds]}::uuid[])
    order by array_position(${[...columnIds]}::uuid[], id)`.execute(db)
  return rows
}

/** Links and effects of an edition as one list. */
export async function relationRefs(db: Database, now: Date, editionId: string): Promise<WorkRef[]> {
  const { links, effects } = await relationsOfEdition(db, now, editionId)
  return [...links, ...effects]
}
