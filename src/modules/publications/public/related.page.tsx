import { pageNumber } from '#lib/paging'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { PublicationList } from '#ui/components/publication-list'
import { kindOf } from '../kind.ts'
import { listLinkedFrom, nextBoundary } from '../public-queries.ts'
import { publicationTag } from '../tags.ts'
import { findItem, unknownItem } from './find-item.tsx'
import { othersSay } from './item-relations.tsx'

/** Everybody who stands in one relation to an item: `/policies/{id}/related?type=cites`. */
export const relatedRoutes = (segment: string): PublicRoute[] => [
  {
    method: 'GET',
    path: `/${segment}/:file/related`,
    rule: showsPublications(item =>
      item.segment === segment
        ? [`/${segment}/${item.id}/related?type=cites`, `/${segment}/${item.id}/related?type=interprets`]
        : [],
    ),
    handle: (ctx, incoming) => showRelated(ctx, incoming, segment),
  },
]

async function showRelated(ctx: PublicContext, incoming: Incoming, segment: string): Promise<Reply> {
  const type = [incoming.query.type].flat()[0] ?? ''
  const label = Object.hasOwn(othersSay, type) ? othersSay[type] : undefined
  if (label === undefined) throw unknownItem()
  const now = ctx.clock.now()
  const { view, instead } = await findItem(ctx, { publicId: incoming.params.file ?? '', segment })
  if (!view) return instead
  const number = pageNumber([incoming.query.page].flat()[0])
  const [found, boundary] = await Promise.all([
    listLinkedFrom(ctx.db, now, { publicationId: view.id, type }, { page: number, pageSize: 50 }),
    nextBoundary(ctx.db, now),
  ])
  const { base } = ctx.site
  const path = `${base}${view.address}/related?type=${type}`
  return page({
    title: `${view.title}：${label}`,
    door: kindOf(view.kind).door,
    crumbs: [
      { label: '首页', href: `${base}/` },
      { label: view.title, href: base + view.address },
      { label },
    ],
    noIndex: true,
    dependsOn: [publicationTag(view.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead
          title={`${label}（${found.total}）`}
          note={view.title}
          actions={<a href={base + view.address}>回到正文</a>}
        />
        {found.rows.length > 0 ? (
          <PublicationList
            items={found.rows.map(work => ({
              href: base + (work.address ?? ''),
              title: work.title,
              date: work.publishedOn,
              meta: work.docNo,
            }))}
          />
        ) : (
          <EmptyState title="这里还没有内容">
            <a href={base + view.address}>回到正文</a>
          </EmptyState>
        )}
        <Pager page={found} href={at => `${path}&page=${at}`} />
      </>
    ),
  })
}
