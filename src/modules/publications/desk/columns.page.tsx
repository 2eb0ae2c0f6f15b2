import { dateInBeijing } from '#lib/beijing-time'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { LinkButton } from '#ui/forms'
import { listColumnUses } from '../column-queries.ts'
import { freshnessOn } from '../freshness.ts'
import { mayManageColumns, mayReadColumns } from '../policy.ts'
import { DoneNotice } from './done-notice.tsx'

export const routes: DeskRoute[] = [{ method: 'GET', path: '/columns', may: mayReadColumns, handle: show }]

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const sites = await listSites(ctx.db)
  return page({
    title: '栏目',
    crumbs: [{ label: '栏目' }],
    body: (
      <>
        <PageHead
          title="栏目"
          note="导航、页面标签（ColumnName 等）、公开目录和更新提醒都从栏目来。没有内容的栏目公众看不到。"
        />
        <DoneNotice incoming={incoming} />
        {sites.length === 0 && (
          <EmptyState title="还没有站点">栏目属于站点。请系统管理员先在“站点”里新建。</EmptyState>
        )}
        {await Promise.all(sites.map(site => siteColumns(ctx, site)))}
      </>
    ),
  })
}

type Row = Awaited<ReturnType<typeof listColumnUses>>[number]

async function siteColumns(ctx: DeskContext, site: SiteRow) {
  const rows = inTreeOrder(await listColumnUses(ctx.db, ctx.clock.now(), site.id))
  const may = mayManageColumns(ctx.actor, site.organId)
  return (
    <Sheet
      key={site.id}
      title={site.name}
      count={rows.length}
      actions={
        may ? (
          <LinkButton small href={`/columns/new?site=${site.key}`}>
            新建栏目
          </LinkButton>
        ) : undefined
      }
    >
      <DataTable
        caption={`${site.name}的栏目`}
        captionHidden
        columns={[
          { key: 'name', head: '栏目', cell: row => <Name row={row} may={may} /> },
          { key: 'type', head: '类型', cell: row => row.type.replaceAll(',', '、') },
          { key: 'items', head: '内容', figures: true, cell: row => <Items row={row} /> },
          {
            key: 'newest',
            head: '最近更新',
            cell: row => (row.newestAt ? <time>{dateInBeijing(row.newestAt)}</time> : '—'),
          },
          {
            key: 'limit',
            head: '更新期限',
            cell: row => (row.updateLimitDays === null ? '不限' : `${row.updateLimitDays} 天`),
          },
          { key: 'fresh', head: '更新情况', cell: row => <Fresh row={row} today={ctx.clock.today()} /> },
        ]}
        rows={rows}
        rowKey={row => row.id}
        empty={
          <EmptyState title="这个站点还没有栏目">
            {may
              ? '请先新建栏目：发布物要放在栏目里，公众才找得到。'
              : '栏目由政务公开办或者系统管理员新建。'}
          </EmptyState>
        }
      />
    </Sheet>
  )
}

/** Each column below the one whose path it continues; brothers in the order of the navigation. */
function inTreeOrder(rows: readonly Row[]): Row[] {
  const paths = new Set(rows.map(row => row.path))
  const parentOf = (path: string): string => {
    const above = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    return above === '' || paths.has(above) ? above : parentOf(above)
  }
  const below = (path: string): Row[] =>
    rows.filter(row => parentOf(row.path) === path).flatMap(row => [row, ...below(row.path)])
  return below('')
}

function Name({ row, may }: { row: Row; may: boolean }) {
  const depth = row.path.split('/').length - 1
  return (
    <>
      {'　'.repeat(depth)}
      {depth > 0 && <span aria-hidden="true">└ </span>}
      {may ? <a href={`/columns/${row.id}`}>{row.name}</a> : row.name}
      <div class="field-hint">
        {'　'.repeat(depth)}/{row.path}
      </div>
    </>
  )
}

/** Opens into what it counts. */
function Items({ row }: { row: Row }) {
  if (row.items === 0) return <>0</>
  return (
    <>
      <a
        href={`/publications?state=public&column=${row.id}`}
        aria-label={`${row.name}：本栏目 ${row.ownItems} 件`}
      >
        {row.ownItems}
      </a>
      {row.items > row.ownItems && <div class="field-hint">含下级 {row.items}</div>}
    </>
  )
}

/** S-UPD: a column that should be updated and is not; an empty one is not shown to the public (S-UPD-05). */
function Fresh({ row, today }: { row: Row; today: string }) {
  if (row.items === 0) return <StateTag state="off">空白，公众看不到</StateTag>
  const found = freshnessOn(today, row)
  if (!found) return <>—</>
  const { days, freshness } = found
  const text = days === 0 ? '今天更新' : `已 ${days} 天未更新`
  if (freshness === 'stale')
    return (
      <StateTag state="late">
        {text}，超期 {days - (row.updateLimitDays ?? 0)} 天
      </StateTag>
    )
  if (freshness === 'fresh') return <StateTag state="met">{text}</StateTag>
  const left = (row.updateLimitDays ?? 0) - days
  return (
    <StateTag state="soon">
      {text}，{left === 0 ? '今天到期' : `还剩 ${left} 天`}
    </StateTag>
  )
}
