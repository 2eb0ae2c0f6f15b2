import { momentInBeijing } from '#lib/beijing-time'
import { addressOf, itemsForPlans } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { PostButton } from '#ui/forms'
import { retryRenditions } from '../actions/retry-renditions.ts'
import { formats } from '../making/rendition.ts'
import { mayKeepRenditions } from '../policy.ts'
import { countProblems, listProblems, type Problem } from '../queries.ts'

const may: DeskRoute['may'] = actor => mayKeepRenditions(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/renditions', may, handle: show },
  {
    method: 'POST',
    path: '/renditions',
    may,
    async handle(ctx) {
      const count = await retryRenditions(ctx)
      return seeOther(`/renditions?done=${count}`)
    },
  },
]

export const problemsWaiting = async (ctx: DeskContext) => ({
  count: await countProblems(ctx.db),
  late: false,
})

const mostShown = 100

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const problems = await listProblems(ctx.db, mostShown)
  const rows = await Promise.all(problems.map(problem => withItem(ctx, problem)))
  const done = queryText(incoming, 'done')
  return page({
    title: '下载文件的制作',
    crumbs: [{ label: '下载文件的制作' }],
    body: (
      <>
        <PageHead
          title="下载文件的制作"
          note="公开的文件由系统自动做成公文版式的 PDF 和 Word。没有做成的列在这里，系统会自动重试五次。"
          actions={rows.length > 0 ? <PostButton action="/renditions" label="全部重做" /> : undefined}
        />
        {done ? <Notice tone="success" title={`已安排重做 ${Number(done) || 0} 个，一分钟内开始。`} /> : null}
        <Sheet title="没有做成的">
          <DataTable
            caption="没有做成的下载文件"
            captionHidden
            rows={rows}
            rowKey={row => `${row.editionId} ${row.format}`}
            columns={[
              {
                key: 'title',
                head: '文件',
                cell: row => (
                  <>
                    <a href={`/publications/${row.publicId}`}>{row.title}</a>，第 {row.number} 版
                    {row.address ? <div class="field-hint">{row.address}</div> : null}
                  </>
                ),
              },
              { key: 'format', head: '格式', cell: row => formats[row.format].label },
              { key: 'tries', head: '试过', figures: true, cell: row => `${row.tries} 次` },
              {
                key: 'triedAt',
                head: '最近一次',
                cell: row => (row.triedAt ? momentInBeijing(row.triedAt) : '等待重做'),
              },
              { key: 'problem', head: '原因', cell: row => row.problem.slice(0, 200) },
            ]}
            empty={
              <EmptyState title="都做成了。">新发布的文件一分钟内做好；没有做成的会列在这里。</EmptyState>
            }
          />
        </Sheet>
      </>
    ),
  })
}

async function withItem(ctx: DeskContext, problem: Problem) {
  const [item] = await itemsForPlans(ctx.db, ctx.clock.now(), { publicId: problem.publicId })
  return { ...problem, title: item?.title ?? problem.publicId, address: item ? addressOf(item) : null }
}
