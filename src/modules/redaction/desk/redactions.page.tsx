import { readFile } from 'node:fs/promises'
import { momentInBeijing } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import { textOf } from '#lib/forms'
import { findOrgan } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, FileField, Form, SelectField, TextField } from '#ui/forms'
import { startRedaction } from '../actions/start-redaction.ts'
import { redactable } from '../engine/open-pages.ts'
import { redactingReach } from '../policy.ts'
import { listRedactions, states } from '../queries.ts'
import { may } from './load-redaction.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/redactions', may, handle: ctx => show(ctx) },
  { method: 'POST', path: '/redactions', may, uploads: true, handle: start },
]

async function start(ctx: DeskContext, { form, uploads }: Incoming): Promise<Reply> {
  const [upload] = uploads
  const title = textOf(form, 'title').trim()
  const errors: Record<string, string> = {}
  if (title === '' || title.length > 200) errors.title = '请写明遮盖后的文件叫什么，最多 200 字。'
  if (!upload || upload.size === 0) errors.file = '请选择要遮盖的文件。'
  else if (upload.tooLarge) errors.file = '文件太大，请拆成几份，每份不超过 60 MB。'
  else if (!redactable.some(extension => upload.name.toLowerCase().endsWith(`.${extension}`)))
    errors.file = '只能遮盖 PDF、PNG、JPG、DOCX、XLSX。请另存为其中一种后再上传。'
  if (Object.keys(errors).length > 0 || !upload) return show(ctx, form, errors)
  try {
    const id = await startRedaction(ctx, {
      organId: textOf(form, 'organ'),
      title,
      fileName: upload.name,
      bytes: await readFile(upload.path),
    })
    return seeOther(`/redactions/${id}`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return show(ctx, form, { '': error.message })
  }
}

async function show(
  ctx: DeskContext,
  values: Incoming['form'] = {},
  errors: Record<string, string> = {},
): Promise<Reply> {
  const reach = redactingReach(ctx.actor)
  const rows = await listRedactions(ctx.db, reach)
  const organs = (await Promise.all(reach.map(id => findOrgan(ctx.db, id)))).flatMap(one =>
    one ? [one] : [],
  )
  return page({
    title: '文件遮盖',
    status: Object.keys(errors).length > 0 ? 422 : 200,
    crumbs: [{ label: '文件遮盖' }],
    body: (
      <>
        <PageHead
          title="文件遮盖"
          note="部分公开的文件在这里遮盖。结果重新制作，只有看得见的内容；核验没有遗留才能下载。"
        />
        <Sheet title="上传要遮盖的文件">
          <Form
            action="/redactions"
            uploads
            values={values}
            errors={errors}
            labels={{ title: '遮盖后的名称', file: '文件', organ: '机构' }}
          >
            <SelectField
              name="organ"
              label="机构"
              required
              options={organs.map(one => ({ value: one.id, label: one.name }))}
            />
            <TextField
              name="title"
              label="遮盖后的名称"
              hint="会写进结果的标题，请不要写个人信息"
              required
              maxLength={200}
            />
            <FileField
              name="file"
              label="文件"
              required
              accept={redactable.map(one => `.${one}`).join(',')}
            />
            <Actions primary="上传" />
          </Form>
        </Sheet>
        <Sheet title="遮盖过的文件" count={rows.length}>
          <DataTable
            caption="遮盖过的文件"
            captionHidden
            columns={[
              {
                key: 'title',
                head: '名称',
                cell: one => (
                  <a class="underline" href={`/redactions/${one.id}`}>
                    {one.title}
                  </a>
                ),
              },
              { key: 'state', head: '状态', cell: one => states[one.state] },
              { key: 'startedBy', head: '经办人' },
              { key: 'startedAt', head: '上传时间', cell: one => momentInBeijing(one.startedAt) },
            ]}
            rows={rows}
            rowKey={one => one.id}
            empty={<EmptyState title="还没有遮盖过文件">上传一份，过一分钟就能看到它的页面。</EmptyState>}
          />
        </Sheet>
      </>
    ),
  })
}
