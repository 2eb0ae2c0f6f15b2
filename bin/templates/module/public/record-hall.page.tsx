import { pageNumber } from '#lib/paging'
import { listOrgansBelow } from '#modules/organisations'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { recordHallTag } from '../bamboo-slip.ts'
import { listBambooSlips } from '../queries.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/record-hall', rule: showsNoPublications, handle: show },
]

/** What is open today, of the organ whose site this is and of the organs below. */
async function show({ db, site, clock }: PublicContext, incoming: Incoming): Promise<Reply> {
  const path = `${site.base}/record-hall`
  const filter = { organIds: await listOrgansBelow(db, site.organId), openOn: clock.today() }
  const asked = { page: pageNumber(queryText(incoming, 'page')), pageSize: 20 }
  const found = await listBambooSlips(db, filter, asked)
  return page({
    title: '竹简',
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '竹简' }],
    dependsOn: [recordHallTag, 'organs'],
    body: (
      <>
        <PageHead title="竹简" />
        <DataTable
          caption={`共 ${found.total} 件正在进行`}
          columns={[
            { key: 'title', head: '标题' },
            { key: 'opensOn', head: '开始日期' },
            { key: 'closesOn', head: '结束日期' },
          ]}
          rows={found.rows}
          rowKey={row => row.id}
          empty={
            <EmptyState title="现在没有正在进行的竹简">
              <a href={`${site.base}/`}>回到首页</a>
            </EmptyState>
          }
        />
        <Pager page={found} href={number => `${path}?page=${number}`} />
      </>
    ),
  })
}
