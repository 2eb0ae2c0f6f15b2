import { readFile } from 'node:fs/promises'
import writeXlsxFile from 'write-excel-file/node'
import { csvLine } from '#lib/csv'
import { type FormErrors, textOf } from '#lib/forms'
import { UnreadableFile } from '#modules/files'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, FileField, Form, HiddenField, LinkButton, TextField } from '#ui/forms'
import { reasonInput } from '../actions/change-task.ts'
import { importSheet, planSheet, rowsOf } from '../actions/import-sheet.ts'
import { ledgerKind } from '../ledger-kind.ts'
import { planState } from '../plan.ts'
import { mayKeepLedger, mayReadLedger } from '../policy.ts'
import { listTasks } from '../queries.ts'
import { type ReadTaskSheet, sheetRows } from '../sheet.ts'
import { taskName } from '../task.ts'
import { asErrors, loadPlan } from './load-plan.ts'

const largest = 10 * 1024 * 1024

export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/plan-sheets/:id',
    may: mayReadLedger,
    handle: (ctx, incoming) => show(ctx, incoming),
  },
  {
    method: 'POST',
    path: '/plan-sheets/:id',
    may: actor => mayKeepLedger(actor),
    uploads: { largest },
    handle: take,
  },
]

async function workbook(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const tasks = (await listTasks(ctx.db, plan.id)).filter(task => task.droppedAt === null)
  const [heads = [], ...rows] = sheetRows(tasks, ledgerKind(plan.kind))
  const cells = (row: readonly string[], bold: boolean) =>
    row.map(value => ({ value, type: String, wrap: true, ...(bold ? { fontWeight: 'bold' as const } : {}) }))
  const body = await writeXlsxFile([cells(heads, true), ...rows.map(row => cells(row, false))], {
    sheet: '任务',
    stickyRowsCount: 1,
    columns: heads.map((_, at) => ({ width: at === 4 || at === 5 ? 50 : 18 })),
  }).toBuffer()
  return {
    kind: 'content',
    status: 200,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body,
    headers: {
      'content-disposition': `attachment; filename="ledger-${plan.year}-${plan.publicId}.xlsx"`,
      'cache-control': 'no-store',
    },
  }
}

interface Taken {
  errors?: FormErrors
  plan?: ReadTaskSheet
  rows?: string[][]
  name?: string
}

/** First every fault and what would change; what was shown without a fault is then taken as it is. */
async function take(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const reason = reasonInput.safeParse(textOf(incoming.form, 'reason'))
  if (!reason.success)
    return show(ctx, incoming, { errors: { reason: reason.error.issues[0]?.message ?? '请写明理由。' } })
  const table = textOf(incoming.form, 'table')
  try {
    if (table !== '') {
      const rows = await rowsOf({ name: '台账.csv', bytes: Buffer.from(table) })
      const { changed, added } = await importSheet(ctx, plan.id, rows, reason.data)
      return seeOther(`/plan-sheets/${plan.id}?done=imported&changed=${changed}&added=${added}`)
    }
    const [upload] = incoming.uploads
    if (!upload) return show(ctx, incoming, { errors: { file: '请选择表格。' } })
    if (upload.tooLarge) return show(ctx, incoming, { errors: { file: '表格最大 10 MB。请拆成几份。' } })
    const rows = await rowsOf({ name: upload.name, bytes: await readFile(upload.path) })
    return show(ctx, incoming, { rows, name: upload.name, plan: await planSheet(ctx.db, plan, rows) })
  } catch (error) {
    if (error instanceof UnreadableFile) return show(ctx, incoming, { errors: { file: error.message } })
    return show(ctx, incoming, { errors: asErrors(error, 'file') })
  }
}

async function show(ctx: DeskContext, incoming: Incoming, taken: Taken = {}): Promise<Reply> {
  if (queryText(incoming, 'as') === 'xlsx') return workbook(ctx, incoming)
  const { plan, keeps } = await loadPlan(ctx, incoming)
  const { errors = {}, plan: read, rows = [], name = '' } = taken
  const state = planState(plan)
  const address = `/plan-sheets/${plan.id}`
  const back = state === 'review' ? `/plan-reviews/${plan.id}` : `/ledger-plans/${plan.id}`
  const faults = read?.faults ?? []
  const changes = read ? read.changed.length + read.added.length : 0
  const said = (key: string) => Number(queryText(incoming, key)) || 0
  return page({
    status: Object.keys(errors).length > 0 || faults.length > 0 ? 422 : 200,
    title: `表格：${plan.title}`,
    crumbs: [{ label: '工作台账', href: '/ledger' }, { label: plan.title, href: back }, { label: '表格' }],
    body: (
      <>
        <PageHead
          title="表格导出和导入"
          note="导出一份，改好再导入；先看会改变什么。原样导入不会改变什么。"
          actions={
            <LinkButton href={`${address}?as=xlsx`} download>
              导出（Excel）
            </LinkButton>
          }
        />
        {queryText(incoming, 'done') === 'imported' ? (
          <Notice tone="success" title={`已导入：修改 ${said('changed')} 项，增加 ${said('added')} 项。`}>
            {state === 'review' ? '改过的和新增的都要重新确认。' : null}
          </Notice>
        ) : null}
        {read && faults.length > 0 ? (
          <>
            <Notice tone="error" title={`“${name}”有 ${faults.length} 处错误，什么也没有保存。`}>
              行号按有文字的行数，从 1 数起。
            </Notice>
            <DataTable
              caption="要改正的地方"
              columns={[
                { key: 'row', head: '行', figures: true, cell: fault => (fault.row === 0 ? '—' : fault.row) },
                { key: 'item', head: '任务' },
                { key: 'column', head: '列' },
                { key: 'why', head: '错在哪里，怎样改' },
              ]}
              rows={faults.slice(0, 300)}
              rowKey={fault => `${fault.row}-${fault.column}-${fault.why}`}
            />
          </>
        ) : null}
        {read && faults.length === 0 ? (
          <>
            <Notice
              tone={changes > 0 ? 'info' : 'success'}
              title={`“${name}”没有错误：修改 ${read.changed.length} 项、增加 ${read.added.length} 项，${read.same} 项没有变化。${changes > 0 ? '还没有保存。' : '不用导入。'}`}
            />
            {changes > 0 ? (
              <>
                <DataTable
                  caption="会改变的"
                  columns={[
                    { key: 'name', head: '任务' },
                    { key: 'what', head: '改变' },
                  ]}
                  rows={[
                    ...read.changed.map(one => ({ name: taskName(one.task), what: one.columns.join('、') })),
                    ...read.added.map(one => ({ name: taskName(one), what: '新增' })),
                  ]}
                  rowKey={row => `${row.name}-${row.what}`}
                />
                <Form action={address} label="确认导入">
                  <HiddenField name="reason" value={textOf(incoming.form, 'reason')} />
                  <HiddenField name="table" value={rows.map(row => csvLine(row)).join('')} />
                  <Actions primary={`确认导入（${changes} 项）`} cancel={{ label: '放弃', href: address }} />
                </Form>
              </>
            ) : null}
          </>
        ) : null}
        {keeps && (state === 'review' || state === 'in-force') ? (
          <Sheet title={read ? '换一份表格' : '导入'}>
            <Form
              action={address}
              uploads
              id="upload"
              values={incoming.form}
              errors={errors}
              labels={{ file: '表格', reason: '理由' }}
              label="导入表格"
            >
              <FileField name="file" label="表格" required accept=".xlsx,.csv" maxBytes={largest} />
              <TextField name="reason" label="理由" required width="full" hint="会留在任务的历史里" />
              <Actions primary="检查并预览" cancel={{ label: '返回', href: back }} />
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}
