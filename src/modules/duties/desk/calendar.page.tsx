import { inChinese, weekday } from '#lib/beijing-time'
import { readForm } from '#lib/forms'
import { calendarOf } from '#lib/working-days/calendar'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Form, HiddenField, LinkButton, SubmitButton, TextField } from '#ui/forms'
import { withdrawNotice, withdrawNoticeInput } from '../actions/withdraw-notice.ts'
import { noticesFor, shippedNotices } from '../calendar.ts'
import { mayKeepCalendar, mayReadCalendar } from '../policy.ts'
import { listNotices, type RecordedNotice } from '../queries.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/calendar', may: mayReadCalendar, handle: show },
  { method: 'POST', path: '/calendar/withdraw', may: actor => mayKeepCalendar(actor), handle: withdraw },
]

const words: Record<string, string> = {
  recorded: '已记录。期限从现在起按新的安排计算。',
  withdrawn: '已撤回。期限从现在起不再按它计算。',
}

async function withdraw(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(withdrawNoticeInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, Object.values(read.errors)[0])
  await withdrawNotice(ctx, read.value)
  return seeOther('/calendar?done=withdrawn')
}

/** 工作日历: which notices settle the working days, and up to when a count is certain. */
async function show(ctx: DeskContext, incoming: Incoming, error?: string): Promise<Reply> {
  const [recorded, organs] = await Promise.all([listNotices(ctx.db), listOrgans(ctx.db)])
  const today = ctx.clock.today()
  const calendar = calendarOf(noticesFor(recorded, []))
  const nextYear = Number(today.slice(0, 4)) + 1
  const done = words[String(incoming.query.done ?? '')]
  const mayKeep = mayKeepCalendar(ctx.actor)
  return page({
    status: error ? 422 : 200,
    title: '工作日历',
    body: (
      <>
        <PageHead
          title="工作日历"
          note="所有以工作日计的期限都按这里的放假和调休计算。周一至周五上班，放假通知写明的除外。"
          actions={mayKeep ? <LinkButton href="/calendar/new">记录放假安排</LinkButton> : undefined}
        />
        {error ? <Notice tone="error" title={error} /> : null}
        {done ? <Notice tone="success" title={done} /> : null}
        <Notice
          tone={calendar.day(today).works ? 'info' : 'warning'}
          title={`今天是${inChinese(today)} ${weekday(today)}，${calendar.day(today).works ? '工作日' : `休息（${calendar.day(today).why}）`}。`}
        />
        {calendar.settled(`${nextYear}-01-01`) ? null : (
          <Notice tone="warning" title={`${nextYear} 年的放假安排还没有记录`}>
            落在 {nextYear} 年的到期日是暂定的，先按周一至周五计算（R-CAL-09）。国务院办公厅的通知一般在 11
            月前后公布，公布后请尽快记录。
          </Notice>
        )}
        {recorded.length > 0 ? (
          <Sheet title="本地记录的安排" count={recorded.length}>
            {recorded.map(notice => (
              <Recorded
                key={notice.id}
                notice={notice}
                scope={organs.find(organ => organ.id === notice.organId)?.name ?? '全部机构'}
                may={mayKeepCalendar(ctx.actor, notice.organId ?? undefined)}
              />
            ))}
          </Sheet>
        ) : null}
        <DataTable
          caption="系统自带的国家安排"
          columns={[
            { key: 'number', head: '通知' },
            { key: 'issuedOn', head: '印发' },
            {
              key: 'settles',
              head: '安排的年份',
              cell: one => (one.settles ? `${one.settles} 年` : '个别日子'),
            },
            { key: 'holidays', head: '放假和调休', cell: one => <Holidays of={one.holidays} /> },
          ]}
          rows={shippedNotices().toReversed()}
          rowKey={one => one.number}
        />
      </>
    ),
  })
}

export function Holidays({ of }: { of: RecordedNotice['holidays'] }) {
  return (
    <ul class="plain-list">
      {of.map(({ name, rest, work }) => (
        <li key={name + rest[0]}>
          {name}：{rest.length > 0 ? `休 ${[...new Set([rest[0], rest.at(-1)])].join(' 至 ')}` : ''}
          {work.length > 0 ? `　班 ${work.join('、')}` : ''}
        </li>
      ))}
    </ul>
  )
}

function Recorded({ notice, scope, may }: { notice: RecordedNotice; scope: string; may: boolean }) {
  return (
    <section class="mb-6">
      <h3>
        {notice.number}{' '}
        {notice.withdrawnAt ? <StateTag state="off">已撤回</StateTag> : <StateTag state="met">在用</StateTag>}
      </h3>
      <p class="text-soft">
        {notice.issuedOn} 印发，{notice.settles ? `安排 ${notice.settles} 年` : '调整个别日子'}，适用于{scope}
        ；{notice.recordedBy}记录{notice.reason ? `，理由：${notice.reason}` : ''}。
        {notice.withdrawnAt ? `${notice.withdrawnBy}撤回，理由：${notice.withdrawnReason}。` : ''}
      </p>
      <Holidays of={notice.holidays} />
      {may && !notice.withdrawnAt ? (
        <details>
          <summary>撤回这份安排</summary>
          <p>撤回以后，期限不再按它计算；记录和理由保留。</p>
          <Form action="/calendar/withdraw" id={`withdraw-${notice.id}`} label={`撤回 ${notice.number}`}>
            <HiddenField name="id" value={notice.id} />
            <TextField name="reason" label="理由" width="full" required />
            <SubmitButton tone="danger" small>
              撤回
            </SubmitButton>
          </Form>
        </details>
      ) : null}
    </section>
  )
}
