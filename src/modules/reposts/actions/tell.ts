import { momentInBeijing } from '#lib/beijing-time'
import { notify } from '#modules/notifications'
import { listSites } from '#modules/organisations'
import { holdersOf, recipientsByIds } from '#modules/people'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { Feed } from '../feed.ts'

/** Those at work whom the feed names, else the openness office of the site's organ. */
async function toldOf(db: Database, ctx: Pick<Context, 'clock'>, feed: Feed): Promise<string[]> {
  const named = [...(await recipientsByIds(db, feed.told)).keys()]
  if (named.length > 0) return named
  const site = (await listSites(db)).find(one => one.id === feed.siteId)
  if (!site) return []
  const where = { organIds: [site.organId], roles: ['openness-office'] } as const
  return (await holdersOf(db, where, ctx.clock.today())).map(holder => holder.staffId)
}

/** New proposals of one reading, told once; 24 hours are short, so it goes out at once. */
export async function tellProposals(
  db: Database,
  ctx: Pick<Context, 'clock'>,
  feed: Feed,
  proposals: readonly { id: string; title: string }[],
): Promise<void> {
  const [first] = proposals
  if (!first) return
  const others = proposals.length > 1 ? `等 ${proposals.length} 条` : ''
  await notify(db, ctx, [
    {
      to: await toldOf(db, ctx, feed),
      subjectKey: `reposts.proposed:${first.id}`,
      title: `${feed.name}有新内容待转载`,
      sentence: `《${first.title}》${others}应在发布后 24 小时内转载，或者写明不转载的理由。`,
      address: proposals.length > 1 ? '/reposts' : `/reposts/${first.id}`,
      about: { kind: 'repost', id: first.id },
      urgent: true,
    },
  ])
}

/** A feed that has not answered for a day. */
export async function tellFailing(db: Database, ctx: Pick<Context, 'clock'>, feed: Feed): Promise<void> {
  const since = momentInBeijing(feed.failingSince ?? ctx.clock.now())
  await notify(db, ctx, [
    {
      to: await toldOf(db, ctx, feed),
      subjectKey: `reposts.failing:${feed.id}:${since}`,
      title: `转载来源“${feed.name}”读不到`,
      sentence: `从 ${since} 起读不到：${feed.lastProblem}请核对网址；不再需要的可以暂停。`,
      address: `/repost-feeds/${feed.id}`,
      about: { kind: 'repost-feed', id: feed.id },
    },
  ])
}
