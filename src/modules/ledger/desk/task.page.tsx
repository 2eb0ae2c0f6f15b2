import { z } from 'zod'
import { notFound } from '#lib/errors'
import { type FormErrors, readForm, textOf, textsOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { listActs } from '../act-queries.ts'
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
import { mayOnTask, type TaskAct } from '../acts.ts'
import { loadOtherYears } from '../comparison/other-years.ts'
import { fieldsOf, fieldWords, ledgerKind, stateWord } from '../ledger-kind.ts'
import { organsOf } from '../names.ts'
import { listDues, listSteps, listTaskUnits } from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { mayReadLedger } from '../policy.ts'
import { findPlan, findTask } from '../queries.ts'
import { type Task, taskName, taskState } from '../task.ts'
import { dutiesOfTask } from '../task-duties.ts'
import { kindFields } from '../task-form.ts'
import { asErrors, seenIn } from './load-plan.ts'
import { stateTones } from './plan.page.tsx'
import { ReopenTask } from './reopen-task.tsx'
import { TaskChanges } from './task-changes.tsx'
import { TaskExcerpt } from './task-excerpt.tsx'
import type { Fault } from './task-fault.ts'
import { TaskHistory } from './task-history.tsx'
import { TaskMeasures } from './task-measures.tsx'
import { TaskDues, TaskUnits } from './task-owing.tsx'
import { loadTaskWork, TaskWork } from './task-work.tsx'
import { TaskYears } from './task-years.tsx'

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

/** A task in force: what it says and where, who owes it since when, its deadlines, and all that happened. */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  fault: Fault = { act: '', errors: {} },
): Promise<Reply> {
  const { task, plan } = await load(ctx, incoming)
  const [units, dues, steps, duties, acts, organs, work, years] = await Promise.all([
    listTaskUnits(ctx.db, [task.id]),
    listDues(ctx.db, [task.id]),
    listSteps(ctx.db, [task.id]),
    dutiesOfTask(ctx.db, plan, task.id),
    listActs(ctx.db, { taskId: task.id }),
    organsOf(ctx.db, plan),
    loadTaskWork(ctx, task.id),
    loadOtherYears(ctx.db, task.id),
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
        <TaskYears years={years} />
        <TaskUnits units={units} />
        <TaskDues dues={dues} duties={duties} now={now} />
        <TaskMeasures
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
          <TaskChanges
            task={task}
            kind={kind}
            units={units}
            dues={dues}
            organs={organs}
            fault={fault}
            incoming={incoming}
          />
        ) : null}
        <TaskExcerpt plan={plan} task={task} />
        <TaskHistory acts={acts} />
      </>
    ),
  })
}
