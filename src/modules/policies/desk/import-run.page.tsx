import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { pageNumber } from '#lib/paging'
import { listImported, mayReadPublications } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { type State, StateTag } from '#ui/components/state-tag'
import { importResults } from '../import/import-line.ts'
import { findRun, listResults, type ReportedFile } from '../queries.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/imports/:run', may: mayReadPublications, handle: show },
]

const pageSize = 100

const tones: Record<ReportedFile['result'], State> = {
  published: 'met',
  draft: 'info',
  unchanged: 'off',
  refused: 'soon',
}

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const run = await findRun(ctx.db, incoming.params.run ?? '')
  if (!run) throw notFound('policies.no-such-run', '没有这个导入批次。请从“历史导入”里重新选择。')
  const results = await listResults(ctx.db, run.id, {
    page: pageNumber(String(incoming.query.page)),
    pageSize,
  })
  const ids = results.rows.flatMap(row => row.publicationId ?? [])
  const items = new Map((await listImported(ctx.db, ctx.clock.now(), ids)).map(item => [item.id, item]))
  return page({
    title: '导入批次',
    crumbs: [{ label: '历史导入', href: '/imports' }, { label: '导入批次' }],
    body: (
      <>
        <PageHead
          title={`${momentInBeijing(run.startedAt)} 的导入`}
          note={
            <span class="break-all">
              {`${run.startedBy}，来自 ${run.paths.join('、')}，${run.publishes ? '作为历史存量公开' : '存为草稿'}。批次号 ${run.id}`}
            </span>
          }
        />
        {run.finishedAt ? null : (
          <Notice tone="warning" title="这个批次还没有做完">
            如果不是正在进行，请再运行同一条命令：会从没有导入的文件接着做，已经导入的不会重复。
          </Notice>
        )}
        <DataTable
          caption={`共 ${results.total} 个文件`}
          columns={[
            { key: 'file', head: '文件' },
            {
              key: 'result',
              head: '结果',
              cell: row => <StateTag state={tones[row.result]}>{importResults[row.result]}</StateTag>,
            },
            {
              key: 'title',
              head: '标题或原因',
              cell: row => {
                const item = items.get(row.publicationId ?? '')
                return (
                  <>
                    {item ? <a href={`/publications/${item.publicId}`}>{item.title}</a> : null}
                    {item && reasonOf(row) ? '：' : ''}
                    {reasonOf(row)}
                  </>
                )
              },
            },
          ]}
          rows={results.rows}
          rowKey={row => row.position}
        />
        <Pager page={results} href={to => `/imports/${run.id}?page=${to}`} />
      </>
    ),
  })
}

const reasonOf = ({ report }: ReportedFile): string => ('why' in report ? report.why : (report.note ?? ''))
