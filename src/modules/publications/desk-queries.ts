import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import { deepestPage, type PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import { type State, stateOf } from './state.ts'
import { isPublic } from './visibility.ts'

export interface DeskFilter {
  state?: State | undefined
  kind?: string | undefined
  organId?: string | undefined
  siteId?: string | undefined
  columnId?: string | undefined
  /** Words of the title, a document number, an index number, or the short id of an address. */
  words?: string | undefined
  archive?: boolean | undefined
}

/** A publication as the desk's lists show it. */
export interface DeskRow {
  id: string
  publicId: string
  kind: string
  title: string
  docNo: string | null
  indexNo: string | null
  archive: boolean
  sourcePublishedOn: PlainDate | null
  organName: string
  siteName: string
  siteKey: string
  siteIsDefault: boolean
  firstPublicAt: Date | null
  /** The open draft beside whatever is public. */
  hasDraft: boolean
  draftSubmittedAt: Date | null
  editedBy: string
  editedAt: Date
  opensAt: Date | null
  state: State
}

const hasOpened = sql`(e.public_until is null or e.public_until > e.public_from)`

/** The same as `stateOf`, plus: an item with a draft is also found among drafts (their agreement is tested). */
function inState(state: State, now: Date): RawBuilder<SqlBool> {
  const stays = sql`p.left_how is null`
  const editionIs = (what: RawBuilder<unknown>) =>
    sql<SqlBool>`${stays} and p.id in (select e.publication_id from editions e where ${what})`
  switch (state) {
    case 'draft':
      return editionIs(sql`e.sealed_at is null and e.submitted_at is null`)
    case 'in-review':
      return editionIs(sql`e.sealed_at is null and e.submitted_at is not null`)
    case 'scheduled':
      return editionIs(sql`e.public_from > ${now} and ${hasOpened}`)
    case 'public':
      return sql`${stays} and exists (select 1 from editions e where e.publication_id = p.id and ${isPublic(now)})`
    case 'expired':
      return sql`${editionIs(sql`e.shown_until is not null and e.public_until <= ${now} and ${hasOpened}`)}
        and not exists (select 1 from editions e where e.publication_id = p.id and ${isPublic(now)})`
    default:
      return sql`p.left_how = ${state}`
  }
}

/** All about the publication (`p`) itself, so that the database finds the rows of a page before it gathers what they show. */
function conditions(filter: DeskFilter, now: Date): RawBuilder<SqlBool> {
  // A publication without any edition, or with none that ever could open, is a draft that was thrown away
  const all: RawBuilder<SqlBool>[] = [
    sql`exists (select 1 from editions e where e.publication_id = p.id and (e.sealed_at is null or ${hasOpened}))`,
  ]
  if (filter.state) all.push(inState(filter.state, now))
  if (filter.kind) all.push(sql`p.kind = ${filter.kind}`)
  if (filter.organId) all.push(sql`p.organ_id = ${filter.organId}`)
  if (filter.siteId) all.push(sql`p.site_id = ${filter.siteId}`)
  if (filter.archive !== undefined) all.push(sql`p.archive = ${filter.archive}`)
  if (filter.columnId)
    all.push(sql`p.id in (select publication_id from placements where column_id = ${filter.columnId}
      union select publication_id from editions where sealed_at is null and column_ids @> array[${filter.columnId}::uuid])`)
  const words = filter.words?.trim()
  if (words)
    all.push(sql`p.id in (
      select publication_id from editions where doc_no = ${words} or title ilike ${`%${words.replace(/[\\%_]/g, '\\$&')}%`}
      union select id from publications where index_no = ${words} or former_index_no = ${words} or public_id = ${words})`)
  return sql.join(all, sql` and `)
}

interface Row extends Omit<DeskRow, 'state'> {
  leftHow: string | null
  publicFrom: Date | null
  publicUntil: Date | null
}

/** Found publications with what the lists show of them. `d`: the open draft; `c`: the edition that is or last was public; `n`: the one that opens next. */
const shown = (found: RawBuilder<unknown>, now: Date) => sql<Row>`
  select p.id, p.public_id, p.kind, coalesce(d.title, n.title, c.title) as title, coalesce(d.doc_no, n.doc_no, c.doc_no) as doc_no,
    p.index_no, p.archive, p.source_published_on, o.short_name as organ_name, s.short_name as site_name, s.key as site_key,
    s.is_default as site_is_default, p.first_public_at, d.id is not null as has_draft, d.submitted_at as draft_submitted_at,
    coalesce(d.edited_by, n.edited_by, c.edited_by) as edited_by, coalesce(d.edited_at, n.edited_at, c.edited_at) as edited_at,
    n.public_from as opens_at, p.left_how, coalesce(c.public_from, n.public_from) as public_from,
    case when c.id is not null then c.public_until else n.public_until end as public_until
  from (${found}) p
  join organ_names o on o.id = p.organ_id
  join site_names s on s.id = p.site_id
  left join editions d on d.publication_id = p.id and d.sealed_at is null
  left join lateral (select e.* from editions e where e.publication_id = p.id and e.public_from <= ${now}
    and ${hasOpened} order by e.public_from desc, e.number desc limit 1) c on true
  left join lateral (select e.* from editions e where e.publication_id = p.id and e.public_from > ${now}
    and ${hasOpened} order by e.public_from limit 1) n on true`

const rowOf =
  (now: Date) =>
  ({ leftHow, publicFrom, publicUntil, ...row }: Row): DeskRow => ({
    ...row,
    state: stateOf({ ...row, leftHow, publicFrom, publicUntil }, now),
  })

const pageSize = 50
/** Beyond what can be paged to nobody needs the exact number. */
const mostCounted = deepestPage * pageSize + 1

/** Every publication in every state: what has not been public yet first, then the newest. */
export async function listForDesk(
  db: Database,
  now: Date,
  filter: DeskFilter,
  page: number,
): Promise<PageOf<DeskRow>> {
  const found = sql`from publications p where ${conditions(filter, now)}`
  const { rows } = await sql<Row>`
    ${shown(sql`select p.* ${found} order by p.sort_at desc, p.id desc limit ${pageSize} offset ${(page - 1) * pageSize}`, now)}
    order by p.sort_at desc, p.id desc`.execute(db)
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 ${found} limit ${mostCounted}) as found`.execute(db)
  return { rows: rows.map(rowOf(now)), total: counted.rows[0]?.total ?? 0, page, pageSize }
}

/** All of them in portions, for an export; the newest made first. */
export async function* eachForDesk(
  db: Database,
  now: Date,
  filter: DeskFilter,
  portion = 1000,
): AsyncGenerator<DeskRow[]> {
  let last: string | null = null
  for (;;) {
    const after: RawBuilder<SqlBool> = last === null ? sql`true` : sql`p.id < ${last}`
    const portionOf = sql`select p.* from publications p where ${conditions(filter, now)} and ${after}
      order by p.id desc limit ${portion}`
    const found: { rows: Row[] } = await sql<Row>`${shown(portionOf, now)} order by p.id desc`.execute(db)
    if (found.rows.length > 0) yield found.rows.map(rowOf(now))
    last = found.rows.at(-1)?.id ?? null
    if (found.rows.length < portion) return
  }
}

/** A publication with what stands around it, for its page on the desk. */
export interface DeskItem {
  id: string
  publicId: string
  siteId: string
  organId: string
  kind: string
  indexNo: string | null
  formerIndexNo: string | null
  sourceUrl: string | null
  archive: boolean
  sourcePublishedOn: PlainDate | null
  firstPublicAt: Date | null
  leftHow: string | null
  leftAt: Date | null
  leftReason: string | null
  organKey: string
  organName: string
  organFullName: string
  siteName: string
  siteKey: string
  siteIsDefault: boolean
  createdBy: string
  createdAt: Date
  /** What took its place. */
  leftToId: string | null
  leftToKind: string | null
}

export async function findDeskItem(db: Database, publicId: string): Promise<DeskItem | undefined> {
  const { rows } = await sql<DeskItem>`
    select p.id, p.public_id, p.site_id, p.organ_id, p.kind, p.index_no, p.former_index_no, p.source_url, p.archive,
      p.source_published_on, p.first_public_at, p.left_how, p.left_at, p.left_reason, o.key as organ_key,
      o.short_name as organ_name, o.name as organ_full_name, s.short_name as site_name, s.key as site_key,
      s.is_default as site_is_default, p.created_by, p.created_at, t.public_id as left_to_id, t.kind as left_to_kind
    from publications p join organ_names o on o.id = p.organ_id
    join site_names s on s.id = p.site_id
    left join publications t on t.id = p.left_to
    where p.public_id = ${publicId}`.execute(db)
  return rows[0]
}
