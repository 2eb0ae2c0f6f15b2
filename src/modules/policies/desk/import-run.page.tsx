import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { pageNumber } from '#lib/paging'
import { listImported, mayReadPublications } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { ProgressBar } from '#ui/components/progress-bar'
import { type State, StateTag } from '#ui/components/state-tag'
import { LinkButton, PostButton } from '#ui/forms'
import { goOnWithUpload } from '../actions/import-upload.ts'
import { importResults } from '../import/import-line.ts'
import { mayImport } from '../policy.ts'
import { type CountedRun, findRun, listResults, type ReportedFile } from '../queries.ts'
import { findUpload } from '../upload-queries.ts'
import { nameWithin, sourceName } from '../uploads/lay-out.ts'

export const importRunRoutes = (storage: FileStorage): DeskRoute[] => [
  { method: 'GET', path: '/imports/:run', may: mayReadPublications, handle: show },
  {
    method: 'POST',
    path: '/imports/:run/go-on',
    may: actor => mayImport(actor),
    handle: (ctx, incoming) => goOn(ctx, incoming, storage),
  },
]

async function goOn(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const run = await findRun(ctx.db, incoming.params.run ?? '')
  if (!run) throw notFound('policies.no-such-run', '没有这个导入批次。请从“历史导入”里重新选择。')
  // Goes on after the answer
  void goOnWithUpload(ctx, run.id, storage).catch(error => ctx.log.error({ err: error }, 'an import stopped'))
  return seeOther(`/imports/${run.id}`)
}

const pageSize = 100

const tones: Record<ReportedFile['result'], State> = {
  published: 'met',
  draft: 'info',
  unchanged: 'off',
  refused: 'soon',
  skipped: 'off',
}

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const run = await findRun(ctx.db, incoming.params.run ?? '')
  if (!run) throw notFound('policies.no-such-run', '没有这个导入批次。请从“历史导入”里重新选择。')
  const results = await listResults(ctx.db, run.id, {
    page: pageNumber(String(incoming.query.page)),
    pageSize,
  })
  const upload = await findUpload(ctx.db, { runId: run.id })
  const isBusy = run.state === 'running' || run.state === 'waiting'
  const ids = results.rows.flatMap(row => row.publicationId ?? [])
  const items = new Map((await listImported(ctx.db, ctx.clock.now(), ids)).map(item => [item.id, item]))
  return page({
    title: '导入批次',
    scripts: isBusy ? ['refresh'] : [],
    crumbs: [{ label: '历史导入', href: '/imports' }, { label: '导入批次' }],
    body: (
      <>
        <PageHead
          title={`${momentInBeijing(run.startedAt)} 的导入`}
          note={
            <span class="break-all">
              {`${run.startedBy}，来自 ${run.paths.map(sourceName).join('、')}，${run.publishes ? '作为历史存量公开' : '存为草稿'}。批次号 ${run.id}`}
            </span>
          }
        />
        <Progress run={run} isUploaded={upload !== undefined} mayGoOn={mayImport(ctx.actor)} />
        <DataTable
          caption={`共 ${results.total} 个文件`}
          columns={[
            { key: 'file', head: '文件', cell: row => <span class="break-all">{nameWithin(row.file)}</span> },
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

const reasonOf = ({ report }: ReportedFile): string =>
  nameWithin('why' in report ? report.why : (report.note ?? ''))

function Progress(props: { run: CountedRun; isUploaded: boolean; mayGoOn: boolean }) {
  const { run, isUploaded, mayGoOn } = props
  if (run.state === 'finished') return null
  if (run.state === 'stopped')
    return (
      <>
        <Notice tone="warning" title="这个批次中断了，还没有做完">
          {isUploaded
            ? '已经导入的都在。可以接着做，已经导入的不会重复。'
            : '如果不是正在进行，请再运行同一条命令：会从没有导入的文件接着做，已经导入的不会重复。'}
        </Notice>
        {isUploaded && mayGoOn ? (
          <PostButton action={`/imports/${run.id}/go-on`} label="接着做" tone="primary" />
        ) : null}
      </>
    )
  return (
    <section aria-label="进度" data-refresh-after="3">
      <p role="status">
        正在导入：{run.total === null ? '正在清点' : `${run.done} / ${run.total}`}
        。可以离开这一页，回来接着看；中断了会自动接着做。
      </p>
      {run.total ? <ProgressBar label="导入进度" value={run.done} max={run.total} /> : null}
      <LinkButton href={`/imports/${run.id}`}>刷新</LinkButton>
    </section>
  )
}
