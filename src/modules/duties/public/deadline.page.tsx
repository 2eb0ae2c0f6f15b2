import { inChinese, weekday } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import type { FormErrors } from '#lib/forms'
import type { WorkingCalendar } from '#lib/working-days/calendar'
import type { PublicContext, Site } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, CheckboxField, DateField, Form, SelectField, TextField } from '#ui/forms'
import { workingCalendar } from '../calendar.ts'
import { answerDeadline, type DeadlineAnswer, deadlineQuestion, units } from '../deadline-question.ts'
import { groundWords } from '../ground-words.ts'
import { usualLimits } from '../usual-limits.ts'

/** The units as they stand behind a number. */
const counted: Record<keyof typeof units, string> = {
  ...units,
  'working-days': '个工作日',
  months: '个月',
}

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/deadline', rule: showsNoPublications, handle: showDeadline },
]

/** 期限计算器: when something is due, and day by day why. The address holds the whole question. */
async function showDeadline(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const asked = readQuestion(incoming)
  const { errors, answer } = asked
    ? answerOf(asked, await workingCalendar(ctx.db, ctx.site.organId))
    : { errors: {}, answer: null }
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '期限计算器',
    crumbs: [{ label: '首页', href: `${ctx.site.base}/` }, { label: '期限计算器' }],
    column: {
      name: '期限计算器',
      description: '按法定节假日和调休逐日计算工作日、自然日、月和小时的期限',
      keywords: '期限,工作日,调休,到期日',
      type: '期限计算',
    },
    noIndex: asked !== null,
    body: (
      <>
        <PageHead
          title="期限计算器"
          note="算一个期限哪一天到期，逐日写明哪天算、哪天不算、依据是什么。起算的当日不计；以工作日计的，遇放假顺延，调休上班日计入。"
        />
        {answer ? <Answer answer={answer} /> : null}
        <Question site={ctx.site} values={asked ?? { amount: '20', unit: 'working-days' }} errors={errors} />
        <UsualLimits site={ctx.site} from={asked?.from ?? ctx.clock.today()} />
      </>
    ),
  })
}

const fields = [
  'from',
  'amount',
  'unit',
  'before',
  'time',
  'correctionNotified',
  'corrected',
  'paused1',
  'resumed1',
  'paused2',
  'resumed2',
  'extendedBy',
] as const
type Asked = Partial<Record<(typeof fields)[number], string>>

function readQuestion({ query }: Incoming): Asked | null {
  const asked: Asked = {}
  for (const name of fields) {
    const value = [query[name]].flat()[0]?.trim()
    if (value) asked[name] = value.slice(0, 20)
  }
  return Object.keys(asked).length > 0 ? asked : null
}

function answerOf(
  asked: Asked,
  calendar: WorkingCalendar,
): { errors: FormErrors; answer: DeadlineAnswer | null } {
  const pause = (from: string | undefined, to: string | undefined) =>
    from || to ? [{ from, ...(to ? { to } : {}) }] : []
  const parsed = deadlineQuestion.safeParse({
    from: asked.from,
    amount: asked.amount,
    unit: asked.unit,
    before: asked.before === 'yes',
    time: asked.time,
    events: {
      correctionNotified: asked.correctionNotified,
      corrected: asked.corrected,
      paused: [...pause(asked.paused1, asked.resumed1), ...pause(asked.paused2, asked.resumed2)],
      ...(asked.extendedBy ? { extendedBy: Number(asked.extendedBy) } : {}),
    },
  })
  if (!parsed.success) {
    const errors: FormErrors = {}
    for (const issue of parsed.error.issues) errors[fieldOf(issue.path, asked)] ??= issue.message
    return { errors, answer: null }
  }
  try {
    return { errors: {}, answer: answerDeadline(parsed.data, calendar) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { errors: { from: error.message }, answer: null }
  }
}

/** The field of the form behind a member of the question. */
function fieldOf(path: readonly PropertyKey[], asked: Asked): string {
  const [first, second, index, part] = path.map(String)
  if (first !== 'events') return first ?? 'from'
  if (second !== 'paused') return second ?? 'from'
  const row = index === '0' && (asked.paused1 || asked.resumed1) ? 1 : 2
  return `${part === 'to' ? 'resumed' : 'paused'}${row}`
}

function Question(props: { site: Site; values: Asked; errors: FormErrors }) {
  const { site, values, errors } = props
  return (
    <Form
      method="get"
      layout="stack"
      label="期限计算"
      action={`${site.base}/deadline`}
      values={values}
      errors={errors}
      labels={labels}
    >
      <div class="form-row">
        <DateField name="from" label="起算日期" hint="收到、发布或作出的那一天" required />
        <TextField name="amount" label="期限" type="number" min={0} max={1000} width="short" required />
        <SelectField
          name="unit"
          label="单位"
          blank={null}
          options={Object.entries(units).map(([value, label]) => ({ value, label }))}
        />
      </div>
      <CheckboxField name="before" label="往前算：最迟应在这一天之前多久" />
      <details open={hasEvents(values)}>
        <summary>中间有补正、征求意见或者延长</summary>
        <div class="form-row">
          <DateField name="correctionNotified" label="告知补正的日期" />
          <DateField name="corrected" label="收到补正的日期" hint="从这一天重新起算" />
        </div>
        {[1, 2].map(row => (
          <div class="form-row" key={row}>
            <DateField name={`paused${row}`} label={`第 ${row} 次征求意见发出`} hint="当日仍计入" />
            <DateField name={`resumed${row}`} label="收到意见或期满" hint="到这一天止不计入" />
          </div>
        ))}
        <TextField
          name="extendedBy"
          label="经批准延长（工作日）"
          type="number"
          min={0}
          max={20}
          width="short"
          hint="最多 20 个工作日"
        />
        <TextField name="time" label="起算时间" hint="以小时计的期限填写，例如 20:30" width="short" />
      </details>
      <Actions primary="计算" />
    </Form>
  )
}

const labels = {
  from: '起算日期',
  amount: '期限',
  unit: '单位',
  correctionNotified: '告知补正的日期',
  corrected: '收到补正的日期',
  paused1: '第 1 次征求意见发出',
  resumed1: '第 1 次收到意见',
  paused2: '第 2 次征求意见发出',
  resumed2: '第 2 次收到意见',
  extendedBy: '经批准延长',
  time: '起算时间',
}

const hasEvents = (values: Asked) => fields.slice(4).some(name => values[name] !== undefined)

function Answer({ answer }: { answer: DeadlineAnswer }) {
  const { due, provisional, explanation } = answer
  const day = due?.slice(0, 10)
  return (
    <section aria-label="结果" class="mb-8">
      {day ? (
        <Notice tone="success" title={`${inChinese(day)}（${weekday(day)}）${due?.slice(10) ?? ''} 到期`}>
          {due?.length === 10 ? '到当天结束为止。' : ''}
        </Notice>
      ) : (
        <Notice tone="warning" title="期限暂停，现在还不能说出到期日">
          收到补正或者意见以后再算。
        </Notice>
      )}
      {provisional ? (
        <Notice tone="warning" title="这是暂定的日子">
          有的年份还没有公布放假安排，先按周一至周五计算；通知公布以后可能变动。
        </Notice>
      ) : null}
      <DataTable
        caption="逐日计算"
        columns={[
          { key: 'date', head: '日期', cell: one => `${one.date} ${weekday(one.date)}` },
          { key: 'counts', head: '计入', cell: one => (one.counts ? '计入' : '不计') },
          { key: 'why', head: '为什么' },
          { key: 'rule', head: '依据', cell: one => groundWords(one.rule) },
        ]}
        rows={explanation.map((one, index) => ({ ...one, index }))}
        rowKey={one => one.index}
      />
    </section>
  )
}

/** Limits that people ask for most; each is a link that fills in the form. */
function UsualLimits({ site, from }: { site: Site; from: string }) {
  return (
    <section class="mt-8">
      <h2>常用期限</h2>
      <ul class="mt-2">
        {usualLimits.map(limit => {
          const query = new URLSearchParams({ from, amount: String(limit.amount), unit: limit.unit })
          return (
            <li key={limit.label}>
              <a class="underline" href={`${site.base}/deadline?${query}`}>
                {limit.label}：{limit.amount} {counted[limit.unit]}
              </a>
              <span class="text-soft">（{limit.ground}）</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
