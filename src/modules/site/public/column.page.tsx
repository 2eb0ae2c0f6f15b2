import { dateInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import {
  ChosenFilters,
  type ColumnRow,
  type ColumnUse,
  choiceAddress,
  columnTag,
  facetGroups,
  filterOf,
  isNarrowed,
  kindOf,
  type ListChoice,
  ListColumns,
  listColumns,
  listColumnsInUse,
  listingOf,
  listPublic,
  listsTag,
  nextBoundary,
  organFacet,
  readChoice,
  yearFacet,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { movedTo, page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { FilterPanel } from '#ui/components/filter-panel'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { PublicationList } from '#ui/components/publication-list'
import { Tabs } from '#ui/components/tabs'
import { columnAddress, doorOf, isChildOf, platformPath } from '../platform.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/columns/*',
    rule: showsPublications(item => [
      `/columns/${item.columnPath}`,
      `/columns/${item.columnPath}?organ=${item.organKey}`,
      `/columns/${item.columnPath.split('/')[0]}`,
    ]),
    handle: showColumn,
  },
]

/** 栏目: what stands in it and below it, newest first. */
async function showColumn(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const path = incoming.params['*'] ?? ''
  if (path === platformPath) return movedTo(`${site.base}/disclosure`)
  const all = await listColumns(db, site.id)
  const column = all.find(one => one.path === path)
  if (!column) throw notFound('site.no-such-column', '没有这个栏目。它可能改了名称，请从网站地图里找。')
  const { organ, year, page: number } = readChoice(incoming.query)
  const choice: ListChoice = { organ, year, page: number }
  const address = site.base + columnAddress(path)
  const filter = { ...filterOf(site.id, choice), columnPath: path }
  const [inUse, found, groups, boundary] = await Promise.all([
    listColumnsInUse(db, now, site.id),
    listPublic(db, now, filter, { page: number, pageSize: 20 }),
    facetGroups(ctx, filter, choice, address, [organFacet, yearFacet]),
    nextBoundary(db, now),
  ])
  const use = inUse.find(one => one.path === path)
  const head = {
    title: column.name,
    door: doorOf(column),
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      ...parentsOf(column, all, inUse, site.base),
      { label: column.name },
    ],
    column,
  }
  if (!use) return emptyColumn(column, head, site.base)
  return page({
    ...head,
    noIndex: isNarrowed(choice),
    feeds: [{ title: `${column.name}：最新公开`, href: `${site.base}/feeds/columns/${path}.atom` }],
    dependsOn: [columnTag(column.id), listsTag(site.id)],
    freshUntil: boundary ?? undefined,
    body: (
      <>
        <PageHead title={column.name} note={column.description} />
        <SubColumns columns={inUse.filter(one => isChildOf(one.path, path))} base={site.base} />
        <ListColumns filters={<FilterPanel action={address} groups={groups} />}>
          <ChosenFilters
            path={address}
            choice={choice}
            words={{
              organ: groups[0]?.options.find(option => option.chosen)?.label,
            }}
          />
          <p class="mt-2 text-soft" role="status">
            {isNarrowed(choice) ? '找到' : '共'} <b>{found.total}</b> 条
            {use.newestAt ? `，最近更新 ${dateInBeijing(use.newestAt)}` : ''}
          </p>
          {found.rows.length > 0 ? (
            <PublicationList
              items={found.rows.map(item => ({
                ...listingOf(item, site.base),
                ...(kindOf(item.kind).hasValidity ? {} : { meta: item.organName }),
              }))}
            />
          ) : (
            <EmptyState title="没有符合条件的内容">
              <a href={address}>看本栏目的全部内容</a>
            </EmptyState>
          )}
          <Pager page={found} href={to => choiceAddress(address, choice, { page: to })} />
        </ListColumns>
      </>
    ),
  })
}

/** Nothing links here (S-UPD-05); who comes by an old address learns why there is nothing to see. */
function emptyColumn(column: ColumnRow, head: Omit<Parameters<typeof page>[0], 'body'>, base: string): Reply {
  return page({
    ...head,
    status: 404,
    noIndex: true,
    body: (
      <>
        <PageHead title={column.name} note={column.description} />
        <EmptyState title="这个栏目现在没有公开的内容">
          有内容公开时会立即出现在这里。您可以先
          <a class="underline" href={`${base}/site-map`}>
            看看网站地图
          </a>
          ，或者
          <a class="underline" href={`${base}/search`}>
            在全站搜索
          </a>
          。
        </EmptyState>
      </>
    ),
  })
}

function SubColumns({ columns, base }: { columns: readonly ColumnUse[]; base: string }) {
  if (columns.length === 0) return null
  return (
    <Tabs
      label="下级栏目"
      items={columns.map(column => ({
        label: column.name,
        href: base + columnAddress(column.path),
        count: column.items,
      }))}
    />
  )
}

function parentsOf(column: ColumnRow, all: readonly ColumnRow[], inUse: readonly ColumnUse[], base: string) {
  return all
    .filter(one => column.path.startsWith(`${one.path}/`))
    .toSorted((a, b) => a.path.length - b.path.length)
    .map(one => ({
      label: one.name,
      ...(inUse.some(used => used.path === one.path) ? { href: base + columnAddress(one.path) } : {}),
    }))
}
