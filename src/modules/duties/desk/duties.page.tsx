import { momentInBeijing } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Tabs } from '#ui/components/tabs'
import { domains } from '../duty.ts'
import { countOpen, type DutyFilter, type DutyRow, selectDuties } from '../duty-queries.ts'
import { dutyReach } from '../policy.ts'
import { DueDay, StandingTag } from '../standing-tag.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/duties', may: actor => dutyReach(actor).length > 0, handle: show },
]

const shows = { late: '逾期', week: '逾期和七天内', open: '全部未完成', ended: '已结束' } as const
const pageSize = 30

/** 公开义务: what must be done by when, by the clock. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const asked = String(incoming.query.show ?? 'week')
  const chosen: DutyFilter['show'] = asked in shows ? (asked as DutyFilter['show']) : 'week'
  const organIds = dutyReach(ctx.actor)
  const now = ctx.clock.now()
  const [found, counts] = await Promise.all([
    selectDuties(
      ctx.db,
      now,
      { organIds, show: chosen },
      { page: pageNumber(String(incoming.query.page)), pageSize },
    ),
    countOpen(ctx.db, now, organIds),
  ])
  return page({
    title: '公开义务',
    body: (
      <>
        <PageHead title="公开义务" note="该办的事、到期的日子和依据的条款。按期限排列，最紧的在最前。" />
        <Tabs
          label="范围"
          items={Object.entries(shows).map(([value, label]) => ({
            label: value === 'ended' ? label : `${label}（${counts[value as keyof typeof counts]}）`,
            href: `/duties?show=${value}`,
            current: value === chosen,
          }))}
        />
        <DataTable
          caption={`共 ${found.total} 项`}
          columns={[
            { key: 'title', head: '义务', cell: duty => <Title duty={duty} /> },
            { key: 'organName', head: '机构' },
            { key: 'domain', head: '领域', cell: duty => domains[duty.domain] },
            { key: 'due', head: '到期', cell: duty => <DueDay duty={duty} /> },
            { key: 'standing', head: '状态', cell: duty => <StandingTag duty={duty} now={now} /> },
          ]}
          rows={found.rows}
          rowKey={duty => duty.id}
          empty={
            <EmptyState title={chosen === 'ended' ? '还没有结束的义务' : '现在没有这样的义务'}>
              {chosen === 'week'
                ? '七天内没有到期的事。可以看“全部未完成”。'
                : '发布、申请等环节会自动生成义务。'}
            </EmptyState>
          }
        />
        <Pager page={found} href={number => `/duties?show=${chosen}&page=${number}`} />
      </>
    ),
  })
}

function Title({ duty }: { duty: DutyRow }) {
  return (
    <>
      <a href={`/duties/${duty.id}`}>{duty.title}</a>
      <p class="text-soft">
        {duty.subjectLabel} · {duty.article} · {momentInBeijing(duty.startedAt)} 起算
      </p>
    </>
  )
}
