import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { DataTable } from '#ui/components/data-table'
import { Figures } from '#ui/components/figures'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { ProgressBar } from '#ui/components/progress-bar'
import { Actions, Form, HiddenField, LinkButton, PostButton, RadioList } from '#ui/forms'
import { beginUploadedImport, goOnWithUpload, importUploadInput } from '../actions/import-upload.ts'
import { previewUpload } from '../actions/preview-upload.ts'
import { fieldLabels } from '../import/field-labels.ts'
import { type ImportLine, importResults } from '../import/import-line.ts'
import { mayImport } from '../policy.ts'
import { findUpload, type ImportUpload, type Preview } from '../upload-queries.ts'

const may: DeskRoute['may'] = actor => mayImport(actor)

export const importUploadRoutes = (storage: FileStorage): DeskRoute[] => [
  { method: 'GET', path: '/import-uploads/:upload', may, handle: (ctx, incoming) => show(ctx, incoming) },
  {
    method: 'POST',
    path: '/import-uploads/:upload',
    may,
    handle: (ctx, incoming) => begin(ctx, incoming, storage),
  },
  {
    method: 'POST',
    path: '/import-uploads/:upload/preview',
    may,
    handle: (ctx, incoming) => again(ctx, incoming, storage),
  },
]

async function load(ctx: DeskContext, incoming: Incoming): Promise<ImportUpload> {
  const upload = await findUpload(ctx.db, { id: incoming.params.upload ?? '' })
  if (!upload) throw notFound('policies.no-such-upload', '没有这次上传。请从“历史导入”里重新选择。')
  return upload
}

async function begin(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const upload = await load(ctx, incoming)
  const read = readForm(importUploadInput, { ...incoming.form, id: upload.id })
  if (!read.ok) return show(ctx, incoming, read.errors)
  const run = await beginUploadedImport(ctx, read.value)
  // Goes on after the answer; a process that dies over it is followed by the worker
  void goOnWithUpload(ctx, run.id, storage)
  return seeOther(`/imports/${run.id}`)
}

async function again(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const upload = await load(ctx, incoming)
  void previewUpload(ctx, upload.id, storage)
  return seeOther(`/import-uploads/${upload.id}`)
}

/** What an import of the uploaded files would do, and the decision. */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  errors: Record<string, string> = {},
): Promise<Reply> {
  const upload = await load(ctx, incoming)
  if (upload.runId) return seeOther(`/imports/${upload.runId}`)
  const isBusy = upload.state === 'waiting' || upload.state === 'previewing'
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '导入预览',
    crumbs: [{ label: '历史导入', href: '/imports' }, { label: '导入预览' }],
    scripts: isBusy ? ['refresh'] : [],
    body: (
      <>
        <PageHead
          title="导入预览"
          note={`${upload.uploadedBy} ${momentInBeijing(upload.uploadedAt)} 上传 ${upload.files.length} 个文件：${namesOf(upload)}`}
        />
        {upload.removedAt ? (
          <Notice tone="warning" title="上传的文件已经清除。">
            请重新上传。
          </Notice>
        ) : isBusy ? (
          <Busy upload={upload} />
        ) : upload.state === 'stopped' || !upload.preview ? (
          <>
            <Notice tone="error" title={upload.fault ?? '预览中断了。'} />
            <PostButton action={`/import-uploads/${upload.id}/preview`} label="重新预览" tone="primary" />
          </>
        ) : (
          <Found upload={upload} preview={upload.preview} incoming={incoming} errors={errors} />
        )}
      </>
    ),
  })
}

const namesOf = ({ files }: ImportUpload) =>
  files
    .slice(0, 5)
    .map(file => file.name)
    .join('、') + (files.length > 5 ? ' 等' : '')

function Busy({ upload }: { upload: ImportUpload }) {
  return (
    <section aria-label="进度" data-refresh-after="3">
      <p role="status">
        正在读文件：{upload.total === null ? '正在清点' : `${upload.done} / ${upload.total}`}
        。可以离开这一页，回来接着看。
      </p>
      {upload.total ? <ProgressBar label="预览进度" value={upload.done} max={upload.total} /> : null}
      <LinkButton href={`/import-uploads/${upload.id}`}>刷新</LinkButton>
    </section>
  )
}

function Found(props: {
  upload: ImportUpload
  preview: Preview
  incoming: Incoming
  errors: Record<string, string>
}) {
  const { upload, preview, incoming, errors } = props
  const importable = preview.documents - preview.lines.filter(line => line.result === 'refused').length
  return (
    <>
      <Figures
        items={[
          { label: '读到的文件', value: preview.documents },
          { label: '有疑点', value: preview.doubtful },
          { label: '不能导入', value: preview.refused, late: preview.refused > 0 },
          { label: '不是文件的网页', value: preview.skipped },
        ]}
      />
      {importable > 0 ? (
        <Form
          action={`/import-uploads/${upload.id}`}
          values={{ mode: 'draft', ...incoming.form }}
          errors={errors}
          labels={{ mode: '怎样导入' }}
          label="开始导入"
        >
          <HiddenField name="id" value={upload.id} />
          <RadioList
            name="mode"
            label="怎样导入"
            options={[
              { value: 'draft', label: '存为草稿', hint: '逐件核对以后再公开' },
              {
                value: 'publish',
                label: '作为历史存量直接公开',
                hint: '原网站上已经公开过的：按原来的日期排列，不算新发布；附件核查个人信息以后才开放下载',
              },
            ]}
          />
          <Actions primary="开始导入" cancel={{ label: '以后再说', href: '/imports' }} />
        </Form>
      ) : (
        <Notice tone="warning" title="没有可以导入的文件。">
          请看下面的原因。
        </Notice>
      )}
      {preview.faults.length > 0 ? (
        <DataTable
          caption="不能导入的"
          columns={[
            { key: 'file', head: '文件', cell: fault => <span class="break-all">{fault.file}</span> },
            { key: 'why', head: '为什么' },
          ]}
          rows={preview.faults.map((fault, index) => ({ ...fault, index }))}
          rowKey={fault => fault.index}
        />
      ) : null}
      <DataTable
        caption={
          preview.documents > preview.lines.length
            ? `前 ${preview.lines.length} 份（共 ${preview.documents} 份）`
            : `${preview.documents} 份`
        }
        columns={[
          { key: 'title', head: '标题', cell: line => <Title line={line} /> },
          { key: 'docNo', head: '文号' },
          { key: 'organName', head: '归属机构' },
          { key: 'signedOn', head: '成文日期' },
          { key: 'publishedOn', head: '发布日期' },
          { key: 'doubts', head: '疑点', cell: line => <Doubts line={line} /> },
        ]}
        rows={preview.lines.map((line, index) => ({ ...line, index }))}
        rowKey={line => line.index}
      />
    </>
  )
}

function Title({ line }: { line: ImportLine }) {
  const said = [
    ...line.repeals.map(one => `废止 ${one.docNo ?? one.title ?? ''}`),
    ...line.amends.map(one => `修改 ${one.docNo ?? one.title ?? ''}`),
  ]
  return (
    <>
      {line.title ?? '（没有读到标题）'}
      <p class="text-soft break-all">
        {line.file}
        {line.result === 'preview' ? '' : ` · ${importResults[line.result]}`}
        {line.note ? ` · ${line.note}` : ''}
      </p>
      {said.length > 0 ? <p class="text-soft">{said.join('；')}</p> : null}
    </>
  )
}

function Doubts({ line }: { line: ImportLine }) {
  if (line.doubts.length === 0) return <>无</>
  return (
    <details>
      <summary>{line.doubts.length} 处</summary>
      <ul>
        {line.doubts.map((doubt, index) => (
          <li key={index}>
            {fieldLabels[doubt.field]}：{doubt.why}
          </li>
        ))}
      </ul>
    </details>
  )
}
