import { z } from 'zod'
import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { type FormErrors, readForm, textOf, textsOf } from '#lib/forms'
import { DueDay, type DutyRow, StandingTag } from '#modules/duties'
import type { Organ } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Timeline } from '#ui/components/timeline'
import {
  DangerAct,
  DateField,
  Form,
  HiddenField,
  SelectField,
  SubmitButton,
  TextArea,
  TextField,
} from '#ui/forms'
import { type LedgerAct, listActs } from '../act-queries.ts'
import {
  cancelTask,
  changeTask,
  changeTaskInput,
  changeUnits,
  changeUnitsInput,
  moveDueInput,
  moveTaskDue,
  reasonInput,
} from '../actions/change-task.ts'
import { owingOrganIds } from '../actions/lock-plan.ts'
import { reopenTask, reopenTaskInput } from '../actions/reopen-task.ts'
import { addStep, addStepInput, endStep, endStepInput } from '../actions/task-steps.ts'
import { mayOnTask, planActs, type TaskAct, taskActs } from '../acts.ts'
import { fieldsOf, fieldWords, type LedgerKind, ledgerKind, stateWord } from '../ledger-kind.ts'
import { organsOf } from '../names.ts'
import {
  type Due,
  isStill,
  listDues,
  listSteps,
  listTaskUnits,
  owingUnits,
  type Step,
  type TaskUnit,
} from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { mayReadLedger } from '../policy.ts'
import { findPlan, findTask } from '../queries.ts'
import { everyWords, type Task, taskName, taskState, unitRoles } from '../task.ts'
import { dutiesOfTask } from '../task-duties.ts'
import { formOfTask, kindFields } from '../task-form.ts'
import { asErrors, seenIn } from './load-plan.ts'
import { stateTones } from './plan.page.tsx'
import { ReopenTask } from './reopen-task.tsx'
import { SourceText } from './source-text.tsx'
import { KindFields, taskLabels } from './task-fields.tsx'
import { loadTaskWork, TaskWork } from './task-work.tsx'

export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/ledger-tasks/:id',
    may: mayReadLedger,
    handle: (ctx, incoming) => show(ctx, incoming),
  },
  { method: 'POST', path: '/ledger-tasks/:id', may: mayReadLedger, handle: act },
]

async function load(ctx: DeskContext, incoming: Incoming): Promise<{ task: Task; plan: Plan }> {
  const { id } = incoming.params
  const task = z.uuid().safeParse(id).success ? await findTask(ctx.db, id ?? '') : null
  const plan = task && (await findPlan(ctx.db, { id: task.planId }))
  if (!task || !plan || plan.inForceAt === null)
    throw notFound('ledger.unknown-task', '没有这项任务。请从台账重新选择。')
  return { task, plan }
}

async function act(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { task, plan } = await load(ctx, incoming)
  const { form } = incoming
  const seen = seenIn(incoming, task.id)
  const step = textOf(form, 'act')
  const failed = (errors: FormErrors) => show(ctx, incoming, { act: step, errors })
  try {
    switch (step) {
      case 'change': {
        const kind = ledgerKind(plan.kind)
        const own = kindFields(kind).safeParse(form)
        const fields = own.success
          ? Object.fromEntries(
              Object.entries(own.data).flatMap(([name, value]) =>
                typeof value === 'string' && value !== '' ? [[name.replace(/^field-/, ''), value]] : [],
              ),
            )
          : {}
        const read = readForm(changeTaskInput, { ...form, fields } as never)
        if (!own.success)
          return failed(
            Object.fromEntries(own.error.issues.map(issue => [String(issue.path[0]), issue.message])),
          )
        if (!read.ok) return failed(read.errors)
        await changeTask(ctx, seen, read.value)
        break
      }
      case 'change-units': {
        const units = Object.entries(form).flatMap(([name, role]) =>
          name.startsWith('unit-') && role !== '' ? [{ organId: name.slice(5), role }] : [],
        )
        const read = changeUnitsInput.safeParse({ units, reason: textOf(form, 'reason') })
        if (!read.success)
          return failed(
            Object.fromEntries(
              read.error.issues.map(issue => [issue.path[0] === 'reason' ? 'reason' : '', issue.message]),
            ),
          )
        await changeUnits(ctx, seen, read.data)
        break
      }
      case 'move-due': {
        const position = textOf(form, 'position')
        const { position: _, ...rest } = form
        const read = readForm(moveDueInput, position === '' ? rest : form)
        if (!read.ok) return failed(read.errors)
        await moveTaskDue(ctx, seen, read.value)
        break
      }
      case 'add-step': {
        const read = readForm(addStepInput, form)
        if (!read.ok) return failed(read.errors)
        await addStep(ctx, seen, read.value)
        break
      }
      case 'end-step': {
        const read = readForm(endStepInput, form)
        if (!read.ok) return failed({ '': Object.values(read.errors)[0] ?? '' })
        await endStep(ctx, seen, read.value)
        break
      }
      case 'cancel': {
        const reason = reasonInput.safeParse(textOf(form, 'reason'))
        if (!reason.success) return failed({ reason: reason.error.issues[0]?.message ?? '' })
        await cancelTask(ctx, seen, reason.data)
        break
      }
      case 'reopen': {
        const read = readForm(reopenTaskInput, { ...form, organIds: textsOf(form, 'organIds') })
        if (!read.ok) return failed(read.errors)
        await reopenTask(ctx, seen, read.value)
        break
      }
      default:
        return failed({ '': '没有这个操作。请重新选择。' })
    }
    return seeOther(`/ledger-tasks/${task.id}?done=${step}`)
  } catch (error) {
    return failed(asErrors(error))
  }
}

interface Fault {
  act: string
  errors: FormErrors
}

/** A task in force: what it says and where, who owes it since when, its deadlines, and all that happened. */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  fault: Fault = { act: '', errors: {} },
): Promise<Reply> {
  const { task, plan } = await load(ctx, incoming)
  const [units, dues, steps, duties, acts, organs, work] = await Promise.all([
    listTaskUnits(ctx.db, [task.id]),
    listDues(ctx.db, [task.id]),
    listSteps(ctx.db, [task.id]),
    dutiesOfTask(ctx.db, plan, task.id),
    listActs(ctx.db, { taskId: task.id }),
    organsOf(ctx.db, plan),
    loadTaskWork(ctx, task.id),
  ])
  const kind = ledgerKind(plan.kind)
  const state = taskState(task, plan)
  const concerned = { organId: plan.organId, owing: owingOrganIds(units) }
  const may = (one: TaskAct) => mayOnTask(ctx.actor, one, state, concerned)
  const done = queryText(incoming, 'done')
  const now = ctx.clock.now()
  return page({
    status: fault.act === '' ? 200 : 422,
    title: taskName(task),
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: taskName(task) },
    ],
    body: (
      <>
        <PageHead title={taskName(task)} note={`${plan.title} · ${task.heading.join(' › ')}`} />
        {done ? <Notice tone="success" title="已保存，记在下面的经过里。" /> : null}
        {fault.errors[''] ? <Notice tone="error" title={fault.errors['']} /> : null}
        <Sheet title={kind.task}>
          <DefinitionList
            items={[
              {
                term: '状态',
                value: (
                  <>
                    <StateTag state={stateTones[state]}>{stateWord(kind, state)}</StateTag>
                    {state === 'cancelled' ? ` ${task.droppedReason}` : ''}
                  </>
                ),
              },
              { term: '内容', value: <p class="whitespace-pre-line">{task.text}</p> },
              { term: '工作要求', value: task.requirement || null },
              { term: '责任人', value: task.person || null },
              ...fieldsOf(kind).map(field => ({
                term: field.label,
                value: task.fields[field.name] ? fieldWords(field, task.fields[field.name] ?? '') : null,
              })),
              { term: '文件里的完成情况', value: task.progress || null },
            ]}
          />
        </Sheet>
        <Units units={units} />
        <Dues dues={dues} duties={duties} now={now} />
        <Steps
          task={task}
          kind={kind}
          steps={steps}
          units={units}
          mayAdd={may('add-step')}
          mayEnd={may('end-step')}
          fault={fault}
          incoming={incoming}
        />
        <TaskWork ctx={ctx} facts={work} />
        {may('reopen') ? (
          <ReopenTask
            task={task}
            units={units}
            typed={fault.act === 'reopen' ? incoming.form : null}
            errors={fault.errors}
          />
        ) : null}
        {may('change') ? (
          <Changes
            task={task}
            kind={kind}
            units={units}
            dues={dues}
            organs={organs}
            fault={fault}
            incoming={incoming}
          />
        ) : null}
        {task.sourceStart !== null ? (
          <Sheet title="在文件里">
            <SourceText
              plan={excerptOf(plan, task)}
              tasks={[shifted(task)]}
              chosen={shifted(task)}
              hrefOf={() => ''}
            />
          </Sheet>
        ) : null}
        <Sheet title="经过" count={acts.length}>
          <Timeline
            steps={acts.map(one => ({
              title: actLabel(one.act),
              at: momentInBeijing(one.actedAt),
              text: `${one.actedBy}${one.reason ? `：${one.reason}` : ''}${changeWords(one)}`,
              state: 'done' as const,
            }))}
          />
        </Sheet>
      </>
    ),
  })
}

const actLabel = (act: string) =>
  act in taskActs
    ? taskActs[act as TaskAct].label
    : act in planActs
      ? planActs[act as keyof typeof planActs].label
      : act

/** From the paragraph before the task to the one behind it. */
const nearby = 200
const excerptStart = (task: Task) => Math.max(0, (task.sourceStart ?? 0) - nearby)
const excerptOf = (plan: Plan, task: Task) => ({
  text: plan.text.slice(excerptStart(task), (task.sourceEnd ?? 0) + nearby),
})
const shifted = (task: Task) => ({
  id: task.id,
  droppedAt: null,
  sourceStart: (task.sourceStart ?? 0) - excerptStart(task),
  sourceEnd: (task.sourceEnd ?? 0) - excerptStart(task),
})

/** What a change was, in words: from … to …. */
function changeWords({ act, before, after }: LedgerAct): string {
  const from = before as Record<string, unknown> | null
  const to = after as Record<string, unknown> | null
  if (act === 'move-due' && to) return `（${from?.dueOn ?? '没有日期'} → ${to.dueOn}）`
  if (act === 'change-units' && Array.isArray(before) && Array.isArray(after)) {
    const words = (list: { role: keyof typeof unitRoles; name: string }[]) =>
      list.map(unit => `${unit.name}（${unitRoles[unit.role].slice(0, 2)}）`).join('、')
    return `（${words(before)} → ${words(after)}）`
  }
  if (act !== 'change' || !from || !to) return ''
  return Object.keys(to)
    .filter(name => name !== 'fields')
    .map(name => `；${taskLabels[name] ?? name}：${from[name] || '（空）'} → ${to[name] || '（空）'}`)
    .join('')
}

function Units({ units }: { units: readonly TaskUnit[] }) {
  return (
    <DataTable
      caption={`单位 · ${units.filter(isStill).length}`}
      columns={[
        { key: 'role', head: '责任', cell: unit => unitRoles[unit.role] },
        { key: 'organ', head: '机构', cell: unit => unit.organName ?? '不是本级政府的单位' },
        { key: 'printed', head: '文件里的写法' },
        { key: 'from', head: '从', cell: unit => unit.fromOn },
        {
          key: 'until',
          head: '到',
          cell: unit => (unit.untilOn ? `${unit.untilOn}：${unit.reason ?? ''}` : (unit.reason ?? '现在')),
        },
      ]}
      rows={units}
      rowKey={unit => unit.id}
      empty={<p>文件没有写单位。</p>}
    />
  )
}

function Dues(props: { dues: readonly Due[]; duties: readonly DutyRow[]; now: Date }) {
  const { dues, duties, now } = props
  return (
    <Sheet title="期限和义务" count={duties.length}>
      <ul>
        {dues.map(due => (
          <li key={due.id}>
            {due.text}
            {due.dueOn
              ? `：${due.dueOn}`
              : due.every
                ? `：${everyWords[due.every]}`
                : '：没有确定的日期，不生成义务'}
          </li>
        ))}
      </ul>
      {duties.length > 0 ? (
        <DataTable
          caption="每个单位的义务（点开看期限怎样算）"
          columns={[
            { key: 'organ', head: '单位', cell: duty => duty.organName },
            { key: 'title', head: '义务', cell: duty => <a href={`/duties/${duty.id}`}>{duty.title}</a> },
            { key: 'due', head: '到期日', cell: duty => <DueDay duty={duty} /> },
            { key: 'standing', head: '状态', cell: duty => <StandingTag duty={duty} now={now} /> },
          ]}
          rows={duties}
          rowKey={duty => duty.id}
        />
      ) : null}
    </Sheet>
  )
}

function Steps(props: {
  task: Task
  kind: LedgerKind
  steps: readonly Step[]
  units: readonly TaskUnit[]
  mayAdd: boolean
  mayEnd: boolean
  fault: Fault
  incoming: Incoming
}) {
  const { task, kind, steps, fault } = props
  const address = `/ledger-tasks/${task.id}`
  const hidden = { revision: String(task.revision) }
  const typed = fault.act === 'add-step'
  return (
    <Sheet title={`${kind.measure}和节点`} count={steps.length}>
      <ul>
        {steps.map(step => (
          <li key={step.id}>
            {step.kind === 'milestone' ? '节点' : kind.measure}：{step.text}
            {step.dueOn ? `（${step.dueOn}）` : ''}
            {step.organName ? ` · ${step.organName}` : ''}{' '}
            {step.doneAt ? (
              <StateTag state="met">{`${step.doneBy}于${momentInBeijing(step.doneAt)}办结`}</StateTag>
            ) : step.droppedAt ? (
              <StateTag state="off">{`取消：${step.droppedReason}`}</StateTag>
            ) : props.mayEnd ? (
              <Form action={address} id={`end-${step.position}`} label="办结或者取消" layout="row">
                <input type="hidden" name="act" value="end-step" />
                <input type="hidden" name="revision" value={hidden.revision} />
                <HiddenField name="stepId" value={step.id} />
                <SubmitButton small tone="plain" name="how" value="done">
                  办结
                </SubmitButton>
                <TextField name="reason" label="取消的理由" />
                <SubmitButton small tone="quiet" name="how" value="dropped">
                  取消
                </SubmitButton>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
      {props.mayAdd ? (
        <details open={typed}>
          <summary>增加</summary>
          <Form
            action={address}
            id="step"
            label="增加措施或者节点"
            values={typed ? props.incoming.form : { kind: 'measure' }}
            errors={typed ? fault.errors : {}}
            labels={{ text: '做什么', dueOn: '哪天以前' }}
          >
            <input type="hidden" name="act" value="add-step" />
            <input type="hidden" name="revision" value={hidden.revision} />
            <SelectField
              name="kind"
              label="是"
              blank={null}
              options={[
                { value: 'measure', label: kind.measure },
                { value: 'milestone', label: '节点' },
              ]}
            />
            <TextField name="text" label="做什么" required width="full" />
            <DateField name="dueOn" label="哪天以前" hint="写了日期，就给单位生成一项义务" />
            <SelectField
              name="organId"
              label="哪个单位"
              blank="全部牵头、责任单位"
              options={owingUnits(props.units).map(unit => ({
                value: unit.organId ?? '',
                label: unit.organName ?? '',
              }))}
            />
            <SubmitButton tone="plain">增加</SubmitButton>
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}

function Changes(props: {
  task: Task
  kind: LedgerKind
  units: readonly TaskUnit[]
  dues: readonly Due[]
  organs: readonly Organ[]
  fault: Fault
  incoming: Incoming
}) {
  const { task, kind, units, dues, organs, fault, incoming } = props
  const address = `/ledger-tasks/${task.id}`
  const typedIn = (act: string) => fault.act === act
  const common = (act: string) => ({
    action: address,
    id: act,
    errors: typedIn(act) ? fault.errors : {},
    labels: { ...taskLabels, reason: '理由', dueOn: '新的日期' },
  })
  const hidden = (act: string) => (
    <>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="revision" value={String(task.revision)} />
    </>
  )
  const still = units.filter(isStill)
  const roleOf = new Map(still.map(unit => [unit.organId, unit.role]))
  const unitValues = Object.fromEntries(organs.map(organ => [`unit-${organ.id}`, roleOf.get(organ.id) ?? '']))
  return (
    <Sheet title="调整">
      <details open={typedIn('change')}>
        <summary>修改内容</summary>
        <Form
          {...common('change')}
          label="修改任务"
          values={typedIn('change') ? incoming.form : formOfTask(task)}
        >
          {hidden('change')}
          <TextField name="no" label="序号" width="short" />
          <TextField name="title" label="标题" width="full" />
          <TextArea name="text" label="内容" required rows={5} />
          <TextArea name="requirement" label="工作要求" rows={3} />
          <TextField name="person" label="责任人" />
          <KindFields kind={kind} />
          <TextField name="reason" label="理由" required width="full" />
          <SubmitButton>保存修改</SubmitButton>
        </Form>
      </details>
      <details open={typedIn('change-units')}>
        <summary>调整责任单位（机构调整以后）</summary>
        <Form
          {...common('change-units')}
          label="调整责任单位"
          values={typedIn('change-units') ? incoming.form : unitValues}
        >
          {hidden('change-units')}
          <p class="text-soft">
            从今天起由谁负责。离开的单位没有到期的义务随之结束，新来的单位从今天起有义务。
          </p>
          {organs.map(organ => (
            <SelectField
              key={organ.id}
              name={`unit-${organ.id}`}
              label={organ.shortName}
              blank="不负责"
              options={Object.entries(unitRoles).map(([value, label]) => ({ value, label }))}
            />
          ))}
          <TextField name="reason" label="理由" required width="full" hint="例如：机构改革，职责划转" />
          <SubmitButton>保存调整</SubmitButton>
        </Form>
      </details>
      <details open={typedIn('move-due')}>
        <summary>调整期限</summary>
        <Form {...common('move-due')} label="调整期限" values={typedIn('move-due') ? incoming.form : {}}>
          {hidden('move-due')}
          <SelectField
            name="position"
            label="哪一个期限"
            blank="增加一个"
            options={dues
              .filter(due => due.every === null)
              .map(due => ({
                value: String(due.position),
                label: `${due.text}${due.dueOn ? `（现在是 ${due.dueOn}）` : ''}`,
              }))}
          />
          <DateField name="dueOn" label="新的日期" required />
          <TextField name="reason" label="理由" required width="full" />
          <SubmitButton>保存期限</SubmitButton>
        </Form>
      </details>
      <DangerAct
        label="取消任务"
        warning="任务不再推进，单位的义务随之结束，经过保留。"
        action={address}
        confirm="取消任务"
        hidden={{ act: 'cancel', revision: String(task.revision) }}
        errors={typedIn('cancel') ? fault.errors : {}}
        labels={{ reason: '理由' }}
      >
        <TextField name="reason" label="理由" required width="full" />
      </DangerAct>
    </Sheet>
  )
}
