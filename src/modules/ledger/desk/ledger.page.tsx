import { pageNumber } from '#lib/paging'
import { listSites } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { StateTag } from '#ui/components/state-tag'
import { Actions, Form, LinkButton, SelectField } from '#ui/forms'
import { ledgerKind, ledgerKinds } from '../ledger-kind.ts'
import { type PlanState, planState, planStates } from '../plan.ts'
import { mayKeepLedger, mayReadLedger } from '../policy.ts'
import { type ListedPlan, listPlans, listPlanYears } from '../queries.ts'

export const routes: DeskRoute[] = [{ method: 'GET', path: '/ledger', may: mayReadLedger, handle: show }]

const tones = { review: 'soon', 'in-force': 'info', closed: 'met', discarded: 'off' } as const
const addressOf = (plan: ListedPlan) =>
  planState(plan) === 'in-force' || planState(plan) === 'closed'
    ? `/ledger-plans/${plan.id}`
    : `/plan-reviews/${plan.id}`

/** 工作台账: the plans, by kind, year and state. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const sites = await listSites(ctx.db)
  const siteIds = sites.map(site => site.id)
  const kind = ledgerKinds.find(one => one.name === queryText(incoming, 'kind'))?.name
  const year = Number(queryText(incoming, 'year')) || undefined
  const wanted = queryText(incoming, 'state') ?? ''
  const state = Object.hasOwn(planStates, wanted) ? (wanted as PlanState) : undefined
  const number = pageNumber(queryText(incoming, 'page'))
  const keeps = mayKeepLedger(ctx.actor)
  const [found, years] = await Promise.all([
    // What is under review is the keeper's alone: nothing of it is in the ledger yet
    listPlans(
      ctx.db,
      { siteIds, kind, year, state: keeps ? state : state === 'closed' ? 'closed' : 'in-force' },
      { page: number, pageSize: 30 },
    ),
    listPlanYears(ctx.db, siteIds),
  ])
  const href = (to: number) => {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries({ kind, year, state }))
      if (value !== undefined) query.set(name, String(value))
    query.set('page', String(to))
    return `/ledger?${query}`
  }
  return page({
    title: '工作台账',
    body: (
      <>
        <PageHead
          title="工作台账"
          note="工作要点、任务分解、问题整改、建议提案：一份文件一本台账。"
          actions={keeps ? <LinkButton href="/plans/new">把文件读成台账</LinkButton> : null}
        />
        {queryText(incoming, 'done') === 'discarded' ? <Notice tone="success" title="已放弃。" /> : null}
        <Form
          action="/ledger"
          method="get"
          values={{ kind: kind ?? '', year: year ? String(year) : '', state: state ?? '' }}
          label="筛选"
        >
          <SelectField
            name="kind"
            label="种类"
            blank="全部种类"
            options={ledgerKinds.map(one => ({ value: one.name, label: one.label }))}
          />
          <SelectField
            name="year"
            label="年度"
            blank="全部年度"
            options={years.map(one => ({ value: String(one), label: `${one}年` }))}
          />
          <SelectField
            name="state"
            label="状态"
            blank={keeps ? '没有放弃的' : '执行中'}
            options={(keeps ? (Object.keys(planStates) as PlanState[]) : (['closed'] as PlanState[])).map(
              one => ({ value: one, label: planStates[one] }),
            )}
          />
          <Actions primary="筛选" />
        </Form>
        <DataTable
          caption={`共 ${found.total} 本`}
          columns={[
            { key: 'title', head: '文件', cell: plan => <a href={addressOf(plan)}>{plan.title}</a> },
            { key: 'kind', head: '种类', cell: plan => ledgerKind(plan.kind).label },
            { key: 'year', head: '年度', figures: true },
            {
              key: 'state',
              head: '状态',
              cell: plan => <StateTag state={tones[planState(plan)]}>{planStates[planState(plan)]}</StateTag>,
            },
            {
              key: 'tasks',
              head: '任务',
              figures: true,
              cell: plan => <a href={addressOf(plan)}>{plan.tasks}</a>,
            },
            {
              key: 'done',
              head: '已完成',
              figures: true,
              cell: plan =>
                planState(plan) === 'review' ? (
                  <a href={`/plan-reviews/${plan.id}?show=open`}>{plan.undecided} 项待确认</a>
                ) : (
                  <a href={`${addressOf(plan)}?state=done`}>{plan.done}</a>
                ),
            },
          ]}
          rows={found.rows}
          rowKey={plan => plan.id}
          empty={
            <EmptyState title="还没有台账">
              {keeps ? '上传工作要点或者任务分解表，读出任务、确认以后就在这里。' : '台账由政务公开办建立。'}
            </EmptyState>
          }
        />
        <Pager page={found} href={href} />
      </>
    ),
  })
}
