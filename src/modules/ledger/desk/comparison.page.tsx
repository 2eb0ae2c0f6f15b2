import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Figures } from '#ui/components/figures'
import { PageHead } from '#ui/components/page-head'
import { StateTag } from '#ui/components/state-tag'
import { Actions, Form, SelectField } from '#ui/forms'
import { compareTasks, likenessWords } from '../comparison.ts'
import { ledgerKind, stateWord } from '../ledger-kind.ts'
import type { Plan } from '../plan.ts'
import { mayReadLedger } from '../policy.ts'
import { listEarlierPlans, listTasks } from '../queries.ts'
import { type Task, taskName, taskState } from '../task.ts'
import { loadPlan } from './load-plan.ts'
import { stateTones } from './plan.page.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/plan-comparisons/:id', may: mayReadLedger, handle: show },
]

/** This year's tasks beside last year's: what goes on, what is new, what is gone, and what became of last year's. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const earlier = await listEarlierPlans(ctx.db, plan)
  const wanted = queryText(incoming, 'with') ?? plan.previousId
  const previous = earlier.find(one => one.id === wanted) ?? earlier.find(one => one.year < plan.year)
  const address = `/plan-comparisons/${plan.id}`
  return page({
    title: `和上一年比：${plan.title}`,
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: '和上一年比' },
    ],
    body: (
      <>
        <PageHead title="和上一年的台账比" note={plan.title} />
        {earlier.length > 0 ? (
          <Form action={address} method="get" values={{ with: previous?.id ?? '' }} label="选择台账">
            <SelectField
              name="with"
              label="和哪一本比"
              blank={null}
              options={earlier.map(one => ({ value: one.id, label: `${one.year}年 ${one.title}` }))}
            />
            <Actions primary="比较" />
          </Form>
        ) : null}
        {previous ? (
          <Compared plan={plan} previous={previous} both={await bothTasks(ctx, plan, previous)} />
        ) : (
          <EmptyState title="没有可以比的台账">
            同一种类、以前年度、已经列入台账的文件才能比。可以把上一年的文件也读进来。
          </EmptyState>
        )}
      </>
    ),
  })
}

const kept = (tasks: readonly Task[]) => tasks.filter(task => task.droppedAt === null)
const bothTasks = async (ctx: DeskContext, plan: Plan, previous: Plan) =>
  [kept(await listTasks(ctx.db, plan.id)), kept(await listTasks(ctx.db, previous.id))] as const

function Compared(props: { plan: Plan; previous: Plan; both: readonly [Task[], Task[]] }) {
  const { plan, previous, both } = props
  const { matched, added, gone } = compareTasks(...both)
  const kind = ledgerKind(plan.kind)
  const [, before] = both
  const done = before.filter(task => taskState(task, previous) === 'done').length
  const now = (task: Task) => <TaskLink task={task} plan={plan} />
  const then = (task: Task) => <a href={`/ledger-tasks/${task.id}`}>{taskName(task)}</a>
  const became = (task: Task) => {
    const state = taskState(task, previous)
    return <StateTag state={stateTones[state]}>{stateWord(kind, state)}</StateTag>
  }
  return (
    <>
      <Figures
        items={[
          { value: String(matched.length), label: '接着做的' },
          { value: String(added.length), label: '今年新增的' },
          { value: String(gone.length), label: '今年没有的' },
          {
            value: `${done} / ${before.length}`,
            label: `${previous.year}年完成的`,
            href: `/ledger-plans/${previous.id}?state=done`,
          },
        ]}
      />
      <DataTable
        caption={`接着做的 · ${matched.length}`}
        columns={[
          { key: 'now', head: `${plan.year}年`, cell: one => now(one.task) },
          { key: 'then', head: `${previous.year}年`, cell: one => then(one.previous) },
          {
            key: 'likeness',
            head: '像不像',
            cell: one => `${likenessWords(one.likeness)}（${Math.round(one.likeness * 100)}%）`,
          },
          { key: 'became', head: '上一年的结果', cell: one => became(one.previous) },
        ]}
        rows={matched}
        rowKey={one => one.task.id}
        empty={<p>没有接着做的。</p>}
      />
      <DataTable
        caption={`今年新增的 · ${added.length}`}
        columns={[{ key: 'now', head: kind.task, cell: now }]}
        rows={added}
        rowKey={task => task.id}
        empty={<p>没有新增的。</p>}
      />
      <DataTable
        caption={`今年没有的 · ${gone.length}`}
        columns={[
          { key: 'then', head: kind.task, cell: then },
          { key: 'became', head: '上一年的结果', cell: became },
        ]}
        rows={gone}
        rowKey={task => task.id}
        empty={<p>上一年的都还在。</p>}
      />
    </>
  )
}

function TaskLink({ task, plan }: { task: Task; plan: Plan }) {
  const href = plan.inForceAt ? `/ledger-tasks/${task.id}` : `/plan-reviews/${plan.id}?task=${task.id}`
  return <a href={href}>{taskName(task)}</a>
}
