import { dateInBeijing, nextMidnight } from '#lib/beijing-time'
import { listSites } from '#modules/organisations'
import { addressOf, listsTag, nextBoundary } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { PublicationList } from '#ui/components/publication-list'
import { SectionHead } from '#ui/components/section-head'
import { StateTag } from '#ui/components/state-tag'
import { formWord } from '../forms.ts'
import { leadersOfYear } from '../leaders.ts'
import { InterpretationTabs } from './interpretation-tabs.tsx'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/interpretations/leaders',
    rule: showsPublications(() => ['/interpretations/leaders']),
    handle: showLeaders,
  },
]

/** 领导解读: which head of which organ spoke, when, and honestly who has not yet this year (I3). */
async function showLeaders(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const thisYear = Number(ctx.clock.today().slice(0, 4))
  const asked = Number(queryText(incoming, 'year'))
  const years = [thisYear, thisYear - 1, thisYear - 2]
  const year = years.includes(asked) ? asked : thisYear
  const [organs, boundary, sites] = await Promise.all([
    leadersOfYear(ctx, site, year),
    nextBoundary(db, now),
    listSites(db),
  ])
  const spoke = organs.filter(one => one.spoken.length > 0)
  const silent = organs.filter(one => one.spoken.length === 0)
  const midnight = nextMidnight(now)
  const path = `${site.base}/interpretations/leaders`
  return page({
    title: '领导解读',
    door: 'policies',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      { label: '政策解读', href: `${site.base}/interpretations` },
      { label: '领导解读' },
    ],
    column: {
      name: '领导解读',
      description: `${site.name}及其部门的主要负责人亲自解读政策的情况`,
      keywords: '领导解读,负责人解读,政策解读',
      type: '政策解读',
    },
    canonical: year === thisYear ? path : `${path}?year=${year}`,
    // Departments may publish on sites of their own
    dependsOn: sites.map(one => listsTag(one.id)),
    freshUntil: boundary && boundary < midnight ? boundary : midnight,
    body: (
      <>
        <PageHead
          title="领导解读"
          note="各单位主要负责人每年至少亲自解读一次重要政策。谁解读了、谁还没有，都在这里。"
        />
        <InterpretationTabs base={site.base} current="leaders" />
        <p class="mt-3">
          {years.map(one => (
            <a
              key={one}
              class={one === year ? 'mr-4 font-bold' : 'mr-4 underline'}
              href={one === thisYear ? path : `${path}?year=${one}`}
              aria-current={one === year ? 'page' : undefined}
            >
              {one}年
            </a>
          ))}
        </p>
        <p class="mt-2" role="status">
          {year}年，{organs.length} 个单位中 <b>{spoke.length}</b> 个的主要负责人已经解读
          {silent.length > 0 ? `，${silent.length} 个${year === thisYear ? '还' : ''}没有` : ''}。
        </p>
        {organs.length === 0 ? (
          <EmptyState title="还没有需要列出的单位">有政府部门公开信息以后，会列在这里。</EmptyState>
        ) : null}
        {spoke.map(({ organ, spoken }) => (
          <section key={organ.id} class="mt-6">
            <SectionHead title={organ.shortName} />
            <PublicationList
              items={spoken.map(({ item, who }) => ({
                href: site.base + addressOf(item),
                title: item.title,
                date: item.firstPublicAt ? dateInBeijing(item.firstPublicAt) : null,
                meta: [who.post, who.name].filter(Boolean).join(' '),
                tags: <StateTag state="info">{formWord(item.fields.form) ?? '解读'}</StateTag>,
              }))}
            />
          </section>
        ))}
        {silent.length > 0 ? (
          <section class="mt-6">
            <SectionHead title={year === thisYear ? '今年还没有' : `${year}年没有`} />
            <p class="pt-2">{silent.map(one => one.organ.shortName).join('、')}</p>
          </section>
        ) : null}
      </>
    ),
  })
}
