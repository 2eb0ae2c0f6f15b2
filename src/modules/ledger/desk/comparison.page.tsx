import { type FormErrors, textOf, textsOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { Figures } from '#ui/components/figures'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Tabs } from '#ui/components/tabs'
import { Actions, Form, LinkButton, SelectField } from '#ui/forms'
import { matchTasks, matchTasksInput } from '../actions/match-tasks.ts'
import { mayOnPlan } from '../acts.ts'
import { comparisonWorkbook } from '../comparison/comparison-workbook.ts'
import { type ComparedPlans, findPrevious, loadComparison } from '../comparison/load-comparison.ts'
import { type Plan, planState } from '../plan.ts'
import { mayKeepLedger, mayReadLedger } from '../policy.ts'
import type { Task } from '../task.ts'
import { Added, Decided, LastYear, Proposed, type Shown } from './comparison-tables.tsx'
import { JoinByHand } from './join-by-hand.tsx'
import { asErrors, loadPlan } from './load-plan.ts'

export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/plan-comparisons/:id',
    may: mayReadLedger,
    handle: (ctx, incoming) => show(ctx, incoming),
  },
  { method: 'POST', path: '/plan-comparisons/:id', may: actor => mayKeepLedger(actor), handle: decide },
]

const views = {
  proposed: '等待认定',
  matched: '接着做的',
  added: '今年新增的',
  gone: '今年没有的',
  last: '上一年的全部任务',
  denied: '认定不是同一项的',
} as const
type View = keyof typeof views
const pageSize = 50

const viewIn = (asked: string): View | null => (Object.hasOwn(views, asked) ? (asked as View) : null)

async function decide(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const { form } = incoming
  const pairs = textsOf(form, 'pair').flatMap(value => {
    const [taskId = '', previousId = '', seen = ''] = value.split(':')
    return previousId === '' ? [] : [{ taskId, previousId, seen }]
  })
  const previousPlanId = textOf(form, 'previousPlanId')
  const read = matchTasksInput.safeParse({
    planId: plan.id,
    previousPlanId,
    verdict: textOf(form, 'verdict'),
    pairs,
  })
  if (!read.success) return show(ctx, incoming, { '': read.error.issues[0]?.message ?? '' })
  try {
    const many = await matchTasks(ctx, read.data)
    const query = new URLSearchParams({ with: previousPlanId, done: read.data.verdict, many: String(many) })
    const view = viewIn(textOf(form, 'view'))
    if (view) query.set('view', view)
    return seeOther(`/plan-comparisons/${plan.id}?${query}`)
  } catch (error) {
    return show(ctx, incoming, asErrors(error))
  }
}

const doneWords: Record<string, string> = {
  same: '项已认定是同一项。',
  different: '项已认定不是同一项，以后不再提。',
  open: '项认定已撤回。',
}

/** This year's tasks beside last year's: what goes on, what is new, what is gone, and what became of last year's. */
async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const asked = queryText(incoming, 'with') ?? (textOf(incoming.form, 'previousPlanId') || undefined)
  const { earlier, previous } = await findPrevious(ctx, plan, asked)
  const compared = previous && (await loadComparison(ctx, plan, previous))
  if (compared && queryText(incoming, 'as') === 'xlsx') return workbook(compared)
  const address = `/plan-comparisons/${plan.id}`
  const done = doneWords[queryText(incoming, 'done') ?? '']
  const many = Number(queryText(incoming, 'many')) || 0
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: `和上一年比：${plan.title}`,
    scripts: ['plan-review'],
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: '和上一年比' },
    ],
    body: (
      <>
        <PageHead
          title="和上一年的台账比"
          note={plan.title}
          actions={
            previous ? (
              <LinkButton href={`${address}?as=xlsx&with=${previous.id}`} download>
                导出（Excel）
              </LinkButton>
            ) : null
          }
        />
        {done ? <Notice tone="success" title={`${many} ${done}`} /> : null}
        {errors[''] ? <Notice tone="error" title={errors['']} /> : null}
        {earlier.length > 1 ? (
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
        {compared ? (
          <Compared ctx={ctx} incoming={incoming} compared={compared} />
        ) : (
          <EmptyState title="没有可以比的台账">
            同一种类、以前年度、已经列入台账的文件才能比。可以把上一年的文件也读进来。
          </EmptyState>
        )}
      </>
    ),
  })
}

function Compared(props: { ctx: DeskContext; incoming: Incoming; compared: ComparedPlans }) {
  const { ctx, incoming, compared } = props
  const { plan, previous, before, comparison, outcomes } = compared
  const lists = {
    proposed: comparison.proposed,
    matched: comparison.matched,
    added: comparison.added,
    gone: comparison.gone,
    last: before,
    denied: comparison.denied,
  }
  const chosenView =
    viewIn(queryText(incoming, 'view') ?? textOf(incoming.form, 'view')) ??
    (comparison.proposed.length > 0 ? 'proposed' : 'matched')
  const address = `/plan-comparisons/${plan.id}`
  const href = (view: View, more: Record<string, string> = {}) =>
    `${address}?${new URLSearchParams({ with: previous.id, view, ...more })}`
  const number = pageNumber(queryText(incoming, 'page'))
  const onPage = <Row,>(rows: readonly Row[]) => rows.slice((number - 1) * pageSize, number * pageSize)
  const shown: Shown = {
    compared,
    address,
    mayDecide: mayDecide(ctx, plan),
    chosen: textsOf(incoming.form, 'pair'),
  }
  const done = before.filter(task => outcomes.get(task.id)?.state === 'done').length
  const joined = comparison.added.find(task => task.id === queryText(incoming, 'task'))
  return (
    <>
      <Figures
        items={[
          { value: String(comparison.matched.length), label: '接着做的', href: href('matched') },
          { value: String(comparison.added.length), label: '今年新增的', href: href('added') },
          { value: String(comparison.gone.length), label: '今年没有的', href: href('gone') },
          {
            value: `${done} / ${before.length}`,
            label: `${previous.year}年完成的`,
            href: `/ledger-plans/${previous.id}?state=done`,
          },
        ]}
      />
      <Tabs
        label="看哪些"
        items={(Object.keys(views) as View[])
          .filter(view => view !== 'denied' || comparison.denied.length > 0)
          .map(view => ({
            label: views[view],
            href: href(view),
            current: view === chosenView,
            count: lists[view].length,
          }))}
      />
      {joined && shown.mayDecide ? <JoinByHand task={joined} shown={shown} /> : null}
      {chosenView === 'proposed' ? <Proposed rows={onPage(comparison.proposed)} shown={shown} /> : null}
      {chosenView === 'matched' ? (
        <Decided
          rows={onPage(comparison.matched)}
          shown={shown}
          caption="认定接着做的"
          empty="还没有认定接着做的"
        />
      ) : null}
      {chosenView === 'denied' ? (
        <Decided rows={onPage(comparison.denied)} shown={shown} caption={views.denied} empty="没有" />
      ) : null}
      {chosenView === 'added' ? (
        <Added
          rows={onPage(comparison.added)}
          shown={shown}
          joinHref={(task: Task) => href('added', { task: task.id })}
        />
      ) : null}
      {chosenView === 'gone' || chosenView === 'last' ? (
        <LastYear
          rows={onPage(lists[chosenView])}
          shown={shown}
          caption={chosenView === 'gone' ? `${previous.year}年有、今年没有的` : `${previous.year}年的任务`}
          empty="没有今年丢下的"
        />
      ) : null}
      <Pager
        page={{ total: lists[chosenView].length, page: number, pageSize }}
        href={to => href(chosenView, to > 1 ? { page: String(to) } : {})}
      />
    </>
  )
}

const mayDecide = (ctx: DeskContext, plan: Plan) =>
  mayOnPlan(ctx.actor, 'match-tasks', planState(plan), { organId: plan.organId, owing: [] })

async function workbook(compared: ComparedPlans): Promise<Reply> {
  const { plan, previous } = compared
  return {
    kind: 'content',
    status: 200,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: await comparisonWorkbook(compared),
    headers: {
      'content-disposition': `attachment; filename="comparison-${previous.year}-${plan.year}-${plan.publicId}.xlsx"`,
      'cache-control': 'no-store',
    },
  }
}
