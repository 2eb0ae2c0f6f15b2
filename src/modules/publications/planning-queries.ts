import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { type State, stateOf } from './state.ts'
import { isPublic } from './visibility.ts'

/** A publication in whatever state, for staff who plan around it. */
export interface PlannedItem {
  id: string
  publicId: string
  siteId: string
  organId: string
  organName: string
  kind: string
  title: string
  docNo: string | null
  fields: Record<string, unknown>
  firstPublicAt: Date | null
  state: State
}

const columns = sql`
  p.id, p.public_id, p.site_id, p.organ_id, o.short_name as organ_name, p.kind, p.first_public_at, p.left_how,
  e.title, e.doc_no, e.fields, d.id is not null as has_draft, d.submitted_at as draft_submitted_at, c.public_from, c.public_until`

/** The text that counts: what is public or will be, else the draft. */
const from = (now: Date) => sql`
  from publications p join organ_names o on o.id = p.organ_id
  left join editions d on d.publication_id = p.id and d.sealed_at is null
  left join lateral (select s.id, s.public_from, s.public_until from editions s where s.publication_id = p.id and s.public_from is not null
    and (s.public_until is null or s.public_until > s.public_from)
    order by ${isPublic(now, 's')} desc, s.public_from desc limit 1) c on true
  join editions e on e.id = coalesce(c.id, d.id)`

interface Row extends Omit<PlannedItem, 'state'> {
  leftHow: string | null
  hasDraft: boolean
  draftSubmittedAt: Date | null
  publicFrom: Date | null
  publicUntil: Date | null
}

function itemOf(row: Row, now: Date): PlannedItem {
  const { leftHow, hasDraft, draftSubmittedAt, publicFrom, publicUntil, ...item } = row
  return { ...item, state: stateOf({ leftHow, hasDraft, draftSubmittedAt, publicFrom, publicUntil }, now) }
}

/** These publications, drafts included. */
export async function itemsForPlans(
  db: Database,
  now: Date,
  where: { ids: readonly string[] } | { publicId: string },
): Promise<PlannedItem[]> {
  const isMeant =
    'ids' in where ? sql`p.id = any(${[...where.ids]}::uuid[])` : sql`p.public_id = ${where.publicId}`
  const { rows } = await sql<Row>`select ${columns} ${from(now)} where ${isMeant}`.execute(db)
  return rows.map(row => itemOf(row, now))
}

/** What organs have in hand or have made public since a day: nothing imported, nothing that has left. The newest first. */
export async function listForPlans(
  db: Database,
  now: Date,
  where: { kinds: readonly string[]; organIds: readonly string[]; since: Date },
  limit: number,
): Promise<PlannedItem[]> {
  const { rows } = await sql<Row>`
    select ${columns} ${from(now)}
    where p.kind = any(${[...where.kinds]}::text[]) and p.organ_id = any(${[...where.organIds]}::uuid[]) and not p.archive
      and p.left_how is null and (p.first_public_at is null or p.first_public_at > ${where.since})
    order by coalesce(p.first_public_at, p.created_at) desc, p.id desc limit ${limit}`.execute(db)
  return rows.map(row => itemOf(row, now))
}

/** What speaks of publications by one type of link, drafts included: id of what is spoken of → what speaks. */
export async function speakersOf(
  db: Database,
  now: Date,
  ids: readonly string[],
  type: string,
): Promise<Map<string, PlannedItem[]>> {
  const { rows } = await sql<{ about: string; id: string }>`
    select distinct w.publication_id as about, e.publication_id as id
    from works w join links l on l.work_id = w.id and l.type = ${type} join editions e on e.id = l.edition_id
    where w.publication_id = any(${[...ids]}::uuid[])
      and (e.sealed_at is null or e.public_until is null or e.public_until > ${now})`.execute(db)
  const items = await itemsForPlans(db, now, { ids: [...new Set(rows.map(row => row.id))] })
  const byId = new Map(items.map(item => [item.id, item]))
  const speakers = Map.groupBy(rows, row => row.about)
  return new Map(
    [...speakers].map(([about, found]) => [about, found.flatMap(({ id }) => byId.get(id) ?? [])]),
  )
}

/** Public items of organs, of one kind, on whatever site, that first opened within a span: the newest first. */
export async function publicBetween(
  db: Database,
  now: Date,
  where: { organIds: readonly string[]; kind: string; from: Date; before: Date },
  limit: number,
): Promise<PlannedItem[]> {
  const { rows } = await sql<Row>`
    select ${columns} ${from(now)}
    where p.organ_id = any(${[...where.organIds]}::uuid[]) and p.kind = ${where.kind} and p.sort_at >= ${where.from} and p.sort_at < ${where.before}
      and ${isPublic(now, 'c')}
    order by p.sort_at desc, p.id desc limit ${limit}`.execute(db)
  return rows.map(row => itemOf(row, now))
}
