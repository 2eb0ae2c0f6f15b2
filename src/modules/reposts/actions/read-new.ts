import { momentInBeijing } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { dutiesTag, openDuties } from '#modules/duties'
import { listSites } from '#modules/organisations'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { type FoundEntry, isOld, passes, startOf } from '../entry.ts'
import { type Feed, failingLong, waitAfter } from '../feed.ts'
import { claimFeed, dueFeeds, type EntryState, findFeed, knownLinks, newKeys } from '../queries.ts'
import { type Looked, look, type Reach, usualReach } from './look.ts'
import { tellFailing, tellProposals } from './tell.ts'

/** The duty of a proposal is about this. */
export const subjectKind = 'repost'
export const rule = 'S-UPD-09'

/** So many feeds a round; the rest come ten minutes later. */
const aRound = 50

/** Reads every feed whose time has come, one after the other. @returns how many proposals were made. */
export async function readDueFeeds(ctx: Context, reach: Reach = usualReach): Promise<number> {
  let proposals = 0
  for (const id of await dueFeeds(ctx.db, ctx.clock.now(), aRound))
    try {
      proposals += await readNew(ctx, id, reach)
    } catch (error) {
      // The others are read all the same; this one comes round again
      ctx.log.error({ err: error, feed: id }, 'a feed could not be read')
    }
  return proposals
}

/** Reads a feed whose time has come; what it has shown before is never read again, also after a fall between. */
async function readNew(ctx: Context, feedId: string, reach: Reach): Promise<number> {
  const now = ctx.clock.now()
  const known = await findFeed(ctx.db, feedId)
  if (!known) return 0
  // Taken for its interval: if we fall now, it comes round again
  const feed = await claimFeed(ctx.db, feedId, now, minutesAfter(now, known.intervalMinutes))
  if (!feed) return 0
  const looked = await look(feed, reach)
  return inTransaction(ctx.db, async db => {
    const current = await findFeed(db, feedId, { lock: true })
    // Its keeper has sent us elsewhere meanwhile
    if (!current || current.revision !== feed.revision) return 0
    if (looked.outcome === 'failed') {
      await noteFailure(db, ctx, current, looked.words)
      return 0
    }
    const made = looked.outcome === 'read' ? await takeEntries(db, ctx, current, looked.feed.entries) : 0
    await noteReading(db, current, looked, now)
    return made
  })
}

const minutesAfter = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000)

async function noteFailure(db: Database, ctx: Context, feed: Feed, words: string): Promise<void> {
  const now = ctx.clock.now()
  const failures = feed.failures + 1
  const failing = { ...feed, failingSince: feed.failingSince ?? now, lastProblem: words }
  const tells = feed.toldFailingAt === null && failingLong(failing, now)
  await db
    .updateTable('repostFeeds')
    .set({
      failures,
      failingSince: failing.failingSince,
      lastProblem: words,
      nextAt: minutesAfter(now, waitAfter(failures, feed.intervalMinutes)),
      ...(tells ? { toldFailingAt: now } : {}),
    })
    .where('id', '=', feed.id)
    .execute()
  if (tells) await tellFailing(db, ctx, failing)
}

async function noteReading(
  db: Database,
  feed: Feed,
  looked: Exclude<Looked, { outcome: 'failed' }>,
  now: Date,
): Promise<void> {
  const marks = looked.outcome === 'read' ? { etag: looked.etag, lastModified: looked.lastModified } : {}
  await db
    .updateTable('repostFeeds')
    .set({
      ...marks,
      lastReadAt: now,
      failures: 0,
      failingSince: null,
      lastProblem: null,
      toldFailingAt: null,
    })
    .where('id', '=', feed.id)
    .execute()
}

/** Keeps what was not known, and opens a duty for what is of importance. @returns how many proposals that made. */
async function takeEntries(
  db: Database,
  ctx: Context,
  feed: Feed,
  entries: readonly FoundEntry[],
): Promise<number> {
  const seenAt = ctx.clock.now()
  const fresh = await newKeys(
    db,
    feed.id,
    entries.map(entry => entry.key),
  )
  const unknown = entries.filter(entry => fresh.has(entry.key))
  if (unknown.length === 0) return 0
  const before = await knownLinks(
    db,
    feed.siteId,
    unknown.map(entry => entry.link),
  )
  const rows = unknown.map(entry => {
    const start = startOf(entry, seenAt)
    const state = stateOf(entry, start.startedAt, feed, before)
    // A second line that leads to the same page is no second proposal
    if (state === 'open') before.add(entry.link)
    return {
      id: uuidv7(),
      feedId: feed.id,
      siteId: feed.siteId,
      ...entry,
      seenAt,
      state,
      ...(state === 'open' ? start : { startedAt: null, startedFrom: null }),
    }
  })
  await db.insertInto('repostEntries').values(rows).execute()
  const proposals = rows.flatMap(row =>
    row.startedAt ? [{ id: row.id, title: row.title, startedAt: row.startedAt }] : [],
  )
  if (proposals.length === 0) return 0
  const site = (await listSites(db)).find(one => one.id === feed.siteId)
  if (!site) return 0
  await openDuties(
    db,
    ctx,
    proposals.map(({ id, startedAt }) => ({
      siteId: site.id,
      organId: site.organId,
      rule,
      article: '上级重要政策24小时内转载',
      title: '转载上级重要政策',
      domain: 'proactive' as const,
      // The board is public: it names the source in our words, never in those of a feed that nobody has reviewed
      subject: { kind: subjectKind, id, label: `${feed.name}（${momentInBeijing(startedAt)}）` },
      limit: { amount: 24, unit: 'hours' as const },
      startedAt,
    })),
  )
  await tellProposals(db, ctx, feed, proposals)
  await announceChange(db, [dutiesTag(site.id)])
  return proposals.length
}

function stateOf(
  entry: FoundEntry,
  startedAt: Date,
  feed: Feed,
  before: ReadonlySet<string>,
): Extract<EntryState, 'old' | 'filtered' | 'double' | 'open'> {
  if (isOld(entry, startedAt, feed)) return 'old'
  if (!passes(entry, feed)) return 'filtered'
  return before.has(entry.link) ? 'double' : 'open'
}
