import { nextMidnight } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { PageHead } from '#ui/components/page-head'
import { Tabs } from '#ui/components/tabs'
import { nameOf } from '../item.ts'
import { type CatalogueItem, listItems, listWithheld } from '../queries.ts'
import { catalogueTag } from '../tags.ts'
import { type Ground, grounds } from '../withheld.ts'
import { sheetOf } from '../write-sheet.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/catalogue', rule: showsNoPublications, handle: show },
  { method: 'GET', path: '/catalogue.csv', rule: showsNoPublications, handle: table },
  { method: 'GET', path: '/catalogue/withheld', rule: showsNoPublications, handle: withheld },
]

async function itemsOf(ctx: PublicContext): Promise<CatalogueItem[]> {
  const items = await listItems(ctx.db, ctx.site.id)
  if (items.length === 0) throw notFound('catalogue.none', '这个站点还没有公布主动公开基本目录。')
  return items
}

const crumbs = (base: string, ...more: { label: string; href?: string }[]) => [
  { label: '首页', href: `${base}/` },
  { label: '政府信息公开', href: `${base}/disclosure` },
  ...more,
]

/** 主动公开基本目录: what must be published, on which ground, by when, by whom; one field at a time. */
async function show(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const [items, notPublic] = await Promise.all([itemsOf(ctx), listWithheld(db, site.id)])
  const byDomain = Map.groupBy(items, item => item.content.domain)
  const asked = queryText(incoming, 'domain') ?? ''
  const domain = byDomain.has(asked) ? asked : ([...byDomain.keys()][0] ?? '')
  const address = (of: string) => `${site.base}/catalogue?domain=${encodeURIComponent(of)}`
  const query = `?domain=${encodeURIComponent(domain)}`
  return page({
    title: '主动公开基本目录',
    door: 'disclosure',
    canonical: asked === '' ? `${site.base}/catalogue` : address(domain),
    crumbs: crumbs(site.base, { label: '主动公开基本目录' }),
    column: {
      name: '主动公开基本目录',
      description: `${site.name}应当主动公开的事项、内容、依据、时限和责任单位`,
      keywords: '主动公开,基本目录,公开事项,公开时限',
      type: '信息公开目录',
    },
    dependsOn: [catalogueTag(site.id)],
    body: (
      <>
        <PageHead
          title="主动公开基本目录"
          note={`这里列明应当公开什么、依据什么、什么时候公开、由谁公开，共 ${items.length} 项。是否按时做到，看公开义务看板。`}
        />
        <Tabs
          label="领域"
          items={[...byDomain].map(([name, rows]) => ({
            label: name,
            href: address(name),
            current: name === domain,
            count: rows.length,
          }))}
        />
        <DataTable
          caption={domain}
          columns={[
            {
              key: 'name',
              head: '事项',
              cell: item => <a href={`${site.base}/catalogue/${item.key}`}>{nameOf(item.content)}</a>,
            },
            { key: 'elements', head: '公开内容', cell: item => item.content.elements },
            { key: 'ground', head: '依据', cell: item => item.content.ground },
            { key: 'limit', head: '什么时候', cell: item => item.content.limit },
            { key: 'body', head: '由谁', cell: item => item.content.body },
          ]}
          rows={byDomain.get(domain) ?? []}
          rowKey={item => item.id}
        />
        <ul class="mt-4 flex flex-wrap gap-x-6 gap-y-2">
          <li>
            <a href={`${site.base}/catalogue.csv`} download>
              下载全部目录（CSV）
            </a>
          </li>
          <li>
            <a href={`${site.base}/catalogue.csv${query}`} download>
              下载“{domain}”（CSV）
            </a>
          </li>
          <li>
            <a href={`${site.base}/obligations`}>公开义务看板</a>
          </li>
          {notPublic.length > 0 ? (
            <li>
              <a href={`${site.base}/catalogue/withheld`}>哪些信息不公开、为什么</a>
            </li>
          ) : null}
        </ul>
      </>
    ),
  })
}

async function table(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const items = await itemsOf(ctx)
  const domain = queryText(incoming, 'domain')
  const rows = items.filter(item => domain === undefined || item.content.domain === domain)
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: sheetOf(rows.map(item => item.content)),
    headers: { 'Content-Disposition': `attachment; filename="catalogue-${ctx.site.key}.csv"` },
    dependsOn: [catalogueTag(ctx.site.id)],
  }
}

/** 不公开清单 with “why not public” (G3). */
async function withheld(ctx: PublicContext): Promise<Reply> {
  const { db, site } = ctx
  const rows = await listWithheld(db, site.id)
  if (rows.length === 0)
    throw notFound('catalogue.nothing-withheld', '这个站点没有列明不公开的信息。需要的信息可以申请公开。')
  return page({
    title: '不公开清单',
    door: 'disclosure',
    crumbs: crumbs(
      site.base,
      { label: '主动公开基本目录', href: `${site.base}/catalogue` },
      { label: '不公开清单' },
    ),
    column: {
      name: '不公开清单',
      description: `${site.name}不公开的信息种类、依据和理由`,
      keywords: '不予公开,负面清单,依据',
      type: '信息公开目录',
    },
    dependsOn: [catalogueTag(site.id)],
    freshUntil: nextMidnight(ctx.clock.now()),
    body: (
      <>
        <PageHead
          title="哪些信息不公开、为什么"
          note="公开是原则，不公开是例外。下面这些种类的信息依法不公开，每年至少重新评估一次；没有列在这里的，可以申请公开。"
        />
        <DataTable
          caption={`共 ${rows.length} 类`}
          columns={[
            { key: 'title', head: '信息种类' },
            { key: 'why', head: '为什么不公开' },
            { key: 'ground', head: '依据', cell: row => grounds[row.ground as Ground] },
            { key: 'body', head: '由谁负责' },
            {
              key: 'reviewOn',
              head: '下次评估',
              cell: row => <span class="whitespace-nowrap">{row.reviewOn}</span>,
            },
          ]}
          rows={rows}
          rowKey={row => row.id}
        />
        <p>
          认为其中的信息应当公开的，可以
          <a href={`${site.base}/disclosure#on-request`}>申请公开</a>，收到申请会逐件重新判断。
        </p>
      </>
    ),
  })
}
