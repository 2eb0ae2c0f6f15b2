import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '#platform/db/database'
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
  title: string | null
  leftHow: string | null
  draftSubmittedAt: Date | null
  publicFrom: Date | null
  publicUntil: Date | null
}

async function select(db: Database, now: Date, where: RawBuilder<SqlBool>): Promise<ImportedItem[]> {
  const { rows } = await sql<Row>`
    select p.id, p.public_id, p.kind, p.organ_id, coalesce(d.title, s.title) as title, d.revision, p.left_how,
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

/** What the file with this fingerprint became on a site. */
export async function findImported(
  db: Database,
  now: Date,
  siteId: string,
  importKey: string,
): Promise<ImportedItem | undefined> {
  const [found] = await select(db, now, sql`p.site_id = ${siteId} and p.import_key = ${importKey}`)
  return found
}

export async function listImported(db: Database, now: Date, ids: readonly string[]): Promise<ImportedItem[]> {
  return ids.length === 0 ? [] : select(db, now, sql`p.id = any(${[...ids]}::uuid[])`)
}

/** A file whose draft was thrown away may come again: the empty row it left lets go of its fingerprint. */
export async function releaseImportKey(db: Database, publicationId: string): Promise<void> {
  await sql`update publications set import_key = null where id = ${publicationId}
    and not exists (select 1 from editions where publication_id = ${publicationId})`.execute(db)
}
