import { momentInBeijing, weekday } from '#lib/beijing-time'
import { notFound, Refused } from '#lib/errors'
import { readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, TextField } from '#ui/forms'
import { recordDeed, recordDeedInput } from '../actions/record-deed.ts'
import { reportDone, reportDoneInput } from '../actions/report-done.ts'
import { waiveDuty, waiveDutyInput } from '../actions/waive-duty.ts'
import { calendarsFor } from '../calendar.ts'
import { domains, reckon } from '../duty.ts'
import { type DutyAct, type DutyRow, dutyActs, findDuty, listActs } from '../duty-queries.ts'
import { listRecords, recordWords } from '../duty-record.ts'
import { dutyReach, mayReportDone, mayWaive } from '../policy.ts'
import { RecordList } from '../record-list.tsx'
import { DueDay, StandingTag } from '../standing-tag.tsx'
import { RecordForm } from './record-form.tsx'

const may: DeskRoute['may'] = actor => dutyReach(actor).length > 0
export const routes: DeskRoute[] = [
  { method: 'GET', path: '/duties/:duty', may, handle: show },
  { method: 'POST', path: '/duties/:duty/done', may: actor => mayReportDone(actor), handle: reportAsDone },
  { method: 'POST', path: '/duties/:duty/record', may: actor => mayReportDone(actor), handle: record },
  { method: 'POST', path: '/duties/:duty/waive', may: actor => mayWaive(actor), handle: waive },
]

/** Everybody on the desk may read any duty, as the public board shows it; what may be done with it is asked by each act. */
async function load(ctx: DeskContext, incoming: Incoming): Promise<DutyRow> {
  const duty = await findDuty(ctx.db, incoming.params.duty ?? '')
  if (!duty) throw notFound('duties.unknown', '没有这项义务。请从列表中重新选择。')
  return duty
}

async function reportAsDone(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const duty = await load(ctx, incoming)
  const read = readForm(reportDoneInput, { ...incoming.form, id: duty.id })
  if (!read.ok) return show(ctx, incoming, read.errors)
  await reportDone(ctx, read.value)
  return seeOther(`/duties/${duty.id}?done=met`)
}

async function record(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const duty = await load(ctx, incoming)
  const read = readForm(recordDeedInput, { ...incoming.form, id: duty.id })
  if (!read.ok) return show(ctx, incoming, read.errors)
  try {
    await recordDeed(ctx, read.value)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return show(ctx, incoming, { '': error.message })
  }
  return seeOther(`/duties/${duty.id}?done=recorded`)
}

async function waive(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const duty = await load(ctx, incoming)
  const read = readForm(waiveDutyInput, { ...incoming.form, id: duty.id })
  if (!read.ok) return show(ctx, incoming, read.errors)
  await waiveDuty(ctx, read.value)
  return seeOther(`/duties/${duty.id}?done=waived`)
}

/** One duty: by when, day by day why, and what happened to it. */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  errors: Record<string, string> = {},
): Promise<Reply> {
  const duty = await load(ctx, incoming)
  const [history, calendars, records] = await Promise.all([
    listActs(ctx.db, duty.id),
    calendarsFor(ctx.db),
    listRecords(ctx.db, duty.id),
  ])
  const isRecorded = recordWords[duty.rule] !== undefined
  const { explanation } = reckon(duty, await calendars(duty.organId))
  const isOpen = !duty.metAt && !duty.waivedAt
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: duty.title,
    crumbs: [{ label: '公开义务', href: '/duties' }, { label: duty.title }],
    body: (
      <>
        <PageHead title={duty.title} note={`${duty.organName} · ${domains[duty.domain]}`} />
        {incoming.query.done === 'met' ? <Notice tone="success" title="已记下：完成了。" /> : null}
        {incoming.query.done === 'waived' ? <Notice tone="success" title="已免除，理由记录在案。" /> : null}
        <DefinitionList
          items={[
            { term: '状态', value: <StandingTag duty={duty} now={ctx.clock.now()} /> },
            { term: '到期', value: <DueDay duty={duty} /> },
            { term: '依据', value: `${duty.article}（${duty.rule}）` },
            { term: '事项', value: duty.subjectLabel },
            { term: '起算', value: momentInBeijing(duty.startedAt) },
            {
              term: '完成',
              value: duty.metAt
                ? `${momentInBeijing(duty.metAt)}，${duty.metFact?.label ?? duty.metBy}`
                : null,
            },
            {
              term: '免除',
              value: duty.waivedAt
                ? `${momentInBeijing(duty.waivedAt)}，${duty.waivedBy}：${duty.waivedReason}`
                : null,
            },
          ]}
        />
        {incoming.query.done === 'recorded' ? <Notice tone="success" title="已登记，公众可以看到。" /> : null}
        <RecordList rule={duty.rule} records={records} />
        <Sheet title={isOpen ? '为什么是这一天到期' : '期限是怎样算的'}>
          <DataTable
            caption="逐日计算"
            captionHidden
            columns={[
              { key: 'date', head: '日期', cell: day => `${day.date} ${weekday(day.date)}` },
              { key: 'counts', head: '计入', cell: day => (day.counts ? '计入' : '不计') },
              { key: 'why', head: '为什么' },
              { key: 'rule', head: '依据' },
            ]}
            rows={explanation.map((day, index) => ({ ...day, index }))}
            rowKey={day => day.index}
          />
        </Sheet>
        <Sheet title="经过">
          <DataTable
            caption="经过"
            captionHidden
            columns={[
              { key: 'actedAt', head: '时间', cell: act => momentInBeijing(act.actedAt) },
              { key: 'act', head: '事项', cell: act => dutyActs[act.act] },
              { key: 'actedBy', head: '经办' },
              { key: 'reason', head: '说明' },
              { key: 'due', head: '到期日', cell: dayMoved },
            ]}
            rows={history.map((act, index) => ({ ...act, index }))}
            rowKey={act => act.index}
          />
        </Sheet>
        {isRecorded && !duty.waivedAt && mayReportDone(ctx.actor, duty.organId) ? (
          <RecordForm
            duty={duty}
            latest={records[0]}
            today={ctx.clock.today()}
            values={incoming.url.endsWith('/record') ? incoming.form : {}}
            errors={incoming.url.endsWith('/record') ? errors : {}}
          />
        ) : null}
        {isOpen && !isRecorded && mayReportDone(ctx.actor, duty.organId) ? (
          <details open={errors.fact !== undefined}>
            <summary>说明已经完成</summary>
            <p>系统里发布的内容会自动算作完成；在别处完成的，在这里写明，公众可以看到。</p>
            <Form
              action={`/duties/${duty.id}/done`}
              values={incoming.form}
              errors={errors.fact ? { fact: errors.fact } : {}}
              labels={{ fact: '怎样完成的' }}
              label="说明已经完成"
            >
              <TextField
                name="fact"
                label="怎样完成的"
                hint="例如：12月8日县长听取汇报，会议纪要〔2026〕21号"
                width="full"
                required
              />
              <Actions primary="记为完成" />
            </Form>
          </details>
        ) : null}
        {isOpen && mayWaive(ctx.actor, duty.organId) ? (
          <details open={errors.reason !== undefined && !incoming.url.endsWith('/record')}>
            <summary>免除这项义务</summary>
            <p>免除以后不再催办，理由会写在义务里，公众可以看到。</p>
            <Form
              action={`/duties/${duty.id}/waive`}
              values={incoming.form}
              errors={errors.reason && !incoming.url.endsWith('/record') ? { reason: errors.reason } : {}}
              labels={{ reason: '理由' }}
              label="免除义务"
            >
              <TextField name="reason" label="理由" width="full" required />
              <Actions primary="免除" />
            </Form>
          </details>
        ) : null}
      </>
    ),
  })
}

function dayMoved({ dueBefore, dueAfter }: DutyAct): string {
  if (dueBefore === null || dueBefore === dueAfter) return dueAfter ?? '—'
  return `${dueBefore} → ${dueAfter ?? '暂停'}`
}
