import { dateInBeijing, inChinese } from '#lib/beijing-time'
import { type Listed, listingOf, listsTag, nextBoundary, publishedDay } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsPublications } from '#platform/http/route'
import { Card } from '#ui/components/card'
import { Doors } from '#ui/components/doors'
import { EmptyState } from '#ui/components/empty-state'
import { Figures } from '#ui/components/figures'
import { Hero } from '#ui/components/hero'
import { PublicationList } from '#ui/components/publication-list'
import { SectionHead } from '#ui/components/section-head'
import { type HomeFacts, homeFacts, monthQuery } from './home-facts.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/', rule: showsPublications(() => ['/']), handle: showHome },
]

/** Search first, then what is new; nothing moves, and every number opens into what it counts. */
async function showHome(ctx: PublicContext): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const [facts, boundary] = await Promise.all([homeFacts(ctx), nextBoundary(db, now)])
  return page({
    title: site.name,
    door: 'home',
    column: {
      name: '首页',
      description: `${site.name}网站首页：查找政策文件和政府信息，了解最新公开的内容`,
      keywords: `${site.name},政府信息公开,政策文件`,
      type: '首页',
    },
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': 'WebSite',
      name: site.name,
      url: `${site.origin}${site.base}/`,
      inLanguage: 'zh-CN',
      publisher: { '@type': 'GovernmentOrganization', name: site.name },
      potentialAction: {
        '@type': 'SearchAction',
        target: `${site.origin}${site.base}/search?q={search_term_string}`,
        'query-input': 'required name=search_term_string',
      },
    },
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: <Home facts={facts} base={site.base} month={dateInBeijing(now).slice(0, 7)} />,
  })
}

function Home({ facts, base, month }: { facts: HomeFacts; base: string; month: string }) {
  const { policies, sections, doors } = facts
  const example = policies.find(item => item.docNo)?.docNo
  return (
    <>
      <Hero
        title="想查什么、想问什么，从这里开始"
        action={`${base}/search`}
        hint={example ? `政策名称、文号（如 ${example}）或一句话` : '名称、文号或一句话'}
        hot={facts.words.map(word => ({ label: word, href: `${base}/search?q=${encodeURIComponent(word)}` }))}
      />
      {doors.length > 0 ? <Doors items={doors.map(door => ({ ...door, href: base + door.href }))} /> : null}
      <div class="main-and-aside">
        <div class="min-w-0">
          {policies.length > 0 ? (
            <section aria-labelledby="newest-policies">
              <SectionHead
                id="newest-policies"
                title="最新政策"
                more={{ label: '政策文件库', href: `${base}/policies` }}
              />
              <PublicationList items={policies.map(item => listingOf(item, base))} />
            </section>
          ) : null}
          {sections.map(section => (
            <section key={section.path} class="mt-9" aria-labelledby={`column-${section.path}`}>
              <SectionHead
                id={`column-${section.path}`}
                title={section.name}
                more={{ label: `全部 ${section.items} 条`, href: `${base}/columns/${section.path}` }}
              />
              <PublicationList
                items={section.newest.map(item => ({
                  href: base + item.address,
                  title: item.title,
                  date: publishedDay(item),
                }))}
              />
            </section>
          ))}
          {policies.length === 0 && sections.length === 0 ? (
            <EmptyState title="这里还没有新公开的内容">
              {doors.length > 0
                ? '以前的内容可以从上面的入口查阅。'
                : '网站刚刚建立，内容公开后会立即出现在这里。'}
            </EmptyState>
          ) : null}
        </div>
        <aside>
          <MonthCard facts={facts} base={base} month={month} />
          <ComingCard items={facts.coming} base={base} />
          <InterpretationsCard items={facts.interpretations} base={base} />
        </aside>
      </div>
    </>
  )
}

function MonthCard({ facts, base, month }: { facts: HomeFacts; base: string; month: string }) {
  const { thisMonth } = facts
  if (thisMonth.all === 0) return null
  const query = monthQuery(month)
  return (
    <Card title={`本月公开 · ${Number(month.slice(5))}月`}>
      <Figures
        items={[
          { value: thisMonth.all, label: '全部信息', href: `${base}/search?${query}` },
          ...(thisMonth.policies > 0
            ? [{ value: thisMonth.policies, label: '政策文件', href: `${base}/policies?${query}` }]
            : []),
          ...(thisMonth.interpretations > 0
            ? [
                {
                  value: thisMonth.interpretations,
                  label: '政策解读',
                  href: `${base}/interpretations?${query}`,
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

function ComingCard({ items, base }: { items: readonly Listed[]; base: string }) {
  if (items.length === 0) return null
  return (
    <Card title="即将施行">
      <ul>
        {items.map(item => (
          <li key={item.id}>
            <a href={base + item.address}>{item.title}</a>
            {item.effectiveFrom ? (
              <small class="block text-soft">{inChinese(item.effectiveFrom)}起施行</small>
            ) : null}
          </li>
        ))}
      </ul>
      <p>
        <a href={`${base}/policies?validity=not-yet`}>全部尚未施行的文件 →</a>
      </p>
    </Card>
  )
}

function InterpretationsCard({ items, base }: { items: readonly Listed[]; base: string }) {
  if (items.length === 0) return null
  return (
    <Card title="最新解读">
      <ul>
        {items.map(item => (
          <li key={item.id}>
            <a href={base + item.address}>{item.title}</a>
            <small class="block text-soft">
              <time datetime={publishedDay(item)}>{publishedDay(item)}</time>
            </small>
          </li>
        ))}
      </ul>
      <p>
        <a href={`${base}/interpretations`}>全部解读 →</a>
      </p>
    </Card>
  )
}
