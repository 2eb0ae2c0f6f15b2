import { nextMidnight } from '#lib/beijing-time'
import { findOrganByKey } from '#modules/organisations'
import { type Listed, listPublic, listsTag } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { ProgressBar } from '#ui/components/progress-bar'
import { Tabs } from '#ui/components/tabs'
import { ledgerKinds } from '../ledger-kind.ts'
import { countRows, type ProgressRow, type ProgressTable, tableOf } from '../progress/progress-table.ts'
import { ProgressRows } from './progress-rows.tsx'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/plans',
    rule: showsPublications(item => ['/plans', `/plans?organ=${item.organKey}`]),
    handle: showPlans,
  },
]

/** More plans than any government follows at once. */
const most = 200

interface Shown {
  item: Listed
  table: ProgressTable
}

/** Plans whose progress is public, by kind of ledger; of one unit, its tasks in all of them. */
async function showPlans(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { base } = ctx.site
  const now = ctx.clock.now()
  const found = await listPublic(
    ctx.db,
    now,
    { siteId: ctx.site.id, kinds: ['plan-progress'] },
    { page: 1, pageSize: most },
  )
  const all = found.rows.flatMap((item): Shown[] => {
    const table = tableOf(item.fields)
    return table ? [{ item, table }] : []
  })
  const key = queryText(incoming, 'organ') ?? ''
  const organ = /^[a-z0-9-]{1,40}$/.test(key) ? await findOrganByKey(ctx.db, key) : null
  const asked = ledgerKinds.find(kind => kind.name === queryText(incoming, 'ledger'))
  const present = ledgerKinds.filter(kind => all.some(({ table }) => table.ledger === kind.name))
  const shown = asked ? all.filter(({ table }) => table.ledger === asked.name) : all
  const title = organ ? `${organ.shortName}承担的重点任务` : '重点任务'
  return page({
    title,
    door: 'supervision',
    crumbs: [
      { label: '首页', href: `${base}/` },
      ...(organ ? [{ label: '重点任务', href: `${base}/plans` }] : []),
      { label: title },
    ],
    column: {
      name: '重点任务',
      description: `${ctx.site.name}年度重点任务的责任单位、时限和完成情况`,
      keywords: '重点任务,工作要点,落实情况,完成情况',
      type: '数据发布',
    },
    dependsOn: [listsTag(ctx.site.id)],
    freshUntil: nextMidnight(now),
    body: (
      <>
        <PageHead
          title={title}
          note="每份工作要点、任务分解表里的事由谁办、什么时候办完、现在办到哪一步，逐项列出；逾期的照实标明。"
        />
        {organ ? (
          <TasksOfOrgan plans={all} organKey={organ.key} name={organ.shortName} ctx={ctx} />
        ) : (
          <>
            {present.length > 1 ? (
              <Tabs
                label="台账种类"
                items={[
                  { label: '全部', href: `${base}/plans`, current: !asked },
                  ...present.map(kind => ({
                    label: kind.label,
                    href: `${base}/plans?ledger=${kind.name}`,
                    current: asked === kind,
                  })),
                ]}
              />
            ) : null}
            <PlanTable plans={shown} ctx={ctx} />
          </>
        )}
      </>
    ),
  })
}

function PlanTable({ plans, ctx }: { plans: readonly Shown[]; ctx: PublicContext }) {
  const today = ctx.clock.today()
  return (
    <DataTable
      caption={`共 ${plans.length} 份`}
      columns={[
        {
          key: 'title',
          head: '计划',
          width: 'w-4/12',
          cell: ({ item }) => <a href={`${ctx.site.base}${item.address}`}>{item.title}</a>,
        },
        { key: 'ledger', head: '种类', width: 'w-2/12', cell: ({ table }) => table.ledgerName },
        { key: 'year', head: '年度', width: 'w-1/12', cell: ({ table }) => `${table.year}年` },
        {
          key: 'done',
          head: '完成',
          width: 'w-2/12',
          cell: ({ table }) => {
            const count = countRows(table.rows, today)
            return (
              <>
                <ProgressBar label="完成比例" value={count.share} /> {count.done} / {count.counting}
              </>
            )
          },
        },
        {
          key: 'late',
          head: '逾期',
          width: 'w-1/12',
          cell: ({ item, table }) => {
            const { late } = countRows(table.rows, today)
            return late === 0 ? (
              '无'
            ) : (
              <a class="text-red" href={`${ctx.site.base}${item.address}/tasks?state=late`}>
                {late} 项
              </a>
            )
          },
        },
        { key: 'asOf', head: '截至', width: 'w-2/12', cell: ({ table }) => <time>{table.asOf}</time> },
      ]}
      rows={plans}
      rowKey={({ item }) => item.id}
      empty={
        <EmptyState title="还没有公开的重点任务">
          工作要点、任务分解表列入台账并公开进展之后，会列在这里。
        </EmptyState>
      }
    />
  )
}

/** A unit's tasks, where it is named as a unit of this government. */
function TasksOfOrgan(props: {
  plans: readonly Shown[]
  organKey: string
  name: string
  ctx: PublicContext
}) {
  const { plans, organKey, name, ctx } = props
  const own = plans
    .map(({ item, table }) => ({
      item,
      rows: table.rows.filter((row: ProgressRow) => row.organs.includes(organKey)),
    }))
    .filter(({ rows }) => rows.length > 0)
  if (own.length === 0)
    return (
      <EmptyState title={`公开的重点任务里没有由${name}承担的`}>
        <a href={`${ctx.site.base}/plans`}>看全部重点任务</a>
      </EmptyState>
    )
  return own.map(({ item, rows }) => (
    <section key={item.id} class="my-6">
      <h2 class="mb-2">
        <a href={`${ctx.site.base}${item.address}`}>{item.title}</a>
      </h2>
      <ProgressRows
        rows={rows}
        caption={item.title}
        today={ctx.clock.today()}
        href={row => `${ctx.site.base}${item.address}/tasks/${row.key}`}
      />
    </section>
  ))
}
