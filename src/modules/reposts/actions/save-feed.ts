import { conflict, invalid, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { listColumns } from '#modules/publications'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import type { Feed, FeedFacts } from '../feed.ts'
import { mayKeepFeeds } from '../policy.ts'
import { findFeed, listFeeds } from '../queries.ts'
import { siteOf } from './settled-entry.ts'

/** A feed as its form had shown it. */
export interface SeenFeed {
  id: string
  revision: number
}

/** Begins to watch a feed for a site, or changes how. @returns its id. */
export async function saveFeed(
  ctx: Context,
  where: { siteId: string } | SeenFeed,
  facts: FeedFacts,
): Promise<string> {
  return inTransaction(ctx.db, async db => {
    const before = 'id' in where ? await lockSeen(db, ctx, where) : null
    const site = await siteOf(db, before?.siteId ?? ('siteId' in where ? where.siteId : ''))
    permit(mayKeepFeeds(ctx.actor, site.organId), 'reposts.may-not-keep-feeds')
    await checkFacts(db, site.id, facts, before?.id)
    const now = ctx.clock.now()
    const changed = {
      ...facts,
      columnId: facts.columnId ?? null,
      changedBy: actorName(ctx.actor),
      changedAt: now,
    }
    const id = before?.id ?? uuidv7()
    if (before)
      await db
        .updateTable('repostFeeds')
        .set({
          ...changed,
          ...(readsElsewhere(before, facts) ? anew(now) : {}),
          revision: before.revision + 1,
        })
        .where('id', '=', id)
        .execute()
    else
      await db
        .insertInto('repostFeeds')
        .values({ id, siteId: site.id, ...changed, watchedSince: now, nextAt: now })
        .execute()
    await recordAct(db, ctx, {
      act: before ? 'reposts.feed-changed' : 'reposts.feed-added',
      sentence: `${before ? '修改' : '添加'}转载来源“${facts.name}”（${facts.address}）`,
      object: { kind: 'repost-feed', id, label: facts.name },
    })
    return id
  })
}

const readsElsewhere = (before: Feed, facts: FeedFacts) =>
  before.address !== facts.address || before.form !== facts.form || before.itemSelector !== facts.itemSelector

/** Watched as if for the first time: what lies there from before is not reproached. */
const anew = (now: Date) => ({
  watchedSince: now,
  nextAt: now,
  etag: null,
  lastModified: null,
  failingSince: null,
  failures: 0,
  lastProblem: null,
  toldFailingAt: null,
})

/** Rests a feed, or takes it up again. */
export async function pauseFeed(ctx: Context, seen: SeenFeed, paused: boolean): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const before = await lockSeen(db, ctx, seen)
    if (before.paused === paused) return
    const now = ctx.clock.now()
    await db
      .updateTable('repostFeeds')
      .set({
        paused,
        ...(paused ? {} : anew(now)),
        revision: before.revision + 1,
        changedBy: actorName(ctx.actor),
        changedAt: now,
      })
      .where('id', '=', before.id)
      .execute()
    await recordAct(db, ctx, {
      act: paused ? 'reposts.feed-paused' : 'reposts.feed-resumed',
      sentence: `${paused ? '暂停' : '恢复'}关注转载来源“${before.name}”`,
      object: { kind: 'repost-feed', id: before.id, label: before.name },
    })
  })
}

async function lockSeen(db: Database, ctx: Context, seen: SeenFeed): Promise<Feed> {
  const feed = await findFeed(db, seen.id, { lock: true })
  if (!feed) throw notFound('reposts.unknown-feed', '没有这个转载来源。请从列表中重新选择。')
  permit(mayKeepFeeds(ctx.actor, (await siteOf(db, feed.siteId)).organId), 'reposts.may-not-keep-feeds')
  if (feed.revision !== seen.revision)
    throw conflict(
      'reposts.changed-meanwhile',
      `您打开之后，${feed.changedBy}改过这个来源。您填写的内容还在下面；请核对后再保存一次。`,
    )
  return feed
}

async function checkFacts(
  db: Database,
  siteId: string,
  facts: FeedFacts,
  ownId: string | undefined,
): Promise<void> {
  const same = (await listFeeds(db, [siteId])).find(one => one.address === facts.address && one.id !== ownId)
  if (same) throw conflict('reposts.address-taken', `这个网址已经在关注，名称是“${same.name}”。`)
  if (facts.columnId && !(await listColumns(db, siteId)).some(column => column.id === facts.columnId))
    throw invalid('reposts.unknown-column', '所选栏目不在这个站点上。请重新选择。')
}
