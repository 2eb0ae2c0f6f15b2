import { dateInBeijing, inChinese } from '#lib/beijing-time'
import { listsTag, nextBoundary, publishedDay } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { SectionHead } from '#ui/components/section-head'
import { type Gist, gistsOf, mostCounted } from '../gather.ts'
import { listTopics } from '../queries.ts'
import { addressOfTopic } from '../topic.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/topics', rule: showsPublications(() => ['/topics']), handle: showTopics },
]

/** 专题: those that go on, and apart from them those that have ended. */
async function showTopics(ctx: PublicContext): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const topics = await listTopics(db, { siteId: site.id, states: ['public', 'closed'] })
  const [gists, boundary] = await Promise.all([gistsOf(db, now, topics), nextBoundary(db, now)])
  const open = gists.filter(({ topic, count }) => topic.state === 'public' && count > 0)
  const closed = gists.filter(({ topic }) => topic.state === 'closed')
  const { base } = site
  return page({
    title: '专题',
    door: 'topics',
    crumbs: [{ label: '首页', href: `${base}/` }, { label: '专题' }],
    column: {
      name: '专题',
      description: `按一件事、一类人，把${site.name}公开的政策、解读和通知集中在一起`,
      keywords: '专题,政策专题',
      type: '政策文件',
    },
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead
          title="专题"
          note="按一件事、一类人，把公开的政策、解读和通知集中在一起，随新的公开自动更新。"
        />
        {open.length > 0 ? (
          <TopicCards gists={open} base={base} heading="h2" />
        ) : (
          <EmptyState title="现在没有正在进行的专题">
            您可以<a href={`${base}/search`}>在全站搜索</a>，或者看<a href={`${base}/site-map`}>网站地图</a>。
          </EmptyState>
        )}
        {closed.length > 0 ? (
          <>
            <SectionHead title="已经结束的专题" />
            <TopicCards gists={closed} base={base} heading="h3" />
          </>
        ) : null}
      </>
    ),
  })
}

function TopicCards(props: { gists: readonly Gist[]; base: string; heading: 'h2' | 'h3' }) {
  const { gists, base, heading: Heading } = props
  return (
    <ul class="grid gap-4 pt-4 md:grid-cols-2">
      {gists.map(({ topic, count, newest }) => (
        <li key={topic.key}>
          <div class="panel h-full">
            <Heading class="panel-title">
              <a href={base + addressOfTopic(topic)}>{topic.name}</a>
            </Heading>
            <p>{topic.summary}</p>
            <p class="mt-2 text-sm text-soft">
              收入 {count}
              {count === mostCounted ? ' 件以上' : ' 件'}
              {topic.closedAt
                ? `，${inChinese(dateInBeijing(topic.closedAt))}结束`
                : newest
                  ? `，最近一件 ${inChinese(publishedDay(newest))}`
                  : ''}
              {topic.audience.length > 0 ? `；适用：${topic.audience.join('、')}` : ''}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
