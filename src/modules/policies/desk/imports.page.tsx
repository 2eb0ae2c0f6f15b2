import { momentInBeijing } from '#lib/beijing-time'
import { readForm } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { type ImportedItem, listImported, mayReadPublications } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { LinkButton, PostButton } from '#ui/forms'
import { settleDoubts, settleDoubtsInput } from '../actions/settle-doubts.ts'
import { fieldLabels } from '../import/field-labels.ts'
import { mayImport, maySettleDoubts } from '../policy.ts'
import { type CountedRun, listOpenDoubts, listRuns, type OpenDoubt } from '../queries.ts'
import { type ImportUpload, listOpenUploads } from '../upload-queries.ts'
import { sourceName } from '../uploads/lay-out.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/imports', may: mayReadPublications, handle: show },
  { method: 'POST', path: '/imports/settle', may: actor => maySettleDoubts(actor), handle: settle },
]

const pageSize = 20
const runsShown = 20

async function settle(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(settleDoubtsInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, Object.values(read.errors)[0])
  await settleDoubts(ctx, read.value)
  const number = pageNumber(String(incoming.query.page))
  return seeOther(`/imports?done=settled${number > 1 ? `&page=${number}` : ''}`)
}

async function show(ctx: DeskContext, incoming: Incoming, error?: string): Promise<Reply> {
  const now = ctx.clock.now()
  const number = pageNumber(String(incoming.query.page))
  const [open, runs, uploads] = await Promise.all([
    listOpenDoubts(ctx.db, { page: number, pageSize }),
    listRuns(ctx.db, runsShown),
    listOpenUploads(ctx.db),
  ])
  const ids = open.rows.map(row => row.publicationId)
  const items = new Map((await listImported(ctx.db, now, ids)).map(item => [item.id, item]))
  return page({
    status: error ? 422 : 200,
    title: '历史导入',
    body: (
      <>
        <PageHead
          title="历史导入"
          note="从旧网站或文件夹批量导入的文件。机器看不准的地方列在下面，请对照原件逐处核对：要改的先改好，再点“核对过了”。"
          actions={
            mayImport(ctx.actor) ? (
              <LinkButton tone="primary" href="/imports/new">
                导入文件
              </LinkButton>
            ) : undefined
          }
        />
        {error ? <Notice tone="error" title={error} /> : null}
        {incoming.query.done === 'settled' ? (
          <Notice tone="success" title="已记下：核对过了。">
            核对的人和时间记入审计。
          </Notice>
        ) : null}
        {uploads.length > 0 ? <Uploads uploads={uploads} /> : null}
        {open.total === 0 ? (
          <EmptyState title={runs.length === 0 ? '还没有导入过文件' : '没有待核对的疑点'}>
            {runs.length === 0
              ? '点“导入文件”上传，先看预览，再存为草稿或作为历史存量公开。很大的旧网站可以由系统管理员在服务器上用 ./bin/mingtang import 导入。'
              : '导入的文件都核对过了。'}
          </EmptyState>
        ) : (
          <p role="status">
            <b>{open.total}</b> 份文件有待核对的疑点。
          </p>
        )}
        {open.rows.map(row => {
          const item = items.get(row.publicationId)
          return item ? (
            <DoubtfulItem
              key={item.id}
              item={item}
              doubts={row.doubts}
              action={`/imports/settle${number > 1 ? `?page=${number}` : ''}`}
              may={maySettleDoubts(ctx.actor, item.organId)}
            />
          ) : null
        })}
        <Pager page={open} href={to => `/imports?page=${to}`} />
        {runs.length > 0 ? <Runs runs={runs} /> : null}
      </>
    ),
  })
}

interface DoubtfulItemProps {
  item: ImportedItem
  doubts: readonly OpenDoubt[]
  action: string
  may: boolean
}

function DoubtfulItem({ item, doubts, action, may }: DoubtfulItemProps) {
  const publicationId = item.id
  return (
    <Sheet
      title={item.title}
      count={doubts.length}
      actions={
        <>
          <StateTag state={item.state === 'public' ? 'met' : 'off'}>{item.stateName}</StateTag>
          {item.state === 'discarded' ? null : (
            <LinkButton href={`/publications/${item.publicId}`} small>
              打开修改
            </LinkButton>
          )}
        </>
      }
    >
      <DataTable
        caption={`《${item.title}》待核对的疑点`}
        captionHidden
        columns={[
          {
            key: 'field',
            head: '哪一项',
            cell: doubt => <span class="whitespace-nowrap">{fieldLabels[doubt.field]}</span>,
          },
          { key: 'why', head: '为什么' },
          ...(may
            ? [
                {
                  key: 'act',
                  head: '',
                  cell: (doubt: OpenDoubt) => (
                    <div class="w-24">
                      <PostButton
                        action={action}
                        label="核对过了"
                        hidden={{ publicationId, doubtId: doubt.id }}
                        small
                      />
                    </div>
                  ),
                },
              ]
            : []),
        ]}
        rows={doubts}
        rowKey={doubt => doubt.id}
      />
      {may && doubts.length > 1 ? (
        <PostButton
          action={action}
          label={`这 ${doubts.length} 处都核对过了`}
          hidden={{ publicationId }}
          tone="quiet"
          small
        />
      ) : null}
    </Sheet>
  )
}

const uploadStates = {
  waiting: '等待预览',
  previewing: '正在预览',
  previewed: '等您决定',
  stopped: '预览中断',
} as const

/** Brought, but not decided on. */
function Uploads({ uploads }: { uploads: readonly ImportUpload[] }) {
  return (
    <DataTable
      caption="上传了还没有导入的"
      columns={[
        {
          key: 'files',
          head: '文件',
          cell: upload => (
            <a class="break-all" href={`/import-uploads/${upload.id}`}>
              {upload.files
                .map(file => file.name)
                .join('、')
                .slice(0, 100)}
            </a>
          ),
        },
        { key: 'uploadedBy', head: '上传' },
        { key: 'uploadedAt', head: '时间', cell: upload => momentInBeijing(upload.uploadedAt) },
        { key: 'state', head: '状态', cell: upload => uploadStates[upload.state] },
      ]}
      rows={uploads}
      rowKey={upload => upload.id}
    />
  )
}

function Runs({ runs }: { runs: readonly CountedRun[] }) {
  return (
    <DataTable
      caption={`最近 ${runs.length} 次导入`}
      columns={[
        {
          key: 'startedAt',
          head: '时间',
          cell: run => (
            <a class="whitespace-nowrap" href={`/imports/${run.id}`}>
              {momentInBeijing(run.startedAt)}
            </a>
          ),
        },
        { key: 'startedBy', head: '经办' },
        {
          key: 'paths',
          head: '来自',
          cell: run => <span class="break-all">{run.paths.map(sourceName).join('、')}</span>,
        },
        { key: 'publishes', head: '方式', cell: run => (run.publishes ? '历史存量公开' : '存为草稿') },
        { key: 'published', head: '公开', figures: true },
        { key: 'drafts', head: '草稿', figures: true },
        { key: 'unchanged', head: '没有改动', figures: true },
        { key: 'refused', head: '没有导入', figures: true },
        {
          key: 'finishedAt',
          head: '状态',
          cell: run => <RunState run={run} />,
        },
      ]}
      rows={runs}
      rowKey={run => run.id}
    />
  )
}

function RunState({ run }: { run: CountedRun }) {
  if (run.state === 'finished') return <StateTag state="met">做完了</StateTag>
  return run.state === 'stopped' ? (
    <StateTag state="soon">中断</StateTag>
  ) : (
    <StateTag state="info">进行中</StateTag>
  )
}
