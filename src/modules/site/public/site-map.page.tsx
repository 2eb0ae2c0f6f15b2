import { listOrgansBelow, organTree } from '#modules/organisations'
import { type ColumnUse, countByOrgan, listColumnsInUse, listsTag, nextBoundary } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsPublications } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { SectionHead } from '#ui/components/section-head'
import { columnAddress, isChildOf } from '../platform.ts'
import { countedTree } from './counted-tree.ts'
import { openDoors } from './open-doors.ts'
import { OrganTree } from './organ-tree.tsx'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/site-map', rule: showsPublications(() => ['/site-map']), handle: showSiteMap },
]

/** 网站地图 for people: the fixed pages, every column in use, every organ. */
async function showSiteMap(ctx: PublicContext): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const [doors, columns, tree, below, counts, boundary] = await Promise.all([
    openDoors(ctx, now),
    listColumnsInUse(db, now, site.id),
    organTree(db),
    listOrgansBelow(db, site.organId),
    countByOrgan(db, now, { siteId: site.id }),
    nextBoundary(db, now),
  ])
  const organs = countedTree(tree, counts, { within: new Set(below) })
  const { base } = site
  const fixed = [
    { label: '首页', href: '/' },
    ...doors,
    { label: '全站搜索', href: '/search' },
    { label: '无障碍浏览', href: '/reading' },
  ]
  return page({
    title: '网站地图',
    crumbs: [{ label: '首页', href: `${base}/` }, { label: '网站地图' }],
    column: {
      name: '网站地图',
      description: `${site.name}网站的全部栏目和机构`,
      keywords: '网站地图,栏目,机构',
      type: '网站地图',
    },
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead title="网站地图" />
        <div class="main-and-aside">
          <div class="min-w-0">
            <SectionHead title="查找和阅读" />
            <ul class="flex flex-wrap gap-x-6 gap-y-1 pt-3">
              {fixed.map(one => (
                <li key={one.href}>
                  <a href={base + one.href}>{one.label}</a>
                </li>
              ))}
            </ul>
            {columns.length > 0 ? <SectionHead title="栏目" /> : null}
            <Columns
              columns={columns.filter(column => !column.path.includes('/'))}
              all={columns}
              base={base}
            />
          </div>
          <aside>
            <OrganTree title="机构" nodes={organs} href={key => `${base}/organs/${key}`} />
          </aside>
        </div>
      </>
    ),
  })
}

function Columns(props: {
  columns: readonly ColumnUse[]
  all: readonly ColumnUse[]
  base: string
  below?: boolean
}) {
  const { columns, all, base, below } = props
  if (columns.length === 0) return null
  return (
    <ul class={below ? 'pl-5' : 'pt-2'}>
      {columns.map(column => (
        <li key={column.id}>
          <span class="flex items-baseline gap-2 py-0.5">
            <a href={base + columnAddress(column.path)}>{column.name}</a>
            <span class="text-sm text-soft tabular-nums">{column.items} 条</span>
          </span>
          <Columns
            columns={all.filter(one => isChildOf(one.path, column.path))}
            all={all}
            base={base}
            below
          />
        </li>
      ))}
    </ul>
  )
}
