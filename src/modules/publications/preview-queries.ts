import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { DeskItem } from './desk-queries.ts'
import type { EditionRow } from './draft-queries.ts'
import { addressOf, kindOf } from './kind.ts'
import { findPublicView } from './public-queries.ts'
import type { PublicView, WorkRef } from './public-view.ts'
import { type EffectOnIt, validityOn } from './validity.ts'
import { isPublic } from './visibility.ts'

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
  const [found, columns, relations] = await Promise.all([
    findPublicView(db, now, { siteId: item.siteId, publicId: item.publicId, segment: kind.segment }),
    columnsOf(db, item.siteId, edition.columnIds),
    relationRefs(db, now, edition.id),
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
    siteId: item.siteId,
    archive: item.archive,
    sourcePublishedOn: item.sourcePublishedOn,
    firstPublicAt,
    sortAt: firstPublicAt,
    publicFrom: edition.publicFrom ?? now,
    publicUntil: edition.publicUntil,
    digest: edition.digest ?? '',
    editionId: edition.id,
    validity: kind.hasValidity ? validityOn(edition, effectsIn(open), today) : null,
    interpretations: open?.interpretations ?? 0,
    editions: open?.editions ?? [],
    columns,
    links: relations.filter(ref => ref.effectiveFrom === undefined),
    effects: relations.filter(ref => ref.effectiveFrom !== undefined),
    linkedFrom: open?.linkedFrom ?? [],
    effectsOnIt: open?.effectsOnIt ?? [],
  }
}

function textOf(edition: EditionRow) {
  const { number, title, summary, keywords, source, author, theme, genre, docNo, issuers } = edition
  const { signedOn, effectiveFrom, validUntil, bodyHtml, changeNote, fields } = edition
  const first = { number, title, summary, keywords, source, author, theme, genre, docNo, issuers }
  return { ...first, signedOn, effectiveFrom, validUntil, bodyHtml, changeNote, fields }
}

const effectsIn = (view: PublicView | null): EffectOnIt[] =>
  (view?.effectsOnIt ?? []).flatMap(({ type, effectiveFrom }) =>
    effectiveFrom && (type === 'repeals' || type === 'amends' || type === 'partly-repeals')
      ? [{ type, effectiveFrom }]
      : [],
  )

async function columnsOf(db: Database, siteId: string, columnIds: readonly string[]) {
  const { rows } = await sql<PublicView['columns'][number]>`
    select path, name, description, keywords, type from columns
    where site_id = ${siteId} and id = any(${[...columnIds]}::uuid[])
    order by array_position(${[...columnIds]}::uuid[], id)`.execute(db)
  return rows
}

/** What an edition says of other works, with addresses where readers can follow them. */
export async function relationRefs(db: Database, now: Date, editionId: string): Promise<WorkRef[]> {
  const { rows } = await sql<{
    type: string
    effectiveFrom: string | null
    title: string
    docNo: string | null
    kind: string | null
    publicId: string | null
  }>`
    select r.type, r.effective_from, coalesce(e.title, w.title) as title, coalesce(e.doc_no, w.doc_no) as doc_no, p.kind,
      case when e.id is not null then p.public_id end as public_id
    from (select type, work_id, null::date as effective_from from links where edition_id = ${editionId}
      union all select type, work_id, effective_from from effects where edition_id = ${editionId}) r
    join works w on w.id = r.work_id
    left join publications p on p.id = w.publication_id
    left join editions e on e.publication_id = p.id and ${isPublic(now)}
    order by r.type, title`.execute(db)
  return rows.map(row => ({
    type: row.type,
    title: row.title,
    docNo: row.docNo,
    kind: row.kind,
    address: row.publicId && row.kind ? addressOf({ kind: row.kind, publicId: row.publicId }) : null,
    ...(row.effectiveFrom ? { effectiveFrom: row.effectiveFrom } : {}),
  }))
}
