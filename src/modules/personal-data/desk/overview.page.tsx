import { momentInBeijing } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { findingKinds } from '../finding.ts'
import { kindLabel } from '../kind-label.ts'
import { readingProgress } from '../look-into-files.ts'
import { decidingReach, mayDecideFindings } from '../policy.ts'
import { countStock, listOpenDrafts, listStock, type StockItem } from '../stock-queries.ts'

const may: DeskRoute['may'] = actor => mayDecideFindings(actor)
export const routes: DeskRoute[] = [{ method: 'GET', path: '/personal-data', may, handle: show }]

const pageSize = 30

/** 个人信息检查: what waits in drafts, and what was found in what is public already (S-PII). */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const organIds = decidingReach(ctx.actor)
  const asked = queryText(incoming, 'kind')
  const kind = asked && Object.hasOwn(findingKinds, asked) ? asked : null
  const [counts, drafts, stock, progress] = await Promise.all([
    countStock(ctx.db, organIds, ctx.clock.now()),
    listOpenDrafts(ctx.db, organIds),
    listStock(ctx.db, { organIds, kind }, { page: pageNumber(queryText(incoming, 'page')), pageSize }),
    readingProgress(ctx.db),
  ])
  return page({
    title: '个人信息检查',
    body: (
      <>
        <PageHead
          title="个人信息检查"
          note="送审和审查时自动检查全文和附件；已经公开的每天夜里检查一遍。这里只显示遮盖后的样子，原来的号码不保存。"
        />
        {progress.waiting > 0 && (
          <p role="status">
            还有 {progress.waiting} 个附件在检查，其中 {progress.begun} 个已经开始。
          </p>
        )}
        <Sheet title="等待决定的稿子" count={drafts.length}>
          <Items caption="等待决定的稿子" rows={drafts} empty="没有等待决定的稿子。" />
        </Sheet>
        <Sheet title="已经公开的内容里的发现" count={stock.total}>
          <DataTable
            caption="按种类、单位和公开时间"
            columns={[
              {
                key: 'kind',
                head: '种类',
                cell: row => <a href={`/personal-data?kind=${row.kind}`}>{kindLabel(row.kind)}</a>,
              },
              { key: 'organName', head: '单位' },
              { key: 'age', head: '已经公开' },
              { key: 'found', head: '处', figures: true },
            ]}
            rows={counts}
            rowKey={row => `${row.kind} ${row.organName} ${row.age}`}
            empty={<EmptyState title="没有发现">已经检查过的公开内容里没有未决定的个人信息。</EmptyState>}
          />
          {stock.total > 0 && (
            <Items
              caption={kind ? `有${kindLabel(kind)}的公开内容` : '有发现的公开内容'}
              rows={stock.rows}
              empty=""
            />
          )}
          <Pager page={stock} href={to => `/personal-data?page=${to}${kind ? `&kind=${kind}` : ''}`} />
        </Sheet>
      </>
    ),
  })
}

function Items(props: { caption: string; rows: readonly StockItem[]; empty: string }) {
  return (
    <DataTable
      caption={props.caption}
      captionHidden
      columns={[
        {
          key: 'title',
          head: '标题',
          cell: row => <a href={`/personal-data/${row.editionId}`}>{row.title}</a>,
        },
        { key: 'organName', head: '单位' },
        { key: 'kinds', head: '发现', cell: row => row.kinds.map(kindLabel).join('、') },
        { key: 'found', head: '处', figures: true },
        {
          key: 'publicSince',
          head: '公开或检查时间',
          cell: row => momentInBeijing(row.publicSince ?? row.checkedAt),
        },
      ]}
      rows={props.rows}
      rowKey={row => row.editionId}
      empty={<p>{props.empty}</p>}
    />
  )
}
