import { momentInBeijing } from '#lib/beijing-time'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { StateTag } from '#ui/components/state-tag'
import { Tabs } from '#ui/components/tabs'
import { LinkButton } from '#ui/forms'
import { type Feed, scopes } from '../feed.ts'
import { mayKeepFeeds, mayReadReposts } from '../policy.ts'
import { listFeeds } from '../queries.ts'
import { chosenSite } from './load.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/repost-feeds', may: actor => mayReadReposts(actor), handle: show },
]

const doneWords: Record<string, string> = {
  saved: '已保存。十分钟以内开始读。',
  paused: '已暂停，不再访问这个网址。',
  resumed: '已恢复。暂停期间发布的，一天以前的不列入。',
}

/** 转载来源: whom we watch, and whether they answer. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site, sites } = await chosenSite(ctx, incoming)
  const feeds = await listFeeds(ctx.db, [site.id])
  const done = doneWords[queryText(incoming, 'done') ?? '']
  return page({
    title: '转载来源',
    crumbs: [{ label: '转载', href: `/reposts?site=${site.key}` }, { label: '转载来源' }],
    body: (
      <>
        <PageHead
          title="转载来源"
          note={`${site.name}关注的上级政府和部门。系统只访问这里写明的网址，只访问公开的网站，并遵守对方的 robots.txt。`}
          actions={
            mayKeepFeeds(ctx.actor, site.organId) ? (
              <LinkButton href={`/repost-feeds/new?site=${site.key}`}>添加来源</LinkButton>
            ) : undefined
          }
        />
        {done ? <Notice tone="success" title={done} /> : null}
        {sites.length > 1 ? (
          <Tabs
            label="站点"
            items={sites.map(one => ({
              label: one.shortName,
              href: `/repost-feeds?site=${one.key}`,
              current: one.id === site.id,
            }))}
          />
        ) : null}
        <DataTable
          caption={`共 ${feeds.length} 个来源`}
          columns={[
            {
              key: 'name',
              head: '来源',
              cell: feed => (
                <>
                  <a href={`/repost-feeds/${feed.id}`}>{feed.name}</a>
                  <p class="text-soft break-all">{feed.address}</p>
                </>
              ),
            },
            { key: 'scope', head: '为什么转载', cell: feed => scopes[feed.scope] },
            {
              key: 'words',
              head: '关键词',
              cell: feed => (feed.anyWords.length > 0 ? feed.anyWords.join('、') : '全部'),
            },
            { key: 'state', head: '状态', cell: feed => <FeedState feed={feed} /> },
            {
              key: 'read',
              head: '最近读到',
              cell: feed => (feed.lastReadAt ? momentInBeijing(feed.lastReadAt) : '还没有'),
            },
          ]}
          rows={feeds}
          rowKey={feed => feed.id}
          empty={
            <EmptyState title="还没有关注任何来源">
              添加国务院、省、市政府或者上级部门的订阅源（RSS、Atom），没有订阅源的可以读列表网页。
            </EmptyState>
          }
        />
      </>
    ),
  })
}

function FeedState({ feed }: { feed: Feed }) {
  if (feed.paused) return <StateTag state="off">已暂停</StateTag>
  if (!feed.failingSince) return <StateTag state="met">正常</StateTag>
  return (
    <>
      <StateTag state="late">读不到</StateTag>
      <p class="text-soft">
        从 {momentInBeijing(feed.failingSince)} 起，已试 {feed.failures} 次：{feed.lastProblem}
      </p>
    </>
  )
}
