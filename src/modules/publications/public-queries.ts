import { sql } from 'kysely'
import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import { editionsUsingFile, fileHref, filesOfEdition, findFile } from '#modules/files'
import { type Database, plannedOnce } from '#platform/db/database'
import { citedColumns, citedFrom, isCitable } from './citation-queries.ts'
import { waysToAsk } from './former-address.ts'
import { addressOf, kindOf } from './kind.ts'
import { aboutIt, from, type ListedRow, listed, listedColumns, shownOn } from './list-queries.ts'
import type { Attachment, Departed, EditionRef, PublicView, WorkRef } from './public-view.ts'
import { isPublic } from './visibility.ts'

interface ViewRow extends ListedRow {
  siteId: string
  ownBase: string
  organId: string
  organFullName: string
  formerIndexNo: string | null
  sourceUrl: string | null
  keywords: string
  source: string
  author: string
  editionId: string
  number: number
  publicFrom: Date
  publicUntil: Date | null
  digest: string
  changeNote: string | null
  bodyHtml: string
  workId: string | null
}

/**
 * A publication on a site as the public may see it now; `number` asks for one of its editions that have been public.
 * An item that has left gives why; anything else null (also what never was public: nobody learns that it exists).
 */
export async function findPublicView(
  db: Database,
  now: Date,
  where: { siteId: string; publicId: string; segment: string; number?: number | undefined },
): Promise<PublicView | Departed | null> {
  const open =
    where.number === undefined
      ? isPublic(now)
      : sql`e.number = ${where.number} and e.public_from <= ${now}
    and exists (select 1 from editions cur where cur.publication_id = p.id and ${isPublic(now, 'cur')})
    and (e.public_until is null or e.public_until > e.public_from)`
  const { rows } = await sql<ViewRow>`${plannedOnce}
    select ${listedColumns}, p.site_id,
      case when s.is_default then '' else '/s/' || s.key end as own_base, p.organ_id, o.name as organ_full_name, p.former_index_no, p.source_url, e.keywords, e.source, e.author,
      e.id as edition_id, e.number, e.public_from, e.public_until, e.digest, e.change_note, e.body_html, w.id as work_id
    ${from} join site_names s on s.id = p.site_id ${aboutIt(now)}
    where p.public_id = ${where.publicId} and ${shownOn(where.siteId)} and ${open}`.execute(db)
  const row = rows[0]
  if (!row || kindOf(row.kind).segment !== where.segment) return findDeparted(db, now, where)
  const { workId, ...rest } = row
  const [editions, columns, relations, sayers, attachments] = await Promise.all([
    editionsOf(db, now, row.id),
    columnsOf(db, where.siteId, row.id),
    relationsOfEdition(db, now, row.editionId),
    workId ? sayersOf(db, now, workId) : nobody,
    attachmentsOf(db, row.editionId),
  ])
  return {
    ...rest,
    ...listed(row, now),
    editions,
    columns,
    ...relations,
    ...sayers,
    attachments,
  }
}

async function findDeparted(
  db: Database,
  now: Date,
  where: { siteId: string; publicId: string; segment: string },
): Promise<Departed | null> {
  const { rows } = await sql<{
    kind: string
    leftHow: Departed['how'] | null
    leftAt: Date | null
    leftReason: string | null
    title: string
    until: Date
    toId: string | null
    toKind: string | null
  }>`
    select p.kind, p.left_how, p.left_at, p.left_reason, e.title, e.public_until as until, t.public_id as to_id, t.kind as to_kind
    from publications p
    join lateral (select title, public_until from editions
      where publication_id = p.id and public_from <= ${now} and (public_until is null or public_until > public_from)
      order by number desc limit 1) e on true
    left join publications t on t.id = p.left_to
      and exists (select 1 from editions te where te.publication_id = t.id and ${isPublic(now, 'te')})
    where p.public_id = ${where.publicId} and ${shownOn(where.siteId)} and (p.left_how is not null or e.public_until <= ${now})`.execute(
    db,
  )
  const row = rows[0]
  if (!row || kindOf(row.kind).segment !== where.segment) return null
  return {
    how: row.leftHow ?? 'expired',
    at: row.leftAt ?? row.until,
    reason: row.leftReason,
    title: row.title,
    to: row.toId && row.toKind ? addressOf({ kind: row.toKind, publicId: row.toId }) : null,
  }
}

async function editionsOf(db: Database, now: Date, publicationId: string): Promise<EditionRef[]> {
  const { rows } = await sql<EditionRef>`${plannedOnce}
    select number, public_from, change_note from editions
    where publication_id = ${publicationId} and public_from <= ${now} and (public_until is null or public_until > public_from)
    order by number desc`.execute(db)
  return rows
}

async function columnsOf(
  db: Database,
  siteId: string,
  publicationId: string,
): Promise<PublicView['columns']> {
  const { rows } = await sql<PublicView['columns'][number]>`${plannedOnce}
    select c.path, c.name, c.description, c.keywords, c.type from placements pl join columns c on c.id = pl.column_id
    where pl.publication_id = ${publicationId} and c.site_id = ${siteId} order by pl.main desc, c.sort_order, c.path`.execute(
    db,
  )
  return rows
}

interface WorkRow {
  relation: 'link' | 'effect'
  type: string
  effectiveFrom: PlainDate | null
  title: string
  docNo: string | null
  kind: string | null
  publicId: string | null
}

/** What an edition says of others. */
export async function relationsOfEdition(
  db: Database,
  now: Date,
  editionId: string,
): Promise<{ links: WorkRef[]; effects: WorkRef[] }> {
  const { rows } = await sql<WorkRow>`${plannedOnce}
    select r.relation, r.type, r.effective_from, ${citedColumns}
    from relations r join works w on w.id = r.work_id ${citedFrom(now)}
    where r.edition_id = ${editionId} and ${isCitable} order by r.type, title`.execute(db)
  return { links: only(rows, 'link'), effects: only(rows, 'effect') }
}

type Sayers = Pick<PublicView, 'linkedFrom' | 'linkedFromCount' | 'effectsOnIt'>
const nobody: Sayers = { linkedFrom: [], linkedFromCount: {}, effectsOnIt: [] }

/** A law may be cited by thousands; its page shows some, the newest first. What changes its validity is always whole. */
const linksAtOnce = 100

/** What public editions say of a work. */
async function sayersOf(db: Database, now: Date, workId: string): Promise<Sayers> {
  const { rows } = await sql<WorkRow & { count: number }>`${plannedOnce}
    select relation, type, effective_from, title, doc_no, kind, public_id, count from (
      select r.relation, r.type, r.effective_from, e.title, e.doc_no, p.kind, p.public_id, p.sort_at, p.id,
        row_number() over (partition by r.relation, r.type order by p.sort_at desc, p.id desc) as place,
        count(*) over (partition by r.relation, r.type)::int as count
      from relations r join editions e on e.id = r.edition_id join publications p on p.id = e.publication_id
      where r.work_id = ${workId} and ${isPublic(now)}) as said
    where relation = 'effect' or place <= ${linksAtOnce}
    order by effective_from, sort_at desc, id desc`.execute(db)
  return {
    linkedFrom: only(rows, 'link'),
    linkedFromCount: Object.fromEntries(
      rows.filter(row => row.relation === 'link').map(row => [row.type, row.count]),
    ),
    effectsOnIt: only(rows, 'effect'),
  }
}

/** Everybody who has one type of link to a public item, a page at a time, the newest first. */
export async function listLinkedFrom(
  db: Database,
  now: Date,
  where: { publicationId: string; type: string },
  paging: { page: number; pageSize: number },
): Promise<PageOf<WorkRef & { publishedOn: PlainDate }>> {
  const { rows } = await sql<WorkRow & { sortAt: Date; total: number }>`
    select 'link' as relation, l.type, null as effective_from, e.title, e.doc_no, p.kind, p.public_id, p.sort_at,
      count(*) over ()::int as total
    from works w join links l on l.work_id = w.id
    join editions e on e.id = l.edition_id join publications p on p.id = e.publication_id
    where w.publication_id = ${where.publicationId} and l.type = ${where.type} and ${isPublic(now)}
    order by p.sort_at desc, p.id desc
    limit ${paging.pageSize} offset ${(paging.page - 1) * paging.pageSize}`.execute(db)
  return {
    rows: rows.map(row => ({ ...workRef(row), publishedOn: dateInBeijing(row.sortAt) })),
    total: rows[0]?.total ?? 0,
    ...paging,
  }
}

/** What repealed each of some items by a day, the first repeal of each: for lists, which say it on one line. */
export async function listRepealers(
  db: Database,
  now: Date,
  publicationIds: readonly string[],
  day: PlainDate,
): Promise<Map<string, WorkRef>> {
  if (publicationIds.length === 0) return new Map()
  const { rows } = await sql<WorkRow & { id: string }>`${plannedOnce}
    select distinct on (w.publication_id) w.publication_id as id, 'effect' as relation, f.type, f.effective_from, e.title, e.doc_no,
      p.kind, p.public_id
    from works w join effects f on f.work_id = w.id and f.type = 'repeals' and f.effective_from <= ${day}
    join editions e on e.id = f.edition_id and ${isPublic(now)} join publications p on p.id = e.publication_id
    where w.publication_id = any(${[...publicationIds]}::uuid[])
    order by w.publication_id, f.effective_from, p.sort_at, p.id`.execute(db)
  return new Map(rows.map(row => [row.id, workRef(row)]))
}

const only = (rows: readonly WorkRow[], relation: WorkRow['relation']) =>
  rows.filter(row => row.relation === relation).map(workRef)

/** What an edition offers to take along. */
export async function attachmentsOf(db: Database, editionId: string): Promise<Attachment[]> {
  const files = await filesOfEdition(db, editionId)
  return files
    .filter(file => file.role === 'attachment')
    .map(file => ({
      href: file.held ? null : fileHref(file),
      title: file.title || file.name,
      size: file.size,
    }))
}

function workRef(row: WorkRow): WorkRef {
  return {
    type: row.type,
    title: row.title,
    docNo: row.docNo,
    kind: row.kind,
    address: row.publicId && row.kind ? addressOf({ kind: row.kind, publicId: row.publicId }) : null,
    ...(row.effectiveFrom ? { effectiveFrom: row.effectiveFrom } : {}),
  }
}

/** The next instant at which something opens or closes on a site by schedule: a page made now reads differently then. */
export async function nextBoundary(db: Database, now: Date): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`${plannedOnce}
    select least(
      (select min(public_from) from editions where public_from > ${now}),
      (select min(public_until) from editions where public_until > ${now})) as at`.execute(db)
  return rows[0]?.at ?? null
}

/**
 * Where an address of an older site leads now: to the page that took its place, or to its file, which may still be closed: then to
 * the page that names it. Null when it is not known or its publication is not public (S-DOM-04).
 * @param url path, with its query where there is one
 */
export async function findMovedAddress(
  db: Database,
  now: Date,
  siteId: string,
  url: string,
): Promise<string | null> {
  const asked = waysToAsk(url)
  if (asked.length === 0) return null
  const { rows } = await sql<{ kind: string; publicId: string; fileId: string | null }>`
    select p.kind, p.public_id, m.file_id from moved_addresses m join publications p on p.id = m.publication_id
    join editions e on e.publication_id = p.id and ${isPublic(now)}
    where m.site_id = ${siteId} and m.path = any(${asked}::text[]) order by length(m.path) desc limit 1`.execute(
    db,
  )
  const row = rows[0]
  if (!row) return null
  const file = row.fileId ? await findFile(db, row.fileId) : null
  const open = file && !file.held && (await isAnyPublic(db, now, await editionsUsingFile(db, file.id)))
  return open ? fileHref(file) : addressOf(row)
}

/** Whether one of these editions is open to the public. */
export async function isAnyPublic(db: Database, now: Date, editionIds: readonly string[]): Promise<boolean> {
  if (editionIds.length === 0) return false
  const { rows } =
    await sql`select 1 from editions e where e.id = any(${editionIds}) and ${isPublic(now)} limit 1`.execute(
      db,
    )
  return rows.length > 0
}

/** The address of a public item on the site it belongs to, for a reader who asks another site that does not show it (any more). */
export async function findOwnAddress(
  db: Database,
  now: Date,
  where: { publicId: string; segment: string },
): Promise<string | null> {
  const { rows } = await sql<{ kind: string; publicId: string; ownBase: string }>`
    select p.kind, p.public_id, case when s.is_default then '' else '/s/' || s.key end as own_base
    from publications p join site_names s on s.id = p.site_id join editions e on e.publication_id = p.id and ${isPublic(now)}
    where p.public_id = ${where.publicId}`.execute(db)
  const row = rows[0]
  return row && kindOf(row.kind).segment === where.segment ? row.ownBase + addressOf(row) : null
}
