import { nextMidnight } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import { findOrganByKey } from '#modules/organisations'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Tabs } from '#ui/components/tabs'
import {
  type BoardLine,
  type BoardShow,
  boardLines,
  boardTrend,
  listBoardDuties,
  rateOf,
} from '../board-queries.ts'
import { type Domain, domains, dutiesTag } from '../duty.ts'
import { DueDay, StandingTag } from '../standing-tag.tsx'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/obligations', rule: showsNoPublications, handle: showBoard },
]

const shows = { late: '逾期', week: '逾期和七天内到期', open: '未完成', ended: '已结束' } as const
const trendMonths = 12
const pageSize = 30

interface Choice {
  organ: string | undefined
  domain: Domain | undefined
  show: BoardShow
  page: number
}

function choiceOf({ query }: Incoming): Choice {
  const first = (name: string) => String([query[name]].flat()[0] ?? '')
  const show = first('show')
  const domain = first('domain')
  return {
    organ: /^[a-z0-9-]{1,40}$/.test(first('organ')) ? first('organ') : undefined,
    domain: Object.hasOwn(domains, domain) ? (domain as Domain) : undefined,
    show: Object.hasOwn(shows, show) ? (show as BoardShow) : 'late',
    page: pageNumber(first('page')),
  }
}

const addressOf = (base: string, choice: Partial<Choice>) => {
  const query = new URLSearchParams()
  for (const name of ['organ', 'domain', 'show'] as const) {
    const value = choice[name]
    if (value) query.set(name, value)
  }
  if (choice.page && choice.page > 1) query.set('page', String(choice.page))
  return `${base}/obligations${query.size > 0 ? `?${query}` : ''}`
}

/** 公开义务看板: who keeps the time limits; every figure opens into what it counts. */
async function showBoard(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const choice = choiceOf(incoming)
  const organ = choice.organ ? await findOrganByKey(db, choice.organ) : undefined
  const year = ctx.clock.today().slice(0, 4)
  const scope = { siteId: site.id, organId: organ?.id, domain: choice.domain }
  const [lines, trend, duties] = await Promise.all([
    boardLines(db, now, { siteId: site.id, domain: choice.domain, period: year }),
    boardTrend(db, scope, trendMonths),
    listBoardDuties(db, now, { ...scope, show: choice.show }, { page: choice.page, pageSize }),
  ])
  const to = (change: Partial<Choice>) => addressOf(site.base, { ...choice, page: 1, ...change })
  return page({
    title: '公开义务看板',
    door: 'supervision',
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '公开义务看板' }],
    column: {
      name: '公开义务看板',
      description: `${site.name}各单位按时公开、解读、答复的情况，逾期的逐项列明`,
      keywords: '公开义务,按时公开,逾期,监督',
      type: '数据发布',
    },
    dependsOn: [dutiesTag(site.id)],
    freshUntil: nextMidnight(now),
    body: (
      <>
        <PageHead
          title="公开义务看板"
          note="法律法规给每件该公开、该解读、该答复的事定了期限。这里列出各单位是否按期做到，逾期的都能点开看是哪一件、为什么是那一天。"
        />
        <Tabs
          label="领域"
          items={[
            { label: '全部', href: to({ domain: undefined }), current: choice.domain === undefined },
            ...Object.entries(domains).map(([value, label]) => ({
              label,
              href: to({ domain: value as Domain }),
              current: value === choice.domain,
            })),
          ]}
        />
        {lines.length === 0 ? (
          <EmptyState title="还没有公开义务">
            有了需要按期公开、解读或者答复的事，各单位的完成情况会列在这里。
          </EmptyState>
        ) : (
          <>
            <Lines lines={lines} year={year} href={(one, show) => to({ organ: one.organKey, show })} />
            <Trend trend={trend} name={organ?.name ?? '全部单位'} />
            <h2 class="mt-8">{`${organ ? `${organ.name}：` : ''}${shows[choice.show]}的义务`}</h2>
            <Tabs
              label="状态"
              items={Object.entries(shows).map(([value, label]) => ({
                label,
                href: to({ show: value as BoardShow }),
                current: value === choice.show,
              }))}
            />
            {organ ? (
              <p>
                <a href={to({ organ: undefined })}>看全部单位的</a>
              </p>
            ) : null}
            <DataTable
              caption={`共 ${duties.total} 项`}
              columns={[
                {
                  key: 'title',
                  head: '义务',
                  cell: duty => (
                    <>
                      <a href={`${site.base}/obligations/${duty.id}`}>{duty.title}</a>：{duty.subjectLabel}
                    </>
                  ),
                },
                { key: 'organName', head: '单位' },
                { key: 'due', head: '到期', cell: duty => <DueDay duty={duty} /> },
                { key: 'standing', head: '状态', cell: duty => <StandingTag duty={duty} now={now} /> },
              ]}
              rows={duties.rows}
              rowKey={duty => duty.id}
              empty={<p>{choice.show === 'late' ? '没有逾期的义务。' : '没有这样的义务。'}</p>}
            />
            <Pager page={duties} href={number => addressOf(site.base, { ...choice, page: number })} />
          </>
        )}
        <ul class="mt-6 flex flex-wrap gap-x-6 gap-y-2">
          <li>
            <a class="underline" href={`${site.base}/obligations.csv`}>
              下载各单位完成情况（CSV 表格）
            </a>
          </li>
          <li>
            <a class="underline" href={`${site.base}/obligations.json`}>
              供程序读取（JSON）
            </a>
          </li>
          <li>
            <a class="underline" href={`${site.base}/deadline`}>
              自己算一个期限
            </a>
          </li>
        </ul>
      </>
    ),
  })
}

function Lines(props: {
  lines: readonly BoardLine[]
  year: string
  href: (line: BoardLine, show: BoardShow) => string
}) {
  const figure = (line: BoardLine, count: number, show: BoardShow) =>
    count > 0 ? <a href={props.href(line, show)}>{count}</a> : 0
  return (
    <DataTable
      caption={`各单位的情况（已完成的为 ${props.year} 年）`}
      columns={[
        { key: 'organName', head: '单位' },
        {
          key: 'metInTime',
          head: '按时完成',
          figures: true,
          cell: one => figure(one, one.metInTime, 'ended'),
        },
        { key: 'metLate', head: '逾期完成', figures: true, cell: one => figure(one, one.metLate, 'ended') },
        { key: 'rate', head: '按时率', figures: true, cell: rateOf },
        { key: 'late', head: '现在逾期', figures: true, cell: one => figure(one, one.late, 'late') },
        { key: 'week', head: '七天内到期', figures: true, cell: one => figure(one, one.week, 'week') },
        { key: 'open', head: '未完成', figures: true, cell: one => figure(one, one.open, 'open') },
        { key: 'waived', head: '免除', figures: true, cell: one => figure(one, one.waived, 'ended') },
      ]}
      rows={props.lines}
      rowKey={one => one.organId}
    />
  )
}

function Trend(props: { trend: Awaited<ReturnType<typeof boardTrend>>; name: string }) {
  if (props.trend.length < 2) return null
  return (
    <details>
      <summary>{props.name}近 12 个月的情况</summary>
      <DataTable
        caption="按月"
        columns={[
          { key: 'month', head: '月份' },
          { key: 'metInTime', head: '按时完成', figures: true },
          { key: 'metLate', head: '逾期完成', figures: true },
          { key: 'waived', head: '免除', figures: true },
        ]}
        rows={props.trend}
        rowKey={one => one.month}
      />
    </details>
  )
}
