import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { FoundEntry, StartedFrom } from './entry.ts'
import type { Feed } from './feed.ts'

export async function listFeeds(db: Database, siteIds: readonly string[]): Promise<Feed[]> {
  if (siteIds.length === 0) return []
  const rows = await db
    .selectFrom('repostFeeds')
    .selectAll()
    .where('siteId', 'in', [...siteIds])
    .orderBy('siteId')
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows as Feed[]
}

export async function findFeed(
  db: Database,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Feed | null> {
  let query = db.selectFrom('repostFeeds').selectAll().where('id', '=', id)
  if (options.lock) query = query.forUpdate()
  return ((await query.executeTakeFirst()) as Feed | undefined) ?? null
}

/** Feeds whose time has come, the longest waiting first. */
export async function dueFeeds(db: Database, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('repostFeeds')
    .select('id')
    .where('paused', '=', false)
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

/** Takes a feed for reading until `nextAt`; null when somebody else has taken it, or it was paused. */
export async function claimFeed(db: Database, id: string, now: Date, nextAt: Date): Promise<Feed | null> {
  const row = await db
    .updateTable('repostFeeds')
    .set({ nextAt })
    .where('id', '=', id)
    .where('paused', '=', false)
    .where('nextAt', '<=', now)
    .returningAll()
    .executeTakeFirst()
  return (row as Feed | undefined) ?? null
}

export const entryStates = {
  open: '待办',
  drafted: '稿子在办',
  published: '已转载',
  placed: '本站已经公开',
  declined: '不转载',
  filtered: '不含关键词',
  double: '别的来源已有',
  old: '开始关注以前的',
} as const
export type EntryState = keyof typeof entryStates

/** An announcement with what became of it. */
export interface Entry extends FoundEntry {
  id: string
  feedId: string
  siteId: string
  feedName: string
  seenAt: Date
  state: EntryState
  startedAt: Date | null
  startedFrom: StartedFrom | null
  publicationId: string | null
  reason: string | null
  decidedBy: string | null
  decidedAt: Date | null
}

const columns = sql`e.id, e.feed_id, e.site_id, f.name as feed_name, e.key, e.link, e.title, e.summary, e.doc_no, e.published_at,
  e.published_on, e.seen_at, e.state, e.started_at, e.started_from, e.publication_id, e.reason, e.decided_by, e.decided_at`
const from = sql`from repost_entries e join repost_feeds f on f.id = e.feed_id`

export type Show = 'open' | 'drafted' | 'done' | 'declined' | 'filtered'
const statesOf: Record<Show, readonly EntryState[]> = {
  open: ['open'],
  drafted: ['drafted'],
  done: ['published', 'placed'],
  declined: ['declined'],
  filtered: ['filtered', 'double'],
}

/** What waits longest first; of what is done, the newest first. */
export async function selectEntries(
  db: Database,
  where: { siteId: string; show: Show },
  paging: { page: number; pageSize: number },
): Promise<PageOf<Entry>> {
  const meant = sql<SqlBool>`e.site_id = ${where.siteId} and e.state = any(${[...statesOf[where.show]]}::text[])`
  const order =
    where.show === 'open' ? sql`e.started_at, e.id` : sql`coalesce(e.decided_at, e.seen_at) desc, e.id`
  const [found, counted] = await Promise.all([
    sql<Entry>`select ${columns} ${from} where ${meant} order by ${order}
      limit ${paging.pageSize} offset ${(paging.page - 1) * paging.pageSize}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total from repost_entries e where ${meant}`.execute(db),
  ])
  return { rows: found.rows, total: counted.rows[0]?.total ?? 0, ...paging }
}

export async function countEntries(db: Database, siteId: string): Promise<Record<Show, number>> {
  const { rows } = await sql<{ state: EntryState; many: number }>`
    select state, count(*)::int as many from repost_entries where site_id = ${siteId} group by state`.execute(
    db,
  )
  const of = (show: Show) =>
    rows.filter(row => statesOf[show].includes(row.state)).reduce((sum, row) => sum + row.many, 0)
  return {
    open: of('open'),
    drafted: of('drafted'),
    done: of('done'),
    declined: of('declined'),
    filtered: of('filtered'),
  }
}

const one = async (db: Database, where: RawBuilder<SqlBool>, lock: boolean): Promise<Entry[]> => {
  const { rows } = await sql<Entry>`
    select ${columns} ${from} where ${where} order by e.id ${lock ? sql`for update of e` : sql``}`.execute(db)
  return rows
}

export async function findEntry(
  db: Database,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Entry | null> {
  return (await one(db, sql`e.id = ${id}`, options.lock === true))[0] ?? null
}

/** Locked until the act commits, always in one order. */
export const lockEntries = (db: Database, ids: readonly string[]): Promise<Entry[]> =>
  one(db, sql`e.id = any(${[...ids]}::uuid[])`, true)

/** Drafts under way, for the job that sees what became of them. */
export const listDrafted = (db: Database): Promise<Entry[]> => one(db, sql`e.state = 'drafted'`, false)

export const updateEntry = (
  db: Database,
  id: string,
  change: Partial<Pick<Entry, 'state' | 'publicationId' | 'reason' | 'decidedBy' | 'decidedAt'>>,
) => db.updateTable('repostEntries').set(change).where('id', '=', id).execute()

/** Addresses that some feed of the site has brought before, and were of interest. */
export async function knownLinks(
  db: Database,
  siteId: string,
  links: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ link: string }>`
    select link from repost_entries where site_id = ${siteId} and link = any(${[...links]}::text[])
      and state not in ('old', 'filtered')`.execute(db)
  return new Set(rows.map(row => row.link))
}

/** Which of these a feed has never shown. */
export async function newKeys(db: Database, feedId: string, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select k.key from unnest(${[...keys]}::text[]) as k(key)
    where not exists (select from repost_entries e where e.feed_id = ${feedId} and e.key = k.key)`.execute(db)
  return new Set(rows.map(row => row.key))
}
