import { dateInBeijing } from '#lib/beijing-time'
import { invalid } from '#lib/errors'
import { readForm } from '#lib/forms'
import { getOrgan } from '#modules/organisations'
import { holds, type Staff } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { PostButton } from '#ui/forms'
import { wantHeadCheck, wantHeadCheckInput } from '../actions/want-head-check.ts'
import { mayReadLedger } from '../policy.ts'
import { listWaiting, wantsHeadCheck } from '../reports/report-queries.ts'

const may = mayReadLedger

/** Those for whom reports wait: the office, and heads of units. */
export const mayCheckReports = (actor: Staff) => holds(actor, ['openness-office', 'department-head'])

/** How many wait for this person, for the rail. */
export async function countToCheck(ctx: DeskContext): Promise<{ count: number; late: boolean }> {
  const keeps = holds(ctx.actor, 'openness-office')
  const rows = await listWaiting(ctx.db, reachOf(ctx))
  return { count: rows.filter(row => (row.withHead ? !keeps : keeps)).length, late: false }
}

const reachOf = (ctx: DeskContext) => [...new Set(ctx.actor.posts.flatMap(post => post.reach))]

/** 待办的报送: what waits for the office, or for the head of the own organ. */
export const routes: DeskRoute[] = [
  { method: 'GET', path: '/task-reports', may, handle: show },
  { method: 'POST', path: '/head-checks', may, handle: setHeadCheck },
]

async function show(ctx: DeskContext): Promise<Reply> {
  const rows = await listWaiting(ctx.db, reachOf(ctx))
  const headOf = [
    ...new Set(ctx.actor.posts.filter(post => post.role === 'department-head').map(post => post.organId)),
  ]
  const heads = await Promise.all(
    headOf.map(async id => ({ organ: await getOrgan(ctx.db, id), wanted: await wantsHeadCheck(ctx.db, id) })),
  )
  return page({
    title: '进展核定',
    crumbs: [{ label: '工作台账', href: '/ledger' }, { label: '进展核定' }],
    body: (
      <>
        <PageHead
          title="进展核定"
          note="先到的在前。报送是否按时，按报到政务公开办的时间算，核定迟了不算报送单位逾期。"
        />
        <DataTable
          caption={`共 ${rows.length} 份`}
          columns={[
            {
              key: 'task',
              head: '任务',
              cell: row => <a href={`/ledger-tasks/${row.taskId}`}>{row.taskTitle}</a>,
            },
            { key: 'planTitle', head: '台账' },
            { key: 'organName', head: '报送单位' },
            {
              key: 'state',
              head: '等待',
              cell: row => (row.withHead ? '本单位负责人审核' : '政务公开办核定'),
            },
            { key: 'reportedAt', head: '报送', cell: row => <time>{dateInBeijing(row.reportedAt)}</time> },
          ]}
          rows={rows}
          rowKey={row => row.reportId}
          empty={<EmptyState title="没有等待核定的报送">单位报送进展以后，会列在这里。</EmptyState>}
        />
        {heads.length > 0 ? (
          <Sheet title="报送前由本单位负责人审核">
            {heads.map(({ organ, wanted }) => (
              <div key={organ.id} class="my-2">
                {organ.shortName}：{wanted ? '先审核再报送' : '直接报送'}{' '}
                <PostButton
                  action="/head-checks"
                  label={wanted ? '改为直接报送' : '改为先审核'}
                  hidden={{ organId: organ.id, wanted: wanted ? 'no' : 'yes' }}
                  small
                />
              </div>
            ))}
          </Sheet>
        ) : null}
      </>
    ),
  })
}

async function setHeadCheck(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(wantHeadCheckInput, incoming.form)
  if (!read.ok || !holds(ctx.actor, 'department-head', read.value.organId))
    throw invalid('ledger.no-such-organ', '请从“进展核定”页里重新选择单位。')
  await wantHeadCheck(ctx, read.value)
  return seeOther('/task-reports?done=saved')
}
