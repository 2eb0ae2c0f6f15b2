import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { StateTag } from '#ui/components/state-tag'
import { LinkButton } from '#ui/forms'
import { mayAdminister, mayRead } from '../policy.ts'
import { listOrgans } from '../queries.ts'
import { listSites } from '../site-queries.ts'
import { DoneNotice } from './done-notice.tsx'

export const routes: DeskRoute[] = [{ method: 'GET', path: '/sites', may: mayRead, handle: show }]

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const sites = await listSites(ctx.db)
  const organs = await listOrgans(ctx.db, { includeAbolished: true })
  const names = new Map(organs.map(organ => [organ.id, organ.name]))
  return page({
    title: '站点',
    body: (
      <>
        <PageHead
          title="站点"
          note="同一套内容可以在几个站点上展示。栏目在各站点的“栏目”里设置。"
          actions={mayAdminister(ctx.actor) ? <LinkButton href="/sites/new">新建站点</LinkButton> : undefined}
        />
        <DoneNotice incoming={incoming} />
        <DataTable
          caption={`共 ${sites.length} 个站点`}
          columns={[
            {
              key: 'name',
              head: '名称',
              cell: site => (
                <>
                  <a href={`/sites/${site.key}`}>{site.name}</a>{' '}
                  {site.isDefault && <StateTag state="info">默认</StateTag>}
                </>
              ),
            },
            { key: 'organ', head: '主办机构', cell: site => names.get(site.organId) ?? '—' },
            { key: 'domain', head: '主域名' },
            {
              key: 'hosts',
              head: '打开方式',
              cell: site => site.hosts.join('、') || (site.isDefault ? '默认' : `/s/${site.key}`),
            },
            { key: 'siteCode', head: '网站标识码' },
          ]}
          rows={sites}
          rowKey={site => site.id}
          empty={
            <EmptyState title="还没有站点">
              请系统管理员先新建本级政府门户网站，公众才能看到发布的内容。
            </EmptyState>
          }
        />
      </>
    ),
  })
}
