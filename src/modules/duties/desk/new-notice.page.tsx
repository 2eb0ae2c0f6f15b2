import { inChinese, weekday } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import {
  Actions,
  CheckboxField,
  DateField,
  Form,
  SelectField,
  SubmitButton,
  TextArea,
  TextField,
} from '#ui/forms'
import {
  type NoticePreview,
  previewNotice,
  recordNotice,
  recordNoticeInput,
} from '../actions/record-notice.ts'
import { mayKeepCalendar } from '../policy.ts'
import { Holidays } from './calendar.page.tsx'

const may = (actor: Parameters<typeof mayKeepCalendar>[0]) => mayKeepCalendar(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path: '/calendar/new', may, handle: show },
  { method: 'POST', path: '/calendar/new', may, handle: take },
]

/** First what it would change, then the record. */
async function take(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(recordNoticeInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, { errors: read.errors })
  try {
    if (incoming.form.next === 'record') {
      await recordNotice(ctx, read.value)
      return seeOther('/calendar?done=recorded')
    }
    return show(ctx, incoming, { preview: await previewNotice(ctx.db, read.value) })
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, incoming, { errors: { [fieldOf[error.code] ?? 'text']: error.message } })
  }
}

const fieldOf: Record<string, string> = {
  'duties.notice-number': 'number',
  'duties.notice-known': 'number',
  'duties.notice-date': 'issuedOn',
  'duties.notice-year': 'year',
  'duties.notice-reason': 'reason',
}

const labels = {
  text: '通知的文字',
  number: '文号或依据',
  issuedOn: '印发日期',
  year: '年份',
  organId: '适用范围',
  reason: '理由',
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  taken: { errors?: FormErrors; preview?: NoticePreview } = {},
): Promise<Reply> {
  const organs = await listOrgans(ctx.db)
  const governments = organs.filter(
    organ => organ.type === 'government' && mayKeepCalendar(ctx.actor, organ.id),
  )
  const { errors = {}, preview } = taken
  const isBlank = Object.keys(incoming.form).length === 0
  const values: RawForm = isBlank ? { wholeYear: 'yes' } : incoming.form
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '记录放假安排',
    crumbs: [{ label: '工作日历', href: '/calendar' }, { label: '记录放假安排' }],
    body: (
      <>
        <PageHead
          title="记录放假安排"
          note="把通知的文字整段粘贴进来，先看它会改变哪些日子，再记录。地方性节日、临时调整也在这里记录。"
        />
        {preview ? <Preview preview={preview} /> : null}
        <Form action="/calendar/new" values={values} errors={errors} labels={labels} label="放假安排">
          <TextArea
            name="text"
            label={labels.text}
            rows={10}
            hint="每个节日一行，例如：春节：2月15日至23日放假调休，共9天。2月14日、2月28日上班。"
            required
          />
          <div class="form-row">
            <TextField name="number" label={labels.number} hint="空着就用文字里读到的" />
            <DateField name="issuedOn" label={labels.issuedOn} hint="空着就用文字里读到的；后印发的优先" />
            <TextField name="year" label={labels.year} inputMode="numeric" width="short" />
          </div>
          <CheckboxField
            name="wholeYear"
            label="这是全年的安排"
            hint="不勾选的只调整个别日子，例如地方性节日，需要写明理由。"
          />
          <SelectField
            name="organId"
            label={labels.organId}
            blank="全部机构"
            options={governments.map(organ => ({ value: organ.id, label: `${organ.name}及其下级` }))}
          />
          <TextField name="reason" label={labels.reason} width="full" />
          {preview ? (
            <Actions
              primary="确认记录"
              primaryName="next"
              primaryValue="record"
              cancel={{ label: '放弃', href: '/calendar' }}
            >
              <SubmitButton tone="plain" name="next" value="preview">
                再看一遍
              </SubmitButton>
            </Actions>
          ) : (
            <Actions
              primary="看会改变什么"
              primaryName="next"
              primaryValue="preview"
              cancel={{ label: '放弃', href: '/calendar' }}
            />
          )}
        </Form>
      </>
    ),
  })
}

function Preview({ preview }: { preview: NoticePreview }) {
  const { number, issuedOn, settles, changed, workingDays, holidays, moved } = preview
  return (
    <section aria-label="预览">
      <Notice
        tone="info"
        title={`${number}，${inChinese(issuedOn)}印发：改变 ${changed.length} 天${settles ? `，${settles} 年共 ${workingDays} 个工作日` : ''}。还没有记录。`}
      >
        <Holidays of={holidays} />
      </Notice>
      <DataTable
        caption="由此改变的日子"
        columns={[
          { key: 'date', head: '日期', cell: day => `${day.date} ${weekday(day.date)}` },
          { key: 'before', head: '现在' },
          { key: 'after', head: '以后' },
        ]}
        rows={changed}
        rowKey={day => day.date}
        empty={<p>没有改变任何一天：同样的安排已经在用。</p>}
      />
      <DataTable
        caption={`到期日随之变动的义务：${moved.total} 项${moved.total > moved.first.length ? `，下面是前 ${moved.first.length} 项` : ''}`}
        columns={[
          { key: 'title', head: '义务', cell: ({ duty }) => <a href={`/duties/${duty.id}`}>{duty.title}</a> },
          { key: 'organ', head: '机构', cell: ({ duty }) => duty.organName },
          { key: 'before', head: '现在到期', cell: ({ duty }) => duty.dueOn ?? '—' },
          { key: 'after', head: '以后到期', cell: ({ after }) => after.dueOn ?? '—' },
        ]}
        rows={moved.first}
        rowKey={({ duty }) => duty.id}
        empty={<p>没有义务的到期日会变动。</p>}
      />
    </section>
  )
}
