import { notFound } from '#lib/errors'
import { findOrganByKey, type Organ } from '#modules/organisations'
import {
  type Listed,
  listColumnsInUse,
  listingOf,
  listPublic,
  listsTag,
  nextBoundary,
  publicByIds,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { PublicationList } from '#ui/components/publication-list'
import { SectionHead } from '#ui/components/section-head'
import { underCodes } from '../content-tree.ts'
import { nameOf, pages, type StatutoryCode, statutory } from '../item.ts'
import { ItemFacts } from '../item-facts.tsx'
import { type CatalogueItem, findItem, listLinks } from '../queries.ts'
import { catalogueTag } from '../tags.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/catalogue/content/:code',
    rule: showsPublications(() => []),
    handle: showNode,
  },
  { method: 'GET', path: '/catalogue/:key', rule: showsPublications(() => []), handle: showItem },
]

const first = 20

interface Shown {
  columns: { path: string; name: string; total: number; rows: Listed[] }[]
  linked: Listed[]
}

/** What is public in these columns and under these links, of one organ or of all. */
async function shownUnder(
  ctx: PublicContext,
  under: { columns: readonly string[]; publicationIds: readonly string[] },
  organ: Organ | null,
): Promise<Shown> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const inUse = await listColumnsInUse(db, now, site.id, organ?.id)
  const uses = inUse.filter(column => under.columns.includes(column.path))
  const columns = await Promise.all(
    uses.map(async ({ path, name }) => {
      const filter = { siteId: site.id, columnPath: path, organId: organ?.id }
      const { rows, total } = await listPublic(db, now, filter, { page: 1, pageSize: first })
      return { path, name, rows, total }
    }),
  )
  const inColumns = new Set(columns.flatMap(column => column.rows.map(row => row.id)))
  const linked = (await publicByIds(db, now, site.id, [...new Set(under.publicationIds)]))
    .filter(row => !inColumns.has(row.id) && (organ === null || row.organKey === organ.key))
    .toSorted((a, b) => b.sortAt.getTime() - a.sortAt.getTime())
  return { columns, linked }
}

const isEmpty = ({ columns, linked }: Shown) => linked.length === 0 && columns.every(one => one.total === 0)

async function organIn(ctx: PublicContext, incoming: Incoming): Promise<Organ | null> {
  const key = queryText(incoming, 'organ')
  const organ = key === undefined ? null : await findOrganByKey(ctx.db, key)
  if (key !== undefined && !organ)
    throw notFound('catalogue.no-such-organ', '没有这个单位。请从“政府信息公开”的单位列表进入。')
  return organ
}

const parts = async (ctx: PublicContext, title: string) => ({
  title,
  door: 'disclosure',
  crumbs: [
    { label: '首页', href: `${ctx.site.base}/` },
    { label: '政府信息公开', href: `${ctx.site.base}/disclosure` },
    { label: '主动公开基本目录', href: `${ctx.site.base}/catalogue` },
    { label: title },
  ],
  column: {
    name: title,
    description: `${title}：应当公开的内容和已经公开的内容`,
    keywords: `${title},主动公开`,
    type: '信息公开目录',
  },
  dependsOn: [catalogueTag(ctx.site.id), listsTag(ctx.site.id)],
  freshUntil: (await nextBoundary(ctx.db, ctx.clock.now())) ?? undefined,
})

/** One node of the statutory content: what is public under it, then what the catalogue asks for. */
async function showNode(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { base } = ctx.site
  const { code = '' } = incoming.params
  const [under, organ] = await Promise.all([underCodes(ctx), organIn(ctx, incoming)])
  const node = under.get(code as StatutoryCode)
  if (!node) throw notFound('catalogue.no-such-node', '目录里没有这一类内容。请从主动公开基本目录进入。')
  const title = statutory[code as StatutoryCode]
  const shown = await shownUnder(ctx, node, organ)
  return page({
    ...(await parts(ctx, title)),
    status: isEmpty(shown) ? 404 : 200,
    noIndex: isEmpty(shown) || organ !== null,
    body: (
      <>
        <PageHead title={title} note={organ ? `${organ.name}公开的` : undefined} />
        <Content shown={shown} base={base} organ={organ} />
        <SectionHead title="目录怎么规定" />
        <DataTable
          caption="目录里的事项"
          captionHidden
          columns={[
            {
              key: 'name',
              head: '事项',
              cell: item => <a href={`${base}/catalogue/${item.key}`}>{nameOf(item.content)}</a>,
            },
            { key: 'elements', head: '公开内容', cell: item => item.content.elements },
            { key: 'limit', head: '什么时候', cell: item => item.content.limit },
            { key: 'body', head: '由谁', cell: item => item.content.body },
          ]}
          rows={node.items}
          rowKey={item => item.id}
        />
      </>
    ),
  })
}

/** One item of the catalogue, and what is public under it. */
async function showItem(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const item = await findItem(db, { siteId: site.id, key: incoming.params.key ?? '' })
  if (!item) throw notFound('catalogue.no-such-item', '目录里没有这个事项。请从主动公开基本目录进入。')
  const [links, organ] = await Promise.all([listLinks(db, { itemIds: [item.id] }), organIn(ctx, incoming)])
  const { place } = item.content
  const under = {
    columns: place === '' || place in pages ? [] : [place],
    publicationIds: links.map(link => link.publicationId),
  }
  const shown = await shownUnder(ctx, under, organ)
  const name = nameOf(item.content)
  return page({
    ...(await parts(ctx, name)),
    noIndex: item.retiredAt !== null || organ !== null,
    body: (
      <>
        <PageHead title={name} note={item.content.domain} />
        {item.retiredAt ? <Retired item={item} /> : null}
        <ItemFacts content={item.content} />
        {item.deviation ? (
          <p class="page-note">
            {item.origin === 'local' ? '本地增加的事项' : '和标准目录不同'}，理由：{item.deviation}
          </p>
        ) : null}
        <SectionHead title="已经公开的" />
        {place in pages ? (
          <p>
            见<a href={`${site.base}${place}`}>{pages[place]}</a>。
          </p>
        ) : (
          <Content shown={shown} base={site.base} organ={organ} />
        )}
      </>
    ),
  })
}

function Retired({ item }: { item: CatalogueItem }) {
  return <p class="page-note">这个事项已经不在目录里：{item.retiredReason}。以前公开的仍然可以看。</p>
}

function Content({ shown, base, organ }: { shown: Shown; base: string; organ: Organ | null }) {
  if (isEmpty(shown))
    return (
      <EmptyState title="还没有公开的内容">
        内容公开后会立即出现在这里。需要的信息可以
        <a href={`${base}/disclosure#on-request`}>申请公开</a>。
      </EmptyState>
    )
  const query = organ ? `?organ=${organ.key}` : ''
  return (
    <>
      {shown.columns.map(column => (
        <section key={column.path}>
          <SectionHead
            title={column.name}
            more={
              column.total > column.rows.length
                ? { label: `全部 ${column.total} 件`, href: `${base}/columns/${column.path}${query}` }
                : undefined
            }
          />
          <PublicationList items={column.rows.map(row => listingOf(row, base))} />
        </section>
      ))}
      {shown.linked.length > 0 ? (
        <section>
          {shown.columns.length > 0 ? <SectionHead title="按事项归入的" /> : null}
          <PublicationList items={shown.linked.map(row => listingOf(row, base))} />
        </section>
      ) : null}
    </>
  )
}
