import { inChinese, momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { type FormErrors, textOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { StateTag } from '#ui/components/state-tag'
import { Tabs } from '#ui/components/tabs'
import {
  Actions,
  DangerAct,
  Form,
  HiddenField,
  LinkButton,
  SelectField,
  TextArea,
  TextField,
} from '#ui/forms'
import { closePlan, endingReason } from '../actions/keep-plan.ts'
import { sendKeptFile } from '../kept-file.ts'
import { ledgerKind, stateWord } from '../ledger-kind.ts'
import { type Due, isStill, listDues, listTaskUnits, type TaskUnit } from '../owing-queries.ts'
import { planState, planStates } from '../plan.ts'
import { mayKeepLedger, mayReadLedger } from '../policy.ts'
import { listTasks } from '../queries.ts'
import { everyWords, type Task, type TaskState, taskName, taskState, unitRoles } from '../task.ts'
import { asErrors, loadPlan } from './load-plan.ts'

export const routes = (storage: FileStorage): DeskRoute[] => [
  {
    method: 'GET',
    path: '/ledger-plans/:id',
    may: mayReadLedger,
    handle: (ctx, incoming) => show(ctx, incoming),
  },
  { method: 'POST', path: '/ledger-plans/:id', may: actor => mayKeepLedger(actor), handle: close },
  {
    method: 'GET',
    path: '/ledger-files/:id',
    may: mayReadLedger,
    async handle(ctx, incoming) {
      const { plan } = await loadPlan(ctx, incoming)
      if (!plan.file) throw notFound('ledger.no-file', '这份台账没有存下原文件。')
      return sendKeptFile(storage, plan.file)
    },
  },
]

async function close(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const reason = endingReason.safeParse(textOf(incoming.form, 'reason'))
  if (!reason.success) return show(ctx, incoming, { reason: reason.error.issues[0]?.message ?? '' })
  try {
    await closePlan(ctx, plan.id, reason.data)
    return seeOther(`/ledger-plans/${plan.id}?done=closed`)
  } catch (error) {
    return show(ctx, incoming, asErrors(error, 'reason'))
  }
}

/** As printed, with what it comes to where the words do not say it already. */
function dueText({ text, every, dueOn }: Due): string {
  if (every) return /[每按逐]/.test(text) ? text : `${text}（${everyWords[every]}）`
  return dueOn === null || text.includes(inChinese(dueOn)) || text.includes(dueOn)
    ? text
    : `${text}（${dueOn}）`
}

const views = { chapter: '按章节', unit: '按单位', due: '按期限' } as const
type View = keyof typeof views
const pageSize = 50

interface Row {
  task: Task
  state: TaskState
  units: TaskUnit[]
  dues: { text: string; dueOn: string | null; isLate: boolean }[]
  group: string
}

export const stateTones: Record<TaskState, 'met' | 'soon' | 'late' | 'off' | 'info'> = {
  proposed: 'soon',
  confirmed: 'info',
  dropped: 'off',
  running: 'info',
  reported: 'soon',
  returned: 'late',
  done: 'met',
  cancelled: 'off',
  ended: 'late',
}

/** A plan in force: its tasks by chapter, by unit or by deadline; every count opens into what it counts. */
async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const { plan, keeps } = await loadPlan(ctx, incoming)
  if (planState(plan) === 'review' || planState(plan) === 'discarded')
    return seeOther(`/plan-reviews/${plan.id}`)
  const kind = ledgerKind(plan.kind)
  const tasks = (await listTasks(ctx.db, plan.id)).filter(task => task.confirmedAt !== null)
  const ids = tasks.map(task => task.id)
  const [units, dues] = await Promise.all([listTaskUnits(ctx.db, ids), listDues(ctx.db, ids)])
  const unitsOf = Map.groupBy(units.filter(isStill), unit => unit.taskId)
  const duesOf = Map.groupBy(
    dues.filter(due => due.endedOn === null),
    due => due.taskId,
  )
  const today = ctx.clock.today()
  const rows: Row[] = tasks.map(task => {
    const state = taskState(task, plan)
    const isOpen = ['running', 'reported', 'returned'].includes(state)
    return {
      task,
      state,
      units: unitsOf.get(task.id) ?? [],
      dues: (duesOf.get(task.id) ?? []).map(due => ({
        text: dueText(due),
        dueOn: due.dueOn,
        isLate: isOpen && due.dueOn !== null && due.dueOn < today,
      })),
      group: '',
    }
  })
  const asked = {
    view: Object.hasOwn(views, queryText(incoming, 'view') ?? '')
      ? (queryText(incoming, 'view') as View)
      : ('chapter' as View),
    state: queryText(incoming, 'state') ?? '',
    unit: queryText(incoming, 'unit') ?? '',
    q: queryText(incoming, 'q') ?? '',
  }
  const found = grouped(
    rows.filter(
      row =>
        (asked.state === '' ||
          row.state === asked.state ||
          (asked.state === 'late' && row.dues.some(due => due.isLate))) &&
        (asked.unit === '' || row.units.some(unit => unit.organId === asked.unit)) &&
        (asked.q === '' || `${row.task.title}${row.task.text}${row.task.requirement}`.includes(asked.q)),
    ),
    asked.view,
  )
  const number = pageNumber(queryText(incoming, 'page'))
  const href = (change: Partial<typeof asked>, to = 1) => {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...asked, ...change }))
      if (value !== '' && !(name === 'view' && value === 'chapter')) query.set(name, value)
    if (to > 1) query.set('page', String(to))
    return query.size > 0 ? `/ledger-plans/${plan.id}?${query}` : `/ledger-plans/${plan.id}`
  }
  const count = (state: string) =>
    rows.filter(row => (state === 'late' ? row.dues.some(due => due.isLate) : row.state === state)).length
  const states = (['running', 'reported', 'returned', 'done', 'cancelled', 'ended'] as const).filter(
    state => count(state) > 0,
  )
  const organs = [
    ...new Map(units.flatMap(unit => (unit.organId ? [[unit.organId, unit.organName ?? '']] : []))),
  ]
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: plan.title,
    crumbs: [{ label: '工作台账', href: '/ledger' }, { label: plan.title }],
    body: (
      <>
        <PageHead
          title={plan.title}
          note={[
            kind.label,
            `${plan.year}年`,
            planStates[planState(plan)],
            plan.docNo,
            plan.inForceAt && `${plan.inForceBy}于${momentInBeijing(plan.inForceAt)}列入台账`,
          ]
            .filter(Boolean)
            .join(' · ')}
          actions={
            <>
              {keeps ? (
                <LinkButton tone="primary" href={`/plan-progress/${plan.id}`}>
                  公开进展和催办
                </LinkButton>
              ) : null}
              {keeps ? <LinkButton href="/task-reports">进展核定</LinkButton> : null}
              <LinkButton href={`/plan-summaries/${plan.id}`}>季度小结</LinkButton>
              <LinkButton href={`/plan-reports/${plan.id}`}>落实情况报告</LinkButton>
              <LinkButton href={`/plan-filings/${plan.id}`}>单位方案和报告</LinkButton>
              <LinkButton tone="quiet" href={`/plan-sheets/${plan.id}`}>
                表格
              </LinkButton>
              <LinkButton tone="quiet" href={`/plan-comparisons/${plan.id}`}>
                和上一年比
              </LinkButton>
              {keeps ? (
                <LinkButton tone="quiet" href={`/plan-facts/${plan.id}`}>
                  文件信息和报送日期
                </LinkButton>
              ) : null}
              {plan.file ? (
                <LinkButton tone="quiet" href={`/ledger-files/${plan.id}`} download>
                  原文件
                </LinkButton>
              ) : null}
            </>
          }
        />
        <Done incoming={incoming} />
        {plan.closedAt ? (
          <Notice tone="info" title={`${plan.closedBy}于${momentInBeijing(plan.closedAt)}结账`}>
            {plan.closedReason}
          </Notice>
        ) : null}
        <Tabs
          label="状态"
          items={[
            { label: '全部', href: href({ state: '' }), current: asked.state === '', count: rows.length },
            ...states.map(state => ({
              label: stateWord(kind, state),
              href: href({ state }),
              current: asked.state === state,
              count: count(state),
            })),
            {
              label: '期限已过',
              href: href({ state: 'late' }),
              current: asked.state === 'late',
              count: count('late'),
            },
          ]}
        />
        <Tabs
          label="排列"
          items={(Object.keys(views) as View[]).map(view => ({
            label: views[view],
            href: href({ view }),
            current: view === asked.view,
          }))}
        />
        <Form action={`/ledger-plans/${plan.id}`} method="get" values={asked} label="筛选">
          <HiddenField name="view" value={asked.view} />
          <HiddenField name="state" value={asked.state} />
          <SelectField
            name="unit"
            label="单位"
            blank="全部单位"
            options={organs.map(([value, label]) => ({ value, label }))}
          />
          <TextField name="q" label="内容里的字" />
          <Actions primary="筛选" />
        </Form>
        <DataTable
          caption={`${found.length} 行`}
          columns={[
            { key: 'group', head: views[asked.view].slice(1) },
            {
              key: 'task',
              head: kind.task,
              cell: ({ task }) => <a href={`/ledger-tasks/${task.id}`}>{taskName(task)}</a>,
            },
            {
              key: 'units',
              head: '单位',
              cell: row =>
                (['lead', 'responsible', 'supporting'] as const)
                  .flatMap(role => {
                    const names = row.units
                      .filter(unit => unit.role === role)
                      .map(unit => unit.organName ?? unit.printed)
                    return names.length > 0
                      ? [
                          `${unitRoles[role].slice(0, 2)}：${names.slice(0, 6).join('、')}${names.length > 6 ? `等 ${names.length} 个` : ''}`,
                        ]
                      : []
                  })
                  .join('；') || '文件没有写',
            },
            {
              key: 'dues',
              head: '期限',
              cell: row =>
                row.dues.length === 0
                  ? '—'
                  : row.dues.map((due, at) => (
                      <div key={`${at}-${due.text}`}>
                        {due.text}
                        {due.isLate ? <StateTag state="late">期限已过</StateTag> : null}
                      </div>
                    )),
            },
            {
              key: 'state',
              head: '状态',
              cell: row => <StateTag state={stateTones[row.state]}>{stateWord(kind, row.state)}</StateTag>,
            },
          ]}
          rows={found.slice((number - 1) * pageSize, number * pageSize)}
          rowKey={row => `${row.group}-${row.task.id}`}
          empty={<EmptyState title="没有符合的">换一个状态或者单位看看。</EmptyState>}
        />
        <Pager page={{ total: found.length, page: number, pageSize }} href={to => href({}, to)} />
        {keeps && planState(plan) === 'in-force' ? (
          <div class="mt-6">
            <DangerAct
              label="结账"
              warning="没有完成的任务会记为结账时未完成，它们的义务以您写的说明结束。结账以后不能再改。"
              action={`/ledger-plans/${plan.id}`}
              confirm="结账"
              errors={errors}
              labels={{ reason: '结账说明' }}
            >
              <TextArea
                name="reason"
                label="结账说明"
                required
                rows={3}
                hint="例如：年度任务期满，未完成的转入明年要点"
              />
            </DangerAct>
          </div>
        ) : null}
      </>
    ),
  })
}

/** By chapter as the document stands; by unit a row for each unit; by deadline the earliest first. */
function grouped(rows: readonly Row[], view: View): Row[] {
  if (view === 'chapter') return rows.map(row => ({ ...row, group: row.task.heading.join(' › ') || '—' }))
  if (view === 'unit')
    return rows
      .flatMap(row => {
        const names = [...new Set(row.units.map(unit => unit.organName ?? unit.printed))]
        return names.length === 0
          ? [{ ...row, group: '文件没有写' }]
          : names.map(group => ({ ...row, group }))
      })
      .toSorted((a, b) => a.group.localeCompare(b.group, 'zh-Hans-CN'))
  return rows
    .map(row => ({
      ...row,
      group: row.dues.flatMap(due => due.dueOn ?? []).toSorted()[0] ?? '没有确定的日期',
    }))
    .toSorted((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0))
}

const doneWords: Record<string, string> = {
  'in-force': '已列入台账，义务已经生成。',
  known: '这份文件已经在台账里，没有再读一遍。',
  closed: '已结账。',
  saved: '已保存。',
}

function Done({ incoming }: { incoming: Incoming }) {
  const done = doneWords[queryText(incoming, 'done') ?? '']
  return done ? <Notice tone="success" title={done} /> : null
}
