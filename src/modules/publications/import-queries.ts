import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import { type State, stateOf, states } from './state.ts'

/** An imported item as the import and its desk page see it. `discarded`: its draft was thrown away before it was public. */
export interface ImportedItem {
  id: string
  publicId: string
  kind: string
  organId: string
  title: string
  state: State | 'discarded'
  /** The state in words. */
  stateName: string
  /** Of the open draft. */
  revision: number | null
}

type Row = Omit<ImportedItem, 'state' | 'stateName' | 'title'> & {
  importKey: string | null
  title: string | null
  leftHow: string | null
  draftSubmittedAt: Date | null
  publicFrom: Date | null
  publicUntil: Date | null
}

async function select(
  db: Database,
  now: Date,
  where: RawBuilder<SqlBool>,
): Promise<(ImportedItem & { importKey: string | null })[]> {
  const { rows } = await sql<Row>`
    select p.id, p.public_id, p.kind, p.organ_id, p.import_key, coalesce(d.title, s.title) as title, d.revision, p.left_how,
      d.submitted_at as draft_submitted_at, s.public_from, s.public_until
    from publications p
    left join editions d on d.publication_id = p.id and d.sealed_at is null
    left join lateral (select title, public_from, public_until from editions
      where publication_id = p.id and sealed_at is not null order by number desc limit 1) s on true
    where ${where}`.execute(db)
  return rows.map(({ leftHow, draftSubmittedAt, publicFrom, publicUntil, ...row }) => {
    const facts = { leftHow, draftSubmittedAt, hasDraft: row.revision !== null, publicFrom, publicUntil }
    const state = row.title === null ? 'discarded' : stateOf(facts, now)
    const stateName = state === 'discarded' ? '稿子已放弃' : states[state]
    return { ...row, title: row.title ?? '（稿子已放弃）', state, stateName }
  })
}

/** What the files with these fingerprints became on a site: fingerprint → item. */
export async function findImported(
  db: Database,
  now: Date,
  siteId: string,
  importKeys: readonly string[],
): Promise<Map<string, ImportedItem>> {
  if (importKeys.length === 0) return new Map()
  const keys = [...new Set(importKeys)]
  const found = await select(db, now, sql`p.site_id = ${siteId} and p.import_key = any(${keys}::text[])`)
  return new Map(found.flatMap(({ importKey, ...item }) => (importKey === null ? [] : [[importKey, item]])))
}

/** Items that came from these addresses of an older site, with whatever scheme: address without scheme → item. */
export async function findImportedFrom(
  db: Database,
  now: Date,
  siteId: string,
  addresses: readonly string[],
): Promise<Map<string, ImportedItem>> {
  const wanted = [...new Set(addresses.map(withoutScheme))].flatMap(rest => [`http:${rest}`, `https:${rest}`])
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ id: string; sourceUrl: string }>`
    select p.id, p.source_url from unnest(${wanted}::text[]) as x(url) join publications p on p.source_url = x.url
    where p.site_id = ${siteId} and (p.left_how is not null or exists (select from editions e where e.publication_id = p.id))
    order by p.created_at desc, p.id desc`.execute(db)
  const items = new Map(
    (
      await listImported(
        db,
        now,
        rows.map(row => row.id),
      )
    ).map(item => [item.id, item]),
  )
  return new Map(
    rows.flatMap(({ id, sourceUrl }) => {
      const item = items.get(id)
      return item ? [[withoutScheme(sourceUrl), item] as const] : []
    }),
  )
}

export const withoutScheme = (address: string) => address.replace(/^https?:/i, '')

/** Documents that are in the library, drafts included, under these numbers or exact titles. */
export async function documentsNamed(
  db: Database,
  siteId: string,
  names: { docNos: readonly string[]; titles: readonly string[] },
): Promise<{ publicationId: string; docNo: string | null; title: string }[]> {
  const { docNos, titles } = names
  if (docNos.length + titles.length === 0) return []
  const { rows } = await sql<{ publicationId: string; docNo: string | null; title: string }>`
    select distinct e.publication_id, e.doc_no, e.title from (
      select id from unnest(${[...new Set(docNos)]}::text[]) as n(doc_no) join editions d on d.doc_no = n.doc_no
      union select d.id from unnest(${[...new Set(titles)]}::text[]) as t(title) join editions d on d.title = t.title) found
    join editions e on e.id = found.id join publications p on p.id = e.publication_id
    where p.site_id = ${siteId} and p.left_how is null
    order by e.title, e.publication_id`.execute(db)
  return rows
}

/** Paths of an older site that lead to pages of ours already: path → publication. */
export async function takenAddresses(
  db: Database,
  siteId: string,
  paths: readonly string[],
): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map()
  const { rows } = await sql<{ path: string; publicationId: string }>`
    select path, publication_id from moved_addresses
    where site_id = ${siteId} and file_id is null and path = any(${[...new Set(paths)]}::text[])`.execute(db)
  return new Map(rows.map(row => [row.path, row.publicationId]))
}

/** Whether anything was ever imported into a site. */
export async function hasImported(db: Database, siteId: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from publications where site_id = ${siteId} and import_key is not null limit 1`.execute(
      db,
    )
  return rows.length > 0
}

export async function listImported(db: Database, now: Date, ids: readonly string[]): Promise<ImportedItem[]> {
  if (ids.length === 0) return []
  const found = await select(db, now, sql`p.id = any(${[...ids]}::uuid[])`)
  return found.map(({ importKey: _, ...item }) => item)
}

/** Files whose drafts were thrown away may come again: the empty rows they left let go of their fingerprints and addresses. */
export async function releaseImportKeys(db: Database, publicationIds: readonly string[]): Promise<void> {
  if (publicationIds.length === 0) return
  const empty = sql`p.id = any(${[...publicationIds]}::uuid[])
    and not exists (select from editions e where e.publication_id = p.id)`
  await sql`delete from moved_addresses m using publications p where p.id = m.publication_id and ${empty}`.execute(
    db,
  )
  await sql`update publications p set import_key = null, source_url = null where ${empty}`.execute(db)
}

/** Addresses of an older site that lead to what is here already; one that is taken stays. */
export async function addFormerAddresses(
  db: Database,
  siteId: string,
  addresses: readonly { path: string; publicationId: string }[],
): Promise<void> {
  await insertMany(
    db,
    'movedAddresses',
    addresses.map(one => ({ ...one, siteId })),
    sql`on conflict do nothing`,
  )
}
