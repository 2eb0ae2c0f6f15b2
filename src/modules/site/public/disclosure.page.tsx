import type { ComponentChildren } from 'preact'
import { notFound } from '#lib/errors'
import { catalogueTag } from '#modules/catalogue'
import { organTag } from '#modules/organisations'
import { ListSearch, listingOf, listsTag, nextBoundary } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { PublicationList } from '#ui/components/publication-list'
import { SectionHead } from '#ui/components/section-head'
import { Tabs } from '#ui/components/tabs'
import { platformPath } from '../platform.ts'
import { ApplyBlock } from './apply-block.tsx'
import { ContentBlock } from './content-block.tsx'
import { type DisclosureFacts, disclosureFacts } from './disclosure-facts.ts'
import { OrganTree } from './organ-tree.tsx'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/disclosure',
    rule: showsPublications(item => ['/disclosure', `/disclosure?organ=${item.organKey}`]),
    handle: showPlatform,
  },
]

/** 政府信息公开: the platform of the whole site, or the page of one organ with the same blocks (S-PLT-04, S-PLT-05). */
async function showPlatform(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const key = queryText(incoming, 'organ')
  const [facts, boundary] = await Promise.all([disclosureFacts(ctx, key), nextBoundary(db, now)])
  if (!facts)
    throw notFound('site.no-such-organ', '没有这个单位的公开平台。请从“政府信息公开”页面的单位列表进入。')
  const { organ } = facts
  const name = organ ? organ.name : site.name
  return page({
    title: organ ? `${organ.name}政府信息公开` : '政府信息公开',
    door: 'disclosure',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      organ ? { label: '政府信息公开', href: `${site.base}/disclosure` } : { label: '政府信息公开' },
      ...(organ ? [{ label: organ.shortName }] : []),
    ],
    column: {
      name: '政府信息公开',
      description: `${name}政府信息公开平台：指南、制度、法定主动公开内容、年报和依申请公开`,
      keywords: '政府信息公开,公开指南,公开制度,主动公开,依申请公开,年报',
      type: '信息公开目录,信息公开指南,信息公开年报,依申请公开',
    },
    dependsOn: [
      listsTag(site.id),
      catalogueTag(site.id),
      ...(facts.office.organId ? [organTag(facts.office.organId)] : []),
    ],
    freshUntil: boundary ?? undefined,
    body: <Platform facts={facts} base={site.base} name={name} />,
  })
}

function Platform({ facts, base, name }: { facts: DisclosureFacts; base: string; name: string }) {
  const { organ, guides, rules, content, reports } = facts
  const query = organ ? `?organ=${organ.key}` : ''
  const blocks = [
    {
      key: 'guide',
      label: '政府信息公开指南',
      shown: guides.total > 0,
      more: more(guides, `${base}/columns/disclosure/guide${query}`, organ ? '全部' : '各单位的指南，共'),
      body: <PublicationList items={guides.rows.map(item => listingOf(item, base))} />,
    },
    {
      key: 'rules',
      label: '政府信息公开制度',
      shown: rules.total > 0,
      more: more(rules, `${base}/columns/disclosure/rules${facts.commonRules ? '' : query}`),
      body: (
        <>
          {facts.commonRules ? <p class="page-note pt-2">执行本级政府统一的政府信息公开制度。</p> : null}
          <PublicationList items={rules.rows.map(item => listingOf(item, base))} />
        </>
      ),
    },
    {
      key: 'content',
      label: '法定主动公开内容',
      shown: content.length > 0,
      more:
        facts.contentItems > 0
          ? {
              label: `按时间看全部 ${facts.contentItems} 件`,
              href: `${base}/columns/disclosure/content${query}`,
            }
          : undefined,
      body: (
        <>
          {facts.hasCatalogue ? (
            <p class="page-note pt-2">
              应当公开什么、什么时候、由谁公开，见<a href={`${base}/catalogue`}>主动公开基本目录</a>。
            </p>
          ) : null}
          <ContentBlock nodes={content} base={base} />
        </>
      ),
    },
    {
      key: 'annual-reports',
      label: '政府信息公开年报',
      shown: reports.total > 0,
      more: more(reports, `${base}/columns/disclosure/annual-reports${query}`),
      body: <PublicationList items={reports.rows.map(item => listingOf(item, base))} />,
    },
  ].filter(block => block.shown)
  return (
    <>
      <PageHead
        title={organ ? `${organ.name}政府信息公开` : '政府信息公开'}
        note={`${name}依照《中华人民共和国政府信息公开条例》公开的信息，可以检索、查阅、下载。`}
      />
      <Tabs
        label="本页内容"
        items={[
          ...blocks.map(block => ({ label: block.label, href: `#${block.key}` })),
          { label: '依申请公开', href: '#on-request' },
        ]}
      />
      <div class="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div class="min-w-0">
          {facts.organs.length > 0 ? (
            <>
              <ListSearch
                path={`${base}/search`}
                choice={{ column: platformPath, organ: organ?.key, page: 1 }}
                label="在公开平台中检索"
                hint="名称、文号或内容里的词"
                days
              />
              <p class="text-sm">
                <a href={`${base}/disclosure/list.csv${query}`} download>
                  下载公开目录（CSV 表格）
                </a>
              </p>
            </>
          ) : null}
          {blocks.length === 0 ? (
            <EmptyState title={organ ? '这个单位还没有公开的内容' : '还没有公开的内容'}>
              内容公开后会立即出现在这里。需要的信息可以申请公开，办法见下面的“依申请公开”。
            </EmptyState>
          ) : null}
          {blocks.map(block => (
            <Block key={block.key} id={block.key} title={block.label} more={block.more}>
              {block.body}
            </Block>
          ))}
          <Block id="on-request" title="依申请公开">
            <ApplyBlock office={facts.office} base={base} />
          </Block>
        </div>
        <aside aria-label="各单位公开平台">
          <OrganTree
            title="各单位公开平台"
            nodes={facts.organs}
            href={key => `${base}/disclosure?organ=${key}`}
            current={organ?.key}
          />
        </aside>
      </div>
    </>
  )
}

function Block(props: {
  id: string
  title: string
  more?: { label: string; href: string } | undefined
  children: ComponentChildren
}) {
  return (
    <section id={props.id} class="mt-8">
      <SectionHead title={props.title} more={props.more} />
      {props.children}
    </section>
  )
}

const more = (list: { total: number; rows: readonly unknown[] }, href: string, words = '全部') =>
  list.total > list.rows.length ? { label: `${words} ${list.total} 件`, href } : undefined
