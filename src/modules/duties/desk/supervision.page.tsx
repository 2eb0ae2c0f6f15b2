import { readForm } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { listSites } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Figures } from '#ui/components/figures'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Actions, Form, TextField } from '#ui/forms'
import { urgeDuties, urgeDutiesInput } from '../actions/urge-duties.ts'
import { type BoardLine, boardLines, rateOf } from '../board-queries.ts'
import { type DutyRow, lastUrged, selectDuties } from '../duty-queries.ts'
import { dutyReach, mayUrge } from '../policy.ts'
import { DueDay, StandingTag } from '../standing-tag.tsx'

const may: DeskRoute['may'] = actor => mayUrge(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path: '/supervision', may, handle: show },
  { method: 'POST', path: '/supervision', may, handle: urge },
]

const pageSize = 30

async function urge(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(urgeDutiesInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  const urged = await urgeDuties(ctx, read.value)
  return seeOther(`/supervision?urged=${urged}`)
}

/** 督办: three figures, who is behind, what is late, and a word to those who owe it. */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  errors: Record<string, string> = {},
): Promise<Reply> {
  const now = ctx.clock.now()
  const organIds = dutyReach(ctx.actor)
  const sites = (await listSites(ctx.db)).filter(site => organIds.includes(site.organId))
  const period = ctx.clock.today().slice(0, 4)
  const [lines, late] = await Promise.all([
    Promise.all(sites.map(site => boardLines(ctx.db, now, { siteId: site.id, period }))).then(all =>
      all.flat(),
    ),
    selectDuties(
      ctx.db,
      now,
      { organIds, show: 'late' },
      { page: pageNumber(String(incoming.query.page)), pageSize },
    ),
  ])
  const mine = lines.filter(line => organIds.includes(line.organId))
  const urgedAt = await lastUrged(
    ctx.db,
    late.rows.map(duty => duty.id),
  )
  const sum = (of: (line: BoardLine) => number) => mine.reduce((total, line) => total + of(line), 0)
  const all = { metInTime: sum(l => l.metInTime), metLate: sum(l => l.metLate), late: sum(l => l.late) }
  const urged = Number(incoming.query.urged)
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '督办',
    body: (
      <>
        <PageHead title="督办" note={`${period} 年各单位按时公开、解读、答复的情况，和现在逾期的事。`} />
        {urged > 0 ? <Notice tone="success" title={`已催办 ${urged} 项，记入每项义务的经过。`} /> : null}
        <Figures
          items={[
            { label: '按时率', value: rateOf(all) },
            { label: '现在逾期', value: String(all.late), href: '/duties?show=late' },
            { label: '七天内到期', value: String(sum(line => line.week)), href: '/duties?show=week' },
          ]}
        />
        <Form
          action="/supervision"
          values={incoming.form}
          errors={errors}
          labels={{ ids: '义务', words: '意见' }}
          label="催办"
        >
          <Late rows={late.rows} now={now} urgedAt={urgedAt} />
          {late.rows.length > 0 ? (
            <>
              <TextField
                name="words"
                label="催办意见"
                width="full"
                hint="例如：请于三日内完成并说明原因"
                required
              />
              <Actions primary="催办勾选的义务" />
            </>
          ) : null}
        </Form>
        <Pager page={late} href={number => `/supervision?page=${number}`} />
        <DataTable
          caption="各单位"
          columns={[
            { key: 'organName', head: '单位' },
            { key: 'metInTime', head: '按时完成', figures: true },
            { key: 'metLate', head: '逾期完成', figures: true },
            { key: 'rate', head: '按时率', figures: true, cell: rateOf },
            { key: 'late', head: '现在逾期', figures: true },
            { key: 'week', head: '七天内到期', figures: true },
            { key: 'open', head: '未完成', figures: true },
          ]}
          rows={mine}
          rowKey={line => line.organId}
          empty={<p>还没有义务。</p>}
        />
      </>
    ),
  })
}

function Late(props: { rows: readonly DutyRow[]; now: Date; urgedAt: Map<string, string> }) {
  return (
    <DataTable
      caption="现在逾期的义务"
      columns={[
        {
          key: 'ids',
          head: '选择',
          cell: duty => (
            <input
              class="checkbox"
              type="checkbox"
              name="ids"
              value={duty.id}
              aria-label={`选择“${duty.title}”`}
            />
          ),
        },
        {
          key: 'title',
          head: '义务',
          cell: duty => (
            <>
              <a href={`/duties/${duty.id}`}>{duty.title}</a>：{duty.subjectLabel}
            </>
          ),
        },
        { key: 'organName', head: '单位' },
        { key: 'due', head: '到期', cell: duty => <DueDay duty={duty} /> },
        { key: 'standing', head: '状态', cell: duty => <StandingTag duty={duty} now={props.now} /> },
        { key: 'urged', head: '上次催办', cell: duty => props.urgedAt.get(duty.id) ?? '—' },
      ]}
      rows={props.rows}
      rowKey={duty => duty.id}
      empty={<EmptyState title="没有逾期的义务">各单位都在期限之内。</EmptyState>}
    />
  )
}
