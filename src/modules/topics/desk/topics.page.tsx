import { dateInBeijing } from '#lib/beijing-time'
import { listSites, type SiteRow } from '#modules/organisations'
import { publishedDay } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { LinkButton } from '#ui/forms'
import { gistsOf } from '../gather.ts'
import { mayEdit } from '../policy.ts'
import { listTopics } from '../queries.ts'
import { DoneNotice } from './done-notice.tsx'
import { TopicStateTag } from './topic-state-tag.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/topics', may: actor => mayEdit(actor), handle: show },
]

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const sites = (await listSites(ctx.db)).filter(site => mayEdit(ctx.actor, site.organId))
  return page({
    title: '专题',
    crumbs: [{ label: '专题' }],
    body: (
      <>
        <PageHead
          title="专题"
          note="把一件事、一类人用得着的公开内容集中在一起。专题不另写内容，只收已经公开的，按规则自动更新。"
        />
        <DoneNotice incoming={incoming} />
        {sites.length === 0 ? (
          <EmptyState title="没有您可以准备专题的站点">
            专题由站点主办机构的政务公开办或者办公室准备。需要时请他们新建。
          </EmptyState>
        ) : null}
        {await Promise.all(sites.map(site => siteTopics(ctx, site)))}
      </>
    ),
  })
}

async function siteTopics(ctx: DeskContext, site: SiteRow) {
  const topics = await listTopics(ctx.db, { siteId: site.id })
  const gists = await gistsOf(ctx.db, ctx.clock.now(), topics)
  return (
    <Sheet
      key={site.id}
      title={site.name}
      count={topics.length}
      actions={
        <LinkButton small href={`/topics/new?site=${site.key}`}>
          新建专题
        </LinkButton>
      }
    >
      <DataTable
        caption={`${site.name}的专题`}
        captionHidden
        columns={[
          {
            key: 'name',
            head: '专题',
            cell: ({ topic }) => <a href={`/topics/${topic.id}`}>{topic.name}</a>,
          },
          { key: 'state', head: '状态', cell: ({ topic }) => <TopicStateTag state={topic.state} /> },
          { key: 'count', head: '收入', figures: true, cell: ({ count }) => `${count} 件` },
          {
            key: 'newest',
            head: '最近一件',
            cell: ({ newest }) => (newest ? <time>{publishedDay(newest)}</time> : '—'),
          },
          {
            key: 'changed',
            head: '最后修改',
            cell: ({ topic }) => `${dateInBeijing(topic.changedAt)} ${topic.changedBy}`,
          },
        ]}
        rows={gists}
        rowKey={({ topic }) => topic.id}
        empty={
          <EmptyState title="这个站点还没有专题">
            按一件事或者一类人新建，例如“残疾人服务”“个体工商户”。没有公开的专题，公众看不到这扇门。
          </EmptyState>
        }
      />
    </Sheet>
  )
}
