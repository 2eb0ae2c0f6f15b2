import { z } from 'zod'
import { conflict, invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { insertAct, lastUndoable } from '../act-queries.ts'
import { type PlanAct, planActs, type TaskAct, taskActs } from '../acts.ts'
import type { Plan } from '../plan.ts'
import { blankTask, isSure } from '../proposals.ts'
import { changePlan, deleteTasks, listTasks, saveTasks } from '../queries.ts'
import { mendTask, mergeTasks, renumbered, splitTask } from '../review.ts'
import { isUndecided, type Task, type TaskContent, taskName } from '../task.ts'
import { lockPlan, lockTask, type SeenTask } from './lock-plan.ts'

/** What a step makes of the tasks of a plan. */
interface Made {
  /** All tasks of the plan in their new order. */
  tasks: Task[]
  reason?: string
}

/** Saves a step of a review with what it changed, so that it can be taken back. */
async function saveStep(
  db: Database,
  ctx: Context,
  step: {
    plan: Plan
    act: TaskAct | PlanAct
    label: string
    task: Task | null
    before: readonly Task[]
    made: Made
  },
): Promise<void> {
  const { plan, act, task, before, made } = step
  const known = new Map(before.map(one => [one.id, one]))
  const placed = new Map(renumbered(made.tasks).map(one => [one.id, one]))
  const after = made.tasks.map(one => placed.get(one.id) ?? one)
  const touched = after.filter(one => known.get(one.id) !== one)
  const gone = before.filter(one => !after.some(other => other.id === one.id))
  await saveTasks(db, touched)
  await deleteTasks(
    db,
    gone.map(one => one.id),
  )
  await insertAct(db, ctx, {
    planId: plan.id,
    taskId: task?.id ?? null,
    act,
    reason: made.reason ?? null,
    before: [...touched.flatMap(one => known.get(one.id) ?? []), ...gone],
    after: touched.map(one => one.id),
  })
  await changePlan(db, plan, {})
  await recordAct(db, ctx, {
    act: `ledger.${act}`,
    sentence: `审核“${plan.title}”：${step.label}${task ? `“${taskName(task)}”` : ''}${made.reason ? `，理由：${made.reason}` : ''}`,
    object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
  })
}

type Make = (of: {
  task: Task
  plan: Plan
  all: Task[]
  changed: { changedBy: string; changedAt: Date }
}) => Made

async function onTask(ctx: Context, seen: SeenTask, act: TaskAct, make: Make): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const { task: found, plan } = await lockTask(db, ctx, seen, act)
    const all = await listTasks(db, plan.id)
    const task = all.find(one => one.id === found.id) ?? found
    const changed = { changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() }
    const made = make({ task, plan, all, changed })
    await saveStep(db, ctx, { plan, act, label: taskActs[act].label, task, before: all, made })
  })
}

const instead = (all: readonly Task[], task: Task, ...by: Task[]) =>
  all.flatMap(one => (one.id === task.id ? by : [one]))

type Changed = { changedBy: string; changedAt: Date }
const confirmed = (task: Task, changed: Changed): Task => ({
  ...task,
  ...changed,
  confirmedAt: changed.changedAt,
  confirmedBy: changed.changedBy,
  revision: task.revision + 1,
})

export const acceptTask = (ctx: Context, seen: SeenTask): Promise<void> =>
  onTask(ctx, seen, 'accept', ({ task, all, changed }) => ({
    tasks: instead(all, task, confirmed(task, changed)),
  }))

/** Mends the fields of a task; `accept`: and confirms it in the same step. */
export const reviseTask = (
  ctx: Context,
  seen: SeenTask,
  content: TaskContent,
  options: { accept: boolean },
): Promise<void> =>
  onTask(ctx, seen, 'mend', ({ task, all, changed }) => {
    const mended = mendTask(task, content, changed)
    const decided = options.accept ? { ...confirmed(mended, changed), revision: mended.revision } : mended
    return { tasks: instead(all, task, decided) }
  })

export const mergeWithNext = (ctx: Context, seen: SeenTask): Promise<void> =>
  onTask(ctx, seen, 'merge', ({ task, all, changed }) => {
    const open = all.filter(one => one.droppedAt === null)
    const next = open[open.findIndex(one => one.id === task.id) + 1]
    if (!next) throw conflict('ledger.no-next', '这是最后一项，后面没有可以并入的。')
    return {
      tasks: instead(
        all.filter(one => one.id !== next.id),
        task,
        mergeTasks(task, next, changed),
      ),
    }
  })

/** @param at a place of the plan's text within the task */
export const splitAt = (ctx: Context, seen: SeenTask, at: number): Promise<void> =>
  onTask(ctx, seen, 'split', ({ task, plan, all, changed }) => {
    const parts = splitTask(task, plan.text, at, changed)
    if (!parts)
      throw invalid('ledger.nothing-to-split', '从这里分不开：两段都要有字。请在这一项的文字中间选一个位置。')
    return { tasks: instead(all, task, ...parts) }
  })

export const dropReason = z
  .string()
  .trim()
  .min(2, '请写明为什么不列入，例如：不是任务，是保障要求。')
  .max(300, '理由最多 300 字。')

export const dropTask = (ctx: Context, seen: SeenTask, reason: string): Promise<void> =>
  onTask(ctx, seen, 'drop', ({ task, all, changed }) => ({
    reason,
    tasks: instead(all, task, {
      ...task,
      ...changed,
      confirmedAt: null,
      confirmedBy: null,
      droppedAt: changed.changedAt,
      droppedBy: changed.changedBy,
      droppedReason: reason,
      revision: task.revision + 1,
    }),
  }))

export const restoreTask = (ctx: Context, seen: SeenTask): Promise<void> =>
  onTask(ctx, seen, 'restore', ({ task, all, changed }) => ({
    tasks: instead(all, task, {
      ...task,
      ...changed,
      droppedAt: null,
      droppedBy: null,
      droppedReason: null,
      revision: task.revision + 1,
    }),
  }))

async function onPlan(
  ctx: Context,
  planId: string,
  act: PlanAct,
  make: (of: { plan: Plan; all: Task[]; changed: Changed }) => Made & { task?: Task },
): Promise<Task | null> {
  return inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, act)
    const all = await listTasks(db, plan.id)
    const changed = { changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() }
    const made = make({ plan, all, changed })
    const task = made.task ?? null
    await saveStep(db, ctx, { plan, act, label: planActs[act].label, task, before: all, made })
    return task
  })
}

export const addTaskInput = z.object({
  text: z.string().trim().max(5000, '原文最多 5000 字。').default(''),
  start: z.coerce.number().int().min(0).optional(),
  end: z.coerce.number().int().min(0).optional(),
})

/** A task that the reader did not see: a passage of the document, by its place or by its words. @returns its id. */
export async function addTask(
  ctx: Context,
  planId: string,
  input: z.output<typeof addTaskInput>,
): Promise<string> {
  const added = await onPlan(ctx, planId, 'add-task', ({ plan, all, changed }) => {
    const span = spanOf(plan.text, input)
    const text = span ? plan.text.slice(span.start, span.end).trim() : input.text
    if (text === '') throw invalid('ledger.no-words', '请在左边选中一段文字，或者把任务的原文写在这里。')
    const at = span
      ? all.findIndex(one => one.sourceStart !== null && one.sourceStart > span.start)
      : all.length
    const place = at === -1 ? all.length : at
    const before = all[place - 1] ?? all[0]
    const task: Task = {
      ...blankTask({ id: plan.id, ...changed }),
      heading: before?.heading ?? [],
      text,
      sourceStart: span?.start ?? null,
      sourceEnd: span?.end ?? null,
    }
    return { tasks: all.toSpliced(place, 0, task), task }
  })
  return added?.id ?? ''
}

function spanOf(text: string, input: z.output<typeof addTaskInput>): { start: number; end: number } | null {
  const { start, end } = input
  if (start !== undefined && end !== undefined && start < end && end <= text.length) return { start, end }
  const found = input.text === '' ? -1 : text.indexOf(input.text)
  return found === -1 ? null : { start: found, end: found + input.text.length }
}

/** Confirms every proposed task of which the reader was sure in each field. @returns how many. */
export async function acceptSure(ctx: Context, planId: string): Promise<number> {
  let many = 0
  await onPlan(ctx, planId, 'accept-sure', ({ all, changed }) => {
    const tasks = all.map(task => (isUndecided(task) && isSure(task) ? confirmed(task, changed) : task))
    many = tasks.filter((task, at) => task !== all[at]).length
    if (many === 0) throw conflict('ledger.none-sure', '没有每个字段都确定的待确认任务。其余的请逐项核对。')
    return { tasks }
  })
  return many
}

/** Takes the last step of a review back, whoever made it. @returns the task it was about. */
export async function undoStep(ctx: Context, planId: string): Promise<string | null> {
  return inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, 'undo')
    const last = await lastUndoable(db, plan.id)
    if (!last) throw conflict('ledger.nothing-to-undo', '没有可以撤销的步骤。')
    const before = (last.before as Stored[]).map(revived)
    const all = await listTasks(db, plan.id)
    const made = (last.after as string[]).filter(id => !before.some(task => task.id === id))
    const revisions = new Map(all.map(task => [task.id, task.revision]))
    // A revision that was seen is never given again
    await saveTasks(
      db,
      before.map(task => ({ ...task, revision: Math.max(task.revision, revisions.get(task.id) ?? 0) + 1 })),
    )
    await deleteTasks(db, made)
    await insertAct(db, ctx, { planId: plan.id, taskId: last.taskId, act: 'undo', undoes: last.id })
    await changePlan(db, plan, {})
    await recordAct(db, ctx, {
      act: 'ledger.undo',
      sentence: `审核“${plan.title}”：撤销${last.actedBy}的一步`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
    return before[0]?.id ?? null
  })
}

const instants = ['changedAt', 'confirmedAt', 'droppedAt', 'reportedAt', 'returnedAt', 'doneAt'] as const
type Stored = Omit<Task, (typeof instants)[number]> &
  Record<(typeof instants)[number], string | null> & { previousId?: string | null }

/** A task out of the JSON of an act; older ones have a column that is no more. */
const revived = ({ previousId: _, ...stored }: Stored): Task => {
  const at = (name: (typeof instants)[number]) => (stored[name] === null ? null : new Date(stored[name]))
  return {
    ...stored,
    changedAt: at('changedAt') ?? new Date(0),
    confirmedAt: at('confirmedAt'),
    droppedAt: at('droppedAt'),
    reportedAt: at('reportedAt'),
    returnedAt: at('returnedAt'),
    doneAt: at('doneAt'),
  }
}
