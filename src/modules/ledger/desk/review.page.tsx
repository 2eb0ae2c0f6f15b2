import { momentInBeijing } from '#lib/beijing-time'
import { type FormErrors, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Tabs } from '#ui/components/tabs'
import { DangerAct, Form, HiddenField, LinkButton, PostButton, SubmitButton, TextArea } from '#ui/forms'
import { lastUndoable } from '../act-queries.ts'
import { discardPlan, endingReason } from '../actions/keep-plan.ts'
import { putInForce, whatIsMissing } from '../actions/put-in-force.ts'
import {
  acceptSure,
  acceptTask,
  addTask,
  addTaskInput,
  dropReason,
  dropTask,
  mergeWithNext,
  restoreTask,
  reviseTask,
  splitAt,
  undoStep,
} from '../actions/review-task.ts'
import { planActs, taskActs } from '../acts.ts'
import { ledgerKind } from '../ledger-kind.ts'
import { listNameDecisions } from '../owing-queries.ts'
import { planState } from '../plan.ts'
import { mayKeepLedger } from '../policy.ts'
import { isSure } from '../proposals.ts'
import { listTasks, readingDoubts } from '../queries.ts'
import { isUndecided, type Task } from '../task.ts'
import { taskForm } from '../task-form.ts'
import { asErrors, loadPlan, seenIn } from './load-plan.ts'
import { SourceText } from './source-text.tsx'
import { taskLabels } from './task-fields.tsx'
import { TaskList } from './task-list.tsx'
import { TaskPanel } from './task-panel.tsx'

const may: DeskRoute['may'] = actor => mayKeepLedger(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/plan-reviews/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/plan-reviews/:id', may, handle: act },
]

const shows = { all: '全部', open: '待确认', doubt: '请核对', dropped: '不列入' } as const
type Show = keyof typeof shows

const shownOf = (tasks: readonly Task[], show: Show) =>
  tasks.filter(task => {
    if (show === 'dropped') return task.droppedAt !== null
    if (show === 'open') return isUndecided(task)
    if (show === 'doubt') return isUndecided(task) && !isSure(task)
    return task.droppedAt === null
  })

const showIn = (incoming: Incoming): Show => {
  const asked = queryText(incoming, 'show') ?? textOf(incoming.form, 'show')
  return Object.hasOwn(shows, asked) ? (asked as Show) : 'all'
}

/** One step of the review; afterwards the next task that waits is shown. */
async function act(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const { form } = incoming
  const seen = seenIn(incoming)
  const step = textOf(form, 'act')
  const back = (taskId: string | null, done: string) => {
    const show = showIn(incoming)
    const query = new URLSearchParams({ done })
    if (taskId) query.set('task', taskId)
    if (show !== 'all') query.set('show', show)
    return seeOther(`/plan-reviews/${plan.id}?${query}`)
  }
  const following = async () => {
    const tasks = await listTasks(ctx.db, plan.id)
    const at = tasks.findIndex(task => task.id === seen.taskId)
    const waiting = tasks.filter(isUndecided)
    return (waiting.find(task => tasks.indexOf(task) > at) ?? waiting[0])?.id ?? seen.taskId
  }
  try {
    switch (step) {
      case 'accept':
        await acceptTask(ctx, seen)
        return back(await following(), 'accepted')
      case 'merge':
        await mergeWithNext(ctx, seen)
        return back(seen.taskId, 'merged')
      case 'split':
        await splitAt(ctx, seen, Number(textOf(form, 'at')) || 0)
        return back(seen.taskId, 'split')
      case 'restore':
        await restoreTask(ctx, seen)
        return back(seen.taskId, 'restored')
      case 'drop': {
        const reason = dropReason.safeParse(textOf(form, 'reason'))
        if (!reason.success)
          return show(ctx, incoming, { reason: reason.error.issues[0]?.message ?? '请写明理由。' })
        await dropTask(ctx, seen, reason.data)
        return back(await following(), 'dropped')
      }
      case 'mend': {
        const read = readForm(taskForm(ledgerKind(plan.kind)), form)
        if (!read.ok) return show(ctx, incoming, read.errors)
        const accept = textOf(form, 'go') === 'accept'
        await reviseTask(ctx, seen, read.value, { accept })
        return back(accept ? await following() : seen.taskId, accept ? 'accepted' : 'mended')
      }
      case 'add': {
        const read = readForm(addTaskInput, withoutEmptyPlaces(form))
        if (!read.ok) return show(ctx, incoming, read.errors)
        return back(await addTask(ctx, plan.id, read.value), 'added')
      }
      case 'accept-sure':
        await acceptSure(ctx, plan.id)
        return back(null, 'accepted-sure')
      case 'undo':
        return back(await undoStep(ctx, plan.id), 'undone')
      case 'put-in-force':
        await putInForce(ctx, plan.id)
        return seeOther(`/ledger-plans/${plan.id}?done=in-force`)
      case 'discard': {
        const reason = endingReason.safeParse(textOf(form, 'reason'))
        if (!reason.success)
          return show(ctx, incoming, { '': reason.error.issues[0]?.message ?? '请写明理由。' })
        await discardPlan(ctx, plan.id, reason.data)
        return seeOther('/ledger?done=discarded')
      }
      default:
        return show(ctx, incoming, { '': '没有这个操作。请重新选择。' })
    }
  } catch (error) {
    return show(ctx, incoming, asErrors(error))
  }
}

/** Places that the browser did not fill are left out, not zero. */
const withoutEmptyPlaces = (form: Incoming['form']): Incoming['form'] =>
  Object.fromEntries(Object.entries(form).filter(([name, value]) => value !== '' || name === 'text'))

const doneWords: Record<string, string> = {
  taken: '已读完，请逐项核对。',
  known: '这份文件以前已经读过，没有再读一遍；这就是那一份。',
  accepted: '已确认，下一项：',
  merged: '已并成一项，请核对后确认。',
  split: '已分成两项，请分别核对。',
  dropped: '已记为不列入，理由留在记录里。',
  restored: '已恢复，等待确认。',
  mended: '已保存。',
  added: '已补上一项，请填写单位和期限。',
  'accepted-sure': '每个字段都确定的，已经全部确认。',
  undone: '已撤销上一步。',
}

async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const state = planState(plan)
  if (state === 'in-force' || state === 'closed') return seeOther(`/ledger-plans/${plan.id}?done=known`)
  const [tasks, doubts, decisions, undoable] = await Promise.all([
    listTasks(ctx.db, plan.id),
    readingDoubts(ctx.db, plan.id),
    listNameDecisions(ctx.db, plan.id),
    lastUndoable(ctx.db, plan.id),
  ])
  const chosenShow = showIn(incoming)
  const shown = shownOf(tasks, chosenShow)
  const asked = queryText(incoming, 'task') ?? textOf(incoming.form, 'taskId')
  const chosen = tasks.find(task => task.id === asked) ?? shown.find(isUndecided) ?? shown[0] ?? null
  const missing = whatIsMissing(tasks, decisions)
  const address = `/plan-reviews/${plan.id}`
  const hrefOf = (task: string | null, show = chosenShow) => {
    const query = new URLSearchParams(show === 'all' ? {} : { show })
    if (task) query.set('task', task)
    return query.size > 0 ? `${address}?${query}` : address
  }
  const kind = ledgerKind(plan.kind)
  const at = shown.findIndex(task => task.id === chosen?.id)
  const done = doneWords[queryText(incoming, 'done') ?? '']
  const sure = tasks.filter(task => isUndecided(task) && isSure(task)).length
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: `核对：${plan.title}`,
    crumbs: [{ label: '工作台账', href: '/ledger' }, { label: plan.title }],
    scripts: ['plan-review'],
    body: (
      <>
        <PageHead
          title={plan.title}
          note={`${kind.label} · ${plan.year}年 · ${plan.createdBy}于${momentInBeijing(plan.createdAt)}读取 · 共 ${tasks.length} 项，还有 ${missing.tasks.length} 项待确认、${missing.names.length} 个单位名称待认定`}
          actions={
            <>
              <LinkButton href={`/plan-names/${plan.id}`}>
                认定单位{missing.names.length > 0 ? `（${missing.names.length}）` : ''}
              </LinkButton>
              <LinkButton href={`/plan-facts/${plan.id}`}>文件信息和报送日期</LinkButton>
              <LinkButton href={`/plan-sheets/${plan.id}`}>表格导出导入</LinkButton>
              <LinkButton href={`/plan-comparisons/${plan.id}`}>和上一年比</LinkButton>
            </>
          }
        />
        {done ? <Notice tone="success" title={done} /> : null}
        {state === 'discarded' ? (
          <Notice tone="warning" title={`这次读取已经放弃：${plan.discardedReason}`} />
        ) : null}
        {tasks.length === 0 ? (
          <Notice tone="warning" title="没有读出任务。">
            这份文件也许是工作总结，不布置任务。确实有任务的，请在左边选中文字，用“补一项”加进来。
          </Notice>
        ) : null}
        {doubts.length > 0 ? (
          <Notice tone="warning" title="读的时候有疑问">
            <ul>
              {doubts.map(doubt => (
                <li key={doubt}>{doubt}</li>
              ))}
            </ul>
          </Notice>
        ) : null}
        {errors[''] ? <Notice tone="error" title={errors['']} /> : null}
        {state === 'review' ? (
          <div class="actions no-print">
            <StepButton address={address} act="accept-sure" label={`确认全部确定的（${sure}）`} />
            {undoable ? (
              <StepButton
                address={address}
                act="undo"
                keyName="u"
                label={`撤销：${undoable.actedBy}的“${stepLabel(undoable.act)}” U`}
              />
            ) : null}
            <StepButton address={address} act="put-in-force" label="列入台账" tone="primary" />
            <DangerAct
              label="放弃这次读取"
              warning="读出的内容不再保留在待核对里，同一份文件可以重新上传。"
              action={address}
              confirm="放弃"
              hidden={{ act: 'discard' }}
            >
              <TextArea name="reason" label="理由" required rows={2} />
            </DangerAct>
          </div>
        ) : null}
        <div class="plan-review">
          <section>
            <h2 class="sr-only">文件</h2>
            <SourceText plan={plan} tasks={tasks} chosen={chosen} hrefOf={id => `${hrefOf(id)}#lit`} />
          </section>
          <section class="review-side" aria-label="任务">
            <Tabs
              label="任务筛选"
              items={(Object.keys(shows) as Show[]).map(one => ({
                label: shows[one],
                href: hrefOf(null, one),
                current: one === chosenShow,
                count: shownOf(tasks, one).length,
              }))}
            />
            {chosen ? (
              <TaskPanel
                address={address}
                plan={plan}
                kind={kind}
                task={chosen}
                show={chosenShow}
                isReview={state === 'review'}
                previous={shown[at - 1] ? hrefOf(shown[at - 1]?.id ?? null) : null}
                next={shown[at + 1] ? hrefOf(shown[at + 1]?.id ?? null) : null}
                typed={textOf(incoming.form, 'act') === 'mend' ? incoming.form : null}
                errors={errors}
              />
            ) : null}
            {state === 'review' ? <AddTask address={address} errors={errors} form={incoming.form} /> : null}
            <TaskList tasks={shown} chosen={chosen} hrefOf={hrefOf} asked={queryText(incoming, 'page')} />
          </section>
        </div>
      </>
    ),
  })
}

const stepLabel = (act: string) =>
  act in taskActs
    ? taskActs[act as keyof typeof taskActs].label
    : act in planActs
      ? planActs[act as keyof typeof planActs].label
      : act

function StepButton(props: {
  address: string
  act: string
  label: string
  keyName?: string
  tone?: 'primary' | 'plain'
}) {
  if (props.keyName === undefined)
    return (
      <PostButton
        action={props.address}
        label={props.label}
        hidden={{ act: props.act }}
        tone={props.tone ?? 'plain'}
      />
    )
  return (
    <form method="post" action={props.address}>
      <input type="hidden" name="act" value={props.act} />
      <button type="submit" class="btn btn-outline btn-primary" data-key={props.keyName}>
        {props.label}
      </button>
    </form>
  )
}

function AddTask(props: { address: string; errors: FormErrors; form: Incoming['form'] }) {
  const typed = textOf(props.form, 'act') === 'add'
  return (
    <details open={typed}>
      <summary data-key="n">补一项（N）：文件里有、没有读出来的</summary>
      <Form
        action={props.address}
        id="add"
        label="补一项任务"
        values={typed ? props.form : {}}
        errors={typed ? props.errors : {}}
        labels={taskLabels}
      >
        <HiddenField name="act" value="add" />
        <input type="hidden" name="start" data-place="start" />
        <input type="hidden" name="end" data-place="end" />
        <p data-selected class="text-soft">
          在左边选中一段文字，或者把原文粘贴在下面。
        </p>
        <TextArea name="text" label="原文" rows={3} />
        <SubmitButton tone="plain">补上这一项</SubmitButton>
      </Form>
    </details>
  )
}
