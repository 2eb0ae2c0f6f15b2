import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type FormErrors, readForm, textOf } from '#lib/forms'
import { UnreadableFile } from '#modules/files'
import type { SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, FileField, Form, HiddenField, TextField } from '#ui/forms'
import {
  type ImportPlan,
  importItems,
  importItemsInput,
  planSheets,
  sheetsIn,
} from '../actions/import-items.ts'
import { differing, fieldNames, fieldWords } from '../differences.ts'
import { type ItemContent, nameOf } from '../item.ts'
import { mayEditCatalogue } from '../policy.ts'
import { workbookOf } from '../workbook.ts'
import { sheetColumns, sheetOf, tableOf } from '../write-sheet.ts'
import { asErrors, siteToEdit } from './load-item.ts'
import { workbookReply } from './workbook-reply.ts'

const may: DeskRoute['may'] = actor => mayEditCatalogue(actor)
const largest = 10 * 1024 * 1024

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/catalogue/import', may, handle: ask },
  { method: 'POST', path: '/catalogue/import', may, uploads: { largest }, handle: take },
  { method: 'GET', path: '/catalogue/template.xlsx', may, handle: template },
  { method: 'POST', path: '/catalogue/import/faults.xlsx', may, handle: markFaults },
]

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return show(incoming, await siteToEdit(ctx, incoming))
}

/** First every fault and what would change; what was shown without a fault is then taken as it is. */
async function take(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await siteToEdit(ctx, incoming)
  const table = textOf(incoming.form, 'table')
  const read = readForm(importItemsInput, { ...incoming.form, siteId: site.id })
  if (!read.ok) return show(incoming, site, { errors: read.errors })
  try {
    if (table !== '') {
      const file = { name: textOf(incoming.form, 'name') || '目录.csv', bytes: Buffer.from(table) }
      const done = await importItems(ctx, read.value, { ...file, name: csvName(file.name) })
      const { added, changed, same } = done
      return seeOther(
        `/catalogue?site=${site.key}&done=imported&added=${added}&changed=${changed}&same=${same}`,
      )
    }
    const [upload] = incoming.uploads
    if (!upload) return show(incoming, site, { errors: { file: '请选择要导入的表格。' } })
    if (upload.tooLarge) return show(incoming, site, { errors: { file: '表格最大 10 MB。请拆成几份。' } })
    const sheets = await sheetsIn({ name: upload.name, bytes: await readFile(upload.path) })
    const plan = await planSheets(ctx, site.id, sheets)
    return show(incoming, site, { plan, sheets, name: upload.name })
  } catch (error) {
    if (error instanceof UnreadableFile) return show(incoming, site, { errors: { file: error.message } })
    return show(incoming, site, { errors: asErrors(error, { 'catalogue.no-sheet': 'file' }) })
  }
}

type Sheets = Awaited<ReturnType<typeof sheetsIn>>

/** The heads of the standard and nothing else, with a line that says how to fill it. */
async function template(): Promise<Reply> {
  const rows = [
    ...tableOf([]),
    [
      '说明：一行一个事项；该打勾的格写“√”；公开渠道在要用的前面写“■”，例如“■政府网站 ■公开查阅点”；法定类别和网站位置可以空着。填完可以删去这一行。',
    ],
  ]
  return workbookReply(await workbookOf([{ name: '公开目录', rows }]), 'catalogue-template.xlsx')
}

const postedSheets = z
  .array(z.object({ name: z.string().max(200), rows: z.array(z.array(z.string())).max(10_000) }))
  .max(100)

/** The table that was uploaded, each faulty cell marked and the remedy behind its row. What is corrected in it can be uploaded again. */
async function markFaults(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await siteToEdit(ctx, incoming)
  let posted: unknown = null
  try {
    posted = JSON.parse(textOf(incoming.form, 'sheets'))
  } catch {
    // Said below with the rest that is no table
  }
  const sheets = postedSheets.safeParse(posted)
  if (!sheets.success) return show(incoming, site, { errors: { file: '表格没有收全。请重新上传检查。' } })
  const { faults } = await planSheets(ctx, site.id, sheets.data)
  return workbookReply(await workbookOf(sheets.data, faults), `catalogue-faults-${ctx.clock.today()}.xlsx`)
}

/** What is posted back is a table of ours, whatever the file was. */
const csvName = (name: string) => `${name.replace(/\.[a-z]+$/i, '')}.csv`

const labels = { file: '表格', reason: '理由' }

function show(
  incoming: Incoming,
  site: SiteRow,
  taken: { errors?: FormErrors; plan?: ImportPlan; sheets?: Sheets; name?: string } = {},
): Reply {
  const { errors = {}, plan, sheets = [], name = '' } = taken
  const hasFaults = plan !== undefined && plan.faults.length > 0
  const changes = plan ? plan.added.length + plan.changed.length : 0
  return page({
    status: Object.keys(errors).length > 0 || hasFaults ? 422 : 200,
    title: '导入目录表格',
    crumbs: [{ label: '公开目录', href: `/catalogue?site=${site.key}` }, { label: '导入目录表格' }],
    body: (
      <>
        <PageHead
          title="导入目录表格"
          note="先检查、看会改变什么，再导入；有一处错误就什么也不保存。同一份表格再导一次不会改变什么。"
        />
        {plan ? <Preview plan={plan} name={name} /> : null}
        {hasFaults ? (
          <Form
            action={`/catalogue/import/faults.xlsx?site=${site.key}`}
            values={incoming.form}
            label="下载标出错误的表格"
          >
            <HiddenField name="sheets" value={JSON.stringify(sheets)} />
            <Actions primary="下载标出错误的表格（Excel）" />
          </Form>
        ) : null}
        {plan && !hasFaults && changes > 0 ? (
          <Form action={`/catalogue/import?site=${site.key}`} values={incoming.form} label="确认导入">
            <HiddenField name="name" value={name} />
            <HiddenField name="reason" value={textOf(incoming.form, 'reason')} />
            <HiddenField
              name="table"
              value={sheetOf([...plan.added, ...plan.changed.map(one => one.content)])}
            />
            <Actions
              primary={`确认导入（${changes} 项）`}
              cancel={{ label: '放弃', href: `/catalogue?site=${site.key}` }}
            />
          </Form>
        ) : null}
        <Sheet title={plan ? '换一份表格' : '选择表格'}>
          <Form
            action={`/catalogue/import?site=${site.key}`}
            uploads
            values={incoming.form}
            errors={errors}
            labels={labels}
            id="upload"
            label="导入目录表格"
          >
            <FileField
              name="file"
              label={labels.file}
              required
              accept=".xlsx,.csv"
              maxBytes={largest}
              hint={`标准样式的 .xlsx 或者 .csv：${Object.values(sheetColumns).slice(2, 9).join('、')}……合并的单元格会往下填，打√的照样读。不知道怎么填，可以先导出一份。`}
            />
            <p>
              <a href="/catalogue/template.xlsx" download>
                下载空白的标准样式（Excel）
              </a>
            </p>
            <TextField
              name="reason"
              label={labels.reason}
              required
              width="full"
              hint="为什么导入，例如：按省里2026年目录编制。会留在每个事项的历史里"
            />
            <Actions
              primary="检查并预览"
              cancel={{ label: '返回目录', href: `/catalogue?site=${site.key}` }}
            />
          </Form>
        </Sheet>
      </>
    ),
  })
}

const mostShown = 300

function Preview({ plan, name }: { plan: ImportPlan; name: string }) {
  const { faults, added, changed, same, absent } = plan
  const kept =
    absent.length > 0 ? `表格里没有的 ${absent.length} 项保留不动；不要的请在目录里逐项停用并写理由。` : ''
  if (faults.length > 0)
    return (
      <section aria-label="错误">
        <Notice tone="error" title={`“${name}”有 ${faults.length} 处错误，什么也没有保存。`}>
          请在表格里改正以后重新上传。行号按有文字的行数，和表格里一样从 1 数起，空行不计。
        </Notice>
        <DataTable
          caption={`要改正的地方${faults.length > mostShown ? `（先列前 ${mostShown} 处，改正后再检查其余的）` : ''}`}
          columns={[
            { key: 'sheet', head: '工作表' },
            { key: 'row', head: '行', figures: true, cell: fault => (fault.row === 0 ? '—' : fault.row) },
            { key: 'item', head: '事项' },
            { key: 'column', head: '列' },
            { key: 'why', head: '错在哪里，怎样改' },
          ]}
          rows={faults.slice(0, mostShown)}
          rowKey={fault => `${fault.sheet}-${fault.row}-${fault.column}-${fault.why}`}
        />
      </section>
    )
  return (
    <section aria-label="预览">
      <Notice
        tone={added.length + changed.length > 0 ? 'info' : 'success'}
        title={`“${name}”没有错误：增加 ${added.length} 项、修改 ${changed.length} 项，${same} 项没有变化。${added.length + changed.length > 0 ? '还没有保存。' : '不用导入。'}`}
      >
        {kept}
      </Notice>
      {changed.length > 0 ? (
        <DataTable
          caption="要修改的"
          columns={[
            {
              key: 'name',
              head: '事项',
              cell: ({ item }) => <a href={`/catalogue-items/${item.id}`}>{nameOf(item.content)}</a>,
            },
            {
              key: 'changes',
              head: '改变',
              cell: ({ item, content }) => <Changes before={item.content} after={content} />,
            },
          ]}
          rows={changed}
          rowKey={({ item }) => item.id}
        />
      ) : null}
      {added.length > 0 ? (
        <DataTable
          caption="要增加的"
          columns={[
            { key: 'domain', head: '领域' },
            { key: 'name', head: '事项', cell: nameOf },
            { key: 'limit', head: '公开时限' },
            { key: 'body', head: '公开主体' },
          ]}
          rows={added}
          rowKey={content => `${content.domain}-${nameOf(content)}`}
        />
      ) : null}
    </section>
  )
}

function Changes({ before, after }: { before: ItemContent; after: ItemContent }) {
  return (
    <ul>
      {differing(before, after).map(field => (
        <li key={field}>
          {fieldNames[field]}：{fieldWords(before, field) || '（空）'} →{' '}
          {fieldWords(after, field) || '（空）'}
        </li>
      ))}
    </ul>
  )
}
