import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { Actions, DateField, Form, TextField } from '#ui/forms'
import { addBambooSlip, addBambooSlipInput } from '../actions/add-bamboo-slip.ts'
import { stateOn, states } from '../bamboo-slip.ts'
import { mayAdd } from '../policy.ts'
import { listBambooSlips } from '../queries.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/record-hall', may: mayAdd, handle: (ctx, incoming) => show(ctx, incoming, {}) },
  { method: 'POST', path: '/record-hall', may: mayAdd, handle: add },
]

/** Everybody adds for the own organ: which one that is does not come from the form. */
async function add(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(addBambooSlipInput, { ...incoming.form, organId: ctx.actor.organId })
  if (!read.ok) return show(ctx, incoming, read.raw, read.errors)
  await addBambooSlip(ctx, read.value)
  return seeOther('/record-hall?done=added')
}

const labels = { title: '标题', opensOn: '开始日期', closesOn: '结束日期' }

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  values: RawForm,
  errors?: FormErrors,
): Promise<Reply> {
  const asked = { page: pageNumber(queryText(incoming, 'page')), pageSize: 50 }
  const found = await listBambooSlips(ctx.db, { organIds: [ctx.actor.organId] }, asked)
  return page({
    title: '竹简',
    status: errors ? 422 : 200,
    body: (
      <>
        <PageHead title="竹简" note="本单位的竹简；在开始日期到结束日期之间对外公开。" />
        {queryText(incoming, 'done') === 'added' ? <Notice tone="success" title="已新增。" /> : null}
        <Sheet title="新增">
          <Form
            action="/record-hall"
            values={values}
            errors={errors}
            labels={labels}
            formKey={textOf(values, 'formKey') || crypto.randomUUID()}
          >
            <TextField name="title" label={labels.title} required maxLength={200} />
            <DateField name="opensOn" label={labels.opensOn} required />
            <DateField name="closesOn" label={labels.closesOn} hint="没有确定的可以留空" />
            <Actions primary="新增" />
          </Form>
        </Sheet>
        <DataTable
          caption={`共 ${found.total} 件`}
          columns={[
            { key: 'title', head: labels.title },
            { key: 'opensOn', head: labels.opensOn },
            { key: 'closesOn', head: labels.closesOn },
            { key: 'state', head: '状态', cell: row => states[stateOn(row, ctx.clock.today())] },
          ]}
          rows={found.rows}
          rowKey={row => row.id}
          empty={<EmptyState title="还没有竹简">在上面的表里填写，新增后立即生效。</EmptyState>}
        />
        <Pager page={found} href={number => `/record-hall?page=${number}`} />
      </>
    ),
  })
}
