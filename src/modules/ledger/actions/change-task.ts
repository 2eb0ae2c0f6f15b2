import { z } from 'zod'
import { isPlainDate, type PlainDate } from '#lib/beijing-time'
import { conflict, invalid } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag, moveDuties, waiveDuty } from '#modules/duties'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertAct } from '../act-queries.ts'
import { type TaskAct, taskActs } from '../acts.ts'
import { organsOf } from '../names.ts'
import {
  changeDue,
  endTaskUnits,
  insertDues,
  insertTaskUnits,
  isStill,
  listDues,
  listTaskUnits,
  type TaskUnit,
} from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { saveTasks } from '../queries.ts'
import { ledgerTag } from '../tags.ts'
import { type Task, taskName, type UnitRole } from '../task.ts'
import { dutiesOfDues, dutiesOfTask, isOpenDuty, partOf } from '../task-duties.ts'
import { lockTask, type SeenTask } from './lock-plan.ts'
import { openInBatches } from './open-in-batches.ts'
import { settlePlanDuties } from './settle-plan-duties.ts'

export const reasonInput = z
  .string()
  .trim()
  .min(5, '请写明理由（至少 5 个字）：会留在任务的历史里。')
  .max(300, '理由最多 300 字。')

interface Changes {
  task?: Partial<Task>
  before: unknown
  after: unknown
}

/** An act on a task in force: the task's revision grows, what changed and why stays for good. */
export async function onTask(
  ctx: Context,
  seen: SeenTask,
  act: TaskAct,
  reason: string,
  change: (db: Database, of: { task: Task; plan: Plan; units: TaskUnit[] }) => Promise<Changes>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const locked = await lockTask(db, ctx, seen, act)
    const { task, plan } = locked
    const { task: values = {}, before, after } = await change(db, locked)
    const changed = { changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() }
    await saveTasks(db, [{ ...task, ...values, ...changed, revision: task.revision + 1 }])
    await insertAct(db, ctx, { planId: plan.id, taskId: task.id, act, reason, before, after })
    await recordAct(db, ctx, {
      act: `ledger.${act}`,
      sentence: `${taskActs[act].label}“${taskName(task)}”（《${plan.title}》），理由：${reason}`,
      object: { kind: 'ledger-task', id: task.id, label: taskName(task) },
    })
    await announceChange(db, [dutiesTag(plan.siteId), ledgerTag(plan.siteId)])
  })
}

export const changeTaskInput = z.object({
  no: z.string().trim().max(40, '序号最多 40 字。').default(''),
  title: z.string().trim().max(200, '标题最多 200 字。').default(''),
  text: z.string().trim().min(1, '任务内容不能空着。').max(5000, '任务内容最多 5000 字。'),
  requirement: z.string().trim().max(5000, '工作要求最多 5000 字。').default(''),
  person: z.string().trim().max(50, '责任人最多 50 字。').default(''),
  fields: z.record(z.string(), z.string()).default({}),
  reason: reasonInput,
})

/** Changes what a task says; what it said before stays in its history. */
export const changeTask = (
  ctx: Context,
  seen: SeenTask,
  { reason, ...content }: z.output<typeof changeTaskInput>,
): Promise<void> =>
  onTask(ctx, seen, 'change', reason, async (_, { task }) => {
    const names = Object.keys(content) as (keyof typeof content)[]
    const different = names.filter(name => JSON.stringify(task[name]) !== JSON.stringify(content[name]))
    if (different.length === 0) throw invalid('ledger.nothing-changed', '没有改动。请修改以后再保存。')
    const of = (from: object) =>
      Object.fromEntries(different.map(name => [name, (from as Record<string, unknown>)[name]]))
    return { task: content, before: of(task), after: of(content) }
  })

export const changeUnitsInput = z.object({
  /** Organ → its role from today on. */
  units: z
    .array(z.object({ organId: z.uuid(), role: z.enum(['lead', 'responsible', 'supporting']) }))
    .min(1, '至少要有一个单位。'),
  reason: reasonInput,
})

/** Who owes a task from today on, after a restructuring: open duties of those who leave it end, of those who come begin. */
export const changeUnits = (
  ctx: Context,
  seen: SeenTask,
  input: z.output<typeof changeUnitsInput>,
): Promise<void> =>
  onTask(ctx, seen, 'change-units', input.reason, async (db, { task, plan, units }) => {
    const today = ctx.clock.today()
    const organs = new Map((await organsOf(db, plan)).map(organ => [organ.id, organ]))
    const wanted = new Map<string, UnitRole>(input.units.map(({ organId, role }) => [organId, role]))
    if ([...wanted.keys()].some(id => !organs.has(id)))
      throw invalid('ledger.no-organ', '所选的机构里有已经撤销的，或者不是本级政府的。请重新选择。')
    const now = units.filter(isStill)
    const leaving = now.filter(unit => unit.organId !== null && wanted.get(unit.organId) !== unit.role)
    const coming = [...wanted].filter(
      ([organId, role]) => !now.some(unit => unit.organId === organId && unit.role === role),
    )
    if (leaving.length === 0 && coming.length === 0)
      throw invalid('ledger.nothing-changed', '责任单位没有变化。')
    await endTaskUnits(
      db,
      leaving.map(unit => unit.id),
      today,
      input.reason,
    )
    const last = Math.max(0, ...units.map(unit => unit.position))
    await insertTaskUnits(
      db,
      coming.map(([organId, role], at) => ({
        id: uuidv7(),
        taskId: task.id,
        role,
        position: last + at + 1,
        printed: organs.get(organId)?.name ?? '',
        organId,
        fromOn: today,
        reason: input.reason,
      })),
    )
    await settleOwing(db, ctx, plan, task, input.reason)
    await settlePlanDuties(db, ctx, plan, `责任单位调整：${input.reason}`)
    const words = (list: readonly { role: UnitRole; organName: string | null; printed: string }[]) =>
      list.map(unit => ({ role: unit.role, name: unit.organName ?? unit.printed }))
    const after = (await listTaskUnits(db, [task.id])).filter(isStill)
    return { before: words(now), after: words(after) }
  })

/** Open duties are those of the units that owe the task now. */
async function settleOwing(
  db: Database,
  ctx: Context,
  plan: Plan,
  task: Task,
  reason: string,
): Promise<void> {
  const [units, dues, duties] = await Promise.all([
    listTaskUnits(db, [task.id]),
    listDues(db, [task.id]),
    dutiesOfTask(db, plan, task.id),
  ])
  const owing = new Set(
    units.filter(unit => isStill(unit) && unit.role !== 'supporting').map(unit => unit.organId),
  )
  for (const duty of duties.filter(isOpenDuty))
    if (!owing.has(duty.organId))
      await waiveDuty({ ...ctx, db }, { id: duty.id, reason: `责任单位调整：${reason}`.slice(0, 300) })
  await openInBatches(db, ctx, dutiesOfDues(plan, task, dues, units, ctx))
}

export const moveDueInput = z.object({
  /** Which deadline of the task; none: a new one. */
  position: z.coerce.number().int().min(1).optional(),
  dueOn: z.string().refine(isPlainDate, '日期请写成 2026-12-31 的样子。'),
  reason: reasonInput,
})

/** Another day for a deadline, or a new deadline. */
export const moveTaskDue = (
  ctx: Context,
  seen: SeenTask,
  input: z.output<typeof moveDueInput>,
): Promise<void> =>
  onTask(ctx, seen, 'move-due', input.reason, async (db, { task, plan }) => {
    const before = await moveDue(db, ctx, { task, plan, ...input }, input.reason)
    return { before: { dueOn: before }, after: { dueOn: input.dueOn } }
  })

/**
 * Moves a deadline with its open duties, within the caller's transaction; also for an extension that was granted.
 * @returns the day that counted before.
 */
export async function moveDue(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  of: { task: Task; plan: Plan; position?: number | undefined; dueOn: PlainDate },
  reason: string,
): Promise<PlainDate | null> {
  const { task, plan, dueOn } = of
  const dues = await listDues(db, [task.id])
  const due = dues.find(one => one.position === of.position)
  if (of.position !== undefined && !due) throw invalid('ledger.no-due', '这项任务没有这个期限。请重新选择。')
  if (due?.every)
    throw conflict(
      'ledger.due-comes-round',
      `“${due.text}”是每个周期都有的期限，不能改成一天。请增加一个期限。`,
    )
  if (due?.dueOn === dueOn) throw invalid('ledger.nothing-changed', '期限没有变化。')
  const duties = (await dutiesOfTask(db, plan, task.id)).filter(
    duty => isOpenDuty(duty) && partOf(duty).part === 'due' && partOf(duty).position === due?.position,
  )
  if (due) await changeDue(db, due.id, { dueOn })
  const moved = due
    ? { ...due, dueOn }
    : {
        id: uuidv7(),
        taskId: task.id,
        position: Math.max(0, ...dues.map(one => one.position)) + 1,
        text: `${dueOn}前`,
        dueOn,
        every: null,
        endedOn: null,
      }
  if (!due) await insertDues(db, [moved])
  if (duties.length > 0)
    await moveDuties(db, ctx, { ids: duties.map(duty => duty.id) }, { limit: { fixedOn: dueOn } }, reason)
  // What was past when the plan came into force had opened none
  await openInBatches(db, ctx, dutiesOfDues(plan, task, [moved], await listTaskUnits(db, [task.id]), ctx))
  return due?.dueOn ?? null
}

/** The task is no longer to be done: its duties end with the reason, its history stays. */
export const cancelTask = (ctx: Context, seen: SeenTask, reason: string): Promise<void> =>
  onTask(ctx, seen, 'cancel', reason, async (db, { task, plan }) => {
    await endDuties(db, ctx, plan, task, `任务取消：${reason}`)
    const now = ctx.clock.now()
    return {
      task: {
        droppedAt: now,
        droppedBy: actorName(ctx.actor),
        droppedReason: reason,
        reportedAt: null,
      },
      before: null,
      after: null,
    }
  })

export async function endDuties(
  db: Database,
  ctx: Context,
  plan: Plan,
  task: Task,
  reason: string,
): Promise<void> {
  for (const duty of await dutiesOfTask(db, plan, task.id))
    if (isOpenDuty(duty)) await waiveDuty({ ...ctx, db }, { id: duty.id, reason: reason.slice(0, 300) })
}
