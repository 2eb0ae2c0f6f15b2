import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import { listColumns } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { CheckboxList, Form, SelectField, SubmitButton, TextArea, TextField } from '#ui/forms'
import { proposeProgress, proposeProgressInput } from '../actions/propose-progress.ts'
import { urgeTasks, urgeTasksInput } from '../actions/urge-tasks.ts'
import { mayOnPlan } from '../acts.ts'
import { type Plan, planState } from '../plan.ts'
import { mayReadLedger } from '../policy.ts'
import { gatherTable } from '../progress/gather-table.ts'
import { countRows, lateness } from '../progress/progress-table.ts'
import { ProgressRows } from '../public/progress-rows.tsx'
import { ShareBar } from '../public/share-bar.tsx'
import { listTasks } from '../queries.ts'
import { numbered } from '../task.ts'
import { planOf } from './plan-of.ts'

const may = mayReadLedger

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/plan-progress/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/plan-progress/:id', may, handle: propose },
  { method: 'POST', path: '/plan-urges/:id', may, handle: urge },
]

/** 公开进展、催办: the table as it would be public now, the way to review, and letters to those who are behind. */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  failed: { raw?: RawForm; errors?: FormErrors; form?: 'publish' | 'urge' } = {},
): Promise<Reply> {
  const plan = await planOf(ctx, incoming)
  const [table, columns, tasks] = await Promise.all([
    gatherTable(ctx, plan),
    listColumns(ctx.db, plan.siteId),
    listTasks(ctx.db, plan.id),
  ])
  const today = ctx.clock.today()
  const count = countRows(table.rows, today)
  const concerned = { organId: plan.organId, owing: [] }
  const mayPublish = mayOnPlan(ctx.actor, 'publish-progress', planState(plan), concerned)
  const ids = new Map(tasks.map(task => [task.publicId, task.id]))
  return page({
    status: failed.errors ? 422 : 200,
    title: `公开进展：${plan.title}`,
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: '公开进展' },
    ],
    body: (
      <>
        <PageHead title="公开进展和催办" note={plan.title} />
        {incoming.query.done === 'urged' ? (
          <Notice tone="success" title="催办已发出，记在每项任务的经过里。" />
        ) : null}
        <Sheet title="现在的进展">
          <p>
            共 {count.total} 项，已完成 {count.done} 项，逾期未完成 {count.late} 项。
          </p>
          <ShareBar count={count} />
          <p>
            <a href={`/plan-summaries/${plan.id}`}>季度小结</a>
          </p>
        </Sheet>
        {mayPublish ? (
          <Sheet title="送审公开">
            <p class="mb-4 text-soft">
              把下面的表作为新的一版送去发布前审查，由另一位同事审查通过后公开；公众能逐行看到和上一版的不同。
            </p>
            <PublishForm
              plan={plan}
              columns={columns}
              raw={failed.form === 'publish' ? (failed.raw ?? {}) : {}}
              errors={failed.form === 'publish' ? (failed.errors ?? {}) : {}}
            />
          </Sheet>
        ) : null}
        {mayPublish && planState(plan) === 'in-force' ? (
          <Sheet title="催办">
            <Form
              action={`/plan-urges/${plan.id}`}
              id="urge"
              label="催办"
              values={failed.form === 'urge' ? (failed.raw ?? {}) : {}}
              errors={failed.form === 'urge' ? (failed.errors ?? {}) : {}}
            >
              <CheckboxList
                name="taskIds"
                label="催办哪些任务"
                options={table.rows
                  .filter(row => !['done', 'cancelled'].includes(row.state))
                  .map(row => ({
                    value: ids.get(row.key) ?? '',
                    label: `${numbered(row.no, row.content.slice(0, 50))}${lateness(row, today) === 'late' ? '（已逾期）' : ''}`,
                  }))}
                values={table.rows
                  .filter(row => lateness(row, today) === 'late')
                  .map(row => ids.get(row.key) ?? '')}
              />
              <TextArea
                name="letter"
                label="催办函"
                required
                rows={4}
                maxLength={1000}
                hint="责任单位会看到"
              />
              <SubmitButton>发出催办</SubmitButton>
            </Form>
          </Sheet>
        ) : null}
        <Sheet title="公众将看到的表">
          <ProgressRows
            rows={table.rows}
            caption="任务和进展"
            today={today}
            href={row => `/ledger-tasks/${ids.get(row.key) ?? ''}`}
          />
        </Sheet>
      </>
    ),
  })
}

function PublishForm(props: {
  plan: Plan
  columns: readonly { id: string; name: string }[]
  raw: RawForm
  errors: FormErrors
}) {
  const { plan, columns, raw, errors } = props
  return (
    <Form action={`/plan-progress/${plan.id}`} id="publish" label="送审公开" values={raw} errors={errors}>
      {plan.publishedAs ? (
        <TextField
          name="changeNote"
          label="更新说明"
          maxLength={300}
          hint="读者会看到，例如：更新第三季度进展"
        />
      ) : (
        <SelectField
          name="columnId"
          label="公开在哪个栏目"
          required
          options={columns.map(column => ({ value: column.id, label: column.name }))}
        />
      )}
      <SubmitButton tone="primary">送审</SubmitButton>
    </Form>
  )
}

async function propose(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const plan = await planOf(ctx, incoming)
  const read = readForm(proposeProgressInput, { ...incoming.form, planId: plan.id })
  if (!read.ok) return show(ctx, incoming, { raw: incoming.form, errors: read.errors, form: 'publish' })
  try {
    const { publicId } = await proposeProgress(ctx, read.value)
    return seeOther(`/publications/${publicId}?done=submitted`)
  } catch (error) {
    return show(ctx, incoming, { raw: incoming.form, errors: asErrors(error), form: 'publish' })
  }
}

async function urge(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const plan = await planOf(ctx, incoming)
  const read = readForm(urgeTasksInput, { ...incoming.form, planId: plan.id })
  if (!read.ok) return show(ctx, incoming, { raw: incoming.form, errors: read.errors, form: 'urge' })
  try {
    await urgeTasks(ctx, read.value)
    return seeOther(`/plan-progress/${plan.id}?done=urged`)
  } catch (error) {
    return show(ctx, incoming, { raw: incoming.form, errors: asErrors(error), form: 'urge' })
  }
}

function asErrors(error: unknown): FormErrors {
  if (!(error instanceof Refused) || !['invalid', 'conflict'].includes(error.refusal)) throw error
  return { [error.code === 'ledger.no-column' ? 'columnId' : '']: error.message }
}
