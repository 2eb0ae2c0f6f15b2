import { dateInBeijing, inChinese } from '#lib/beijing-time'
import { kindOf, listingOf } from '#modules/publications'
import { Card } from '#ui/components/card'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { PublicationList } from '#ui/components/publication-list'
import { SectionHead } from '#ui/components/section-head'
import type { Gathered } from '../gather.ts'
import type { Topic } from '../topic.ts'

/** A topic as readers see it; the desk's preview shows the same. */
export function TopicBody(props: {
  topic: Topic
  gathered: readonly Gathered[]
  base: string
  feed?: string | undefined
}) {
  const { topic, base, feed } = props
  const shown = props.gathered.filter(one => one.items.length > 0)
  return (
    <>
      <PageHead title={topic.name} note={topic.summary} />
      {topic.state === 'closed' && topic.closedAt ? (
        <Notice tone="info" title={`这个专题已于${inChinese(dateInBeijing(topic.closedAt))}结束。`}>
          {topic.closingNote}
        </Notice>
      ) : null}
      <div class="main-and-aside">
        <div class="min-w-0">
          {shown.length === 0 ? (
            <EmptyState title="这个专题现在没有公开的内容">
              有内容公开时会立即出现在这里。您可以先<a href={`${base}/search`}>在全站搜索</a>。
            </EmptyState>
          ) : null}
          {shown.map(one => (
            <TopicSection key={one.section.id} gathered={one} base={base} />
          ))}
        </div>
        <aside>
          {topic.audience.length > 0 ? (
            <Card title="适用人群">
              <p>{topic.audience.join('、')}</p>
            </Card>
          ) : null}
          {shown.length > 1 ? (
            <Card title="本专题的板块">
              <ul>
                {shown.map(({ section }) => (
                  <li key={section.id}>
                    <a href={`#${anchorOf(section)}`}>{section.title}</a>
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
          {feed && topic.state === 'public' ? (
            <Card title="订阅">
              <p>有新内容收入时，您的阅读器会收到：</p>
              <p>
                <a href={feed}>订阅这个专题（Atom）</a>
              </p>
            </Card>
          ) : null}
        </aside>
      </div>
    </>
  )
}

const anchorOf = (section: { id: string }) => `section-${section.id.slice(-12)}`

function TopicSection({ gathered, base }: { gathered: Gathered; base: string }) {
  const { section, items, more } = gathered
  return (
    <section class="mb-8">
      <SectionHead
        id={anchorOf(section)}
        title={section.title}
        more={more ? { label: `全部 ${more.total} 件`, href: base + more.href } : undefined}
      />
      {section.note ? <p class="pt-2 text-soft">{section.note}</p> : null}
      <PublicationList
        items={items.map(item => ({
          ...listingOf(item, base),
          tags: <span>{kindOf(item.kind).label}</span>,
        }))}
      />
    </section>
  )
}
