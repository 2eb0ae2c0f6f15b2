import { z } from 'zod'
import { conflict, invalid, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { findOrgan, mustStand } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { periodEnds } from '../clock.ts'
import { type Once, onRequest } from '../on-request.ts'
import { mayHandleRequest, unitsOf } from '../policy.ts'
import type { Case } from '../queries.ts'
import type { Task } from '../request.ts'
import { id as choice, day, dayOrToday, itemOf, words } from './act-input.ts'

export const splitInput = z.object({
  itemId: choice,
  parts: z
    .string('请写明拆成哪些事项。')
    .transform(text =>
      text
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== ''),
    )
    .pipe(
      z
        .array(z.string().max(2000, '每个事项最多 2000 字。'))
        .min(2, '一行一个事项，至少两行。')
        .max(50, '最多拆成 50 个事项。'),
    ),
})

/** 一事一申请: the smallest reasonable units (R-FEE-03). */
export const split = (ctx: Context, id: string, input: z.output<typeof splitInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'split',
    'desk',
    async (db, facts) => {
      const item = itemOf(facts, input.itemId)
      const [first = '', ...more] = input.parts
      const last = Math.max(...facts.items.map(one => one.position))
      await db.updateTable('requestItems').set({ description: first }).where('id', '=', item.id).execute()
      await db
        .insertInto('requestItems')
        .values(
          more.map((description, index) => ({
            id: uuidv7(),
            requestId: id,
            position: last + 1 + index,
            description,
          })),
        )
        .execute()
      return { facts: { item: item.position, items: facts.items.length + more.length } }
    },
    once,
  )

export const taskInput = z.object({
  itemId: z.preprocess(blankAsNull, choice.nullable()).default(null),
  organId: z.uuid('请选择交给哪个单位。'),
  task: words(4, 1000, '请写明要做什么；不要写申请人的姓名、电话。'),
  dueOn: dayOrToday,
})

/** To a unit, not to a person, with its own limit (R-LET-20). */
export const giveTask = (ctx: Context, id: string, input: z.output<typeof taskInput>, once: Once = {}) =>
  onRequest(
    ctx,
    id,
    'give-task',
    'desk',
    async (db, facts) => {
      if (input.itemId) itemOf(facts, input.itemId)
      const organ = await findOrgan(db, input.organId)
      if (!organ) throw invalid('requests.no-such-unit', '没有这个单位。请重新选择。')
      const today = ctx.clock.today()
      mustStand(organ, today)
      const dueOn = input.dueOn ?? periodEnds(today, facts.settings.taskDays, 'R-LET-20', facts.calendar)
      if (dueOn < today) throw invalid('requests.task-due-past', '办理期限不能早于今天。')
      await db
        .insertInto('requestTasks')
        .values({
          id: uuidv7(),
          requestId: id,
          itemId: input.itemId,
          organId: organ.id,
          task: input.task,
          givenOn: today,
          dueOn,
        })
        .execute()
      return {
        facts: { unit: organ.shortName, dueOn },
        tell: {
          to: { organId: organ.id },
          title: '依申请公开交办子任务',
          sentence: `请在${dueOn}以前答复承办单位。`,
        },
      }
    },
    once,
  )

export const answerTaskInput = z.object({
  taskId: choice,
  answer: words(2, 5000, '请写明查找的结果和处理意见。'),
})

export const answerTask = (
  ctx: Context,
  id: string,
  input: z.output<typeof answerTaskInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'answer-task',
    'desk',
    async (db, facts) => {
      const task = openTask(facts, input.taskId)
      if (ctx.actor.kind !== 'system' && !unitsOf(ctx.actor).includes(task.organId))
        throw conflict('requests.not-your-task', '这项子任务没有交给您的单位。')
      await endTask(db, ctx, task.id, 'answered', input.answer)
      return { tell: { to: 'officer', title: '子任务已经答复', sentence: '一个单位答复了交办的子任务。' } }
    },
    once,
  )

export const cancelTaskInput = z.object({
  taskId: choice,
  reason: words(2, 300, '请写明为什么取消。'),
})

export const cancelTask = (
  ctx: Context,
  id: string,
  input: z.output<typeof cancelTaskInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'cancel-task',
    'desk',
    async (db, facts) => {
      await endTask(db, ctx, openTask(facts, input.taskId).id, 'cancelled', null)
      return { reason: input.reason }
    },
    once,
  )

function openTask({ tasks }: Case, taskId: string): Task {
  const task = tasks.find(one => one.id === taskId)
  if (!task) throw invalid('requests.unknown-task', '没有这项子任务。请刷新页面后再选。')
  if (task.endedAt) throw conflict('requests.task-ended', '这项子任务已经办结。')
  return task
}

const endTask = (
  db: Context['db'],
  ctx: Pick<Context, 'actor' | 'clock'>,
  taskId: string,
  howEnded: 'answered' | 'cancelled',
  answer: string | null,
) =>
  db
    .updateTable('requestTasks')
    .set({ answer, howEnded, endedAt: ctx.clock.now(), endedBy: actorName(ctx.actor) })
    .where('id', '=', taskId)
    .execute()

export const searchInput = z.object({
  itemId: choice,
  searchedIn: words(2, 300, '请写明在哪里检索：哪个系统、哪个档案室。'),
  words: words(1, 300, '请写明用了哪些检索词。'),
  searchedOn: day,
  searchedBy: words(2, 50, '请写明由谁检索。'),
  found: words(2, 1000, '请写明检索的结果。'),
})

/** Where, by which words, by whom, with what result: the proof of “does not exist” (R-REQ-34). */
export const recordSearch = (
  ctx: Context,
  id: string,
  { itemId, ...input }: z.output<typeof searchInput>,
  once: Once = {},
) =>
  onRequest(
    ctx,
    id,
    'record-search',
    'desk',
    async (db, facts) => {
      const item = itemOf(facts, itemId)
      mustConcern(ctx, facts, item.id)
      if (input.searchedOn > ctx.clock.today())
        throw invalid('requests.day-ahead', '检索的日期不能晚于今天。')
      await db
        .insertInto('requestSearches')
        .values({
          ...input,
          id: uuidv7(),
          requestId: id,
          itemId: item.id,
          recordedBy: actorName(ctx.actor),
          recordedById: actorId(ctx.actor),
          recordedAt: ctx.clock.now(),
        })
        .execute()
      return { on: input.searchedOn, facts: { item: item.position } }
    },
    once,
  )

/** A unit writes down searches for what it was given, and for nothing else. */
function mustConcern(ctx: Context, { request, tasks }: Case, itemId: string): void {
  if (ctx.actor.kind === 'system' || mayHandleRequest(ctx.actor, request.organId)) return
  const units = unitsOf(ctx.actor)
  permit(
    tasks.some(task => task.itemId === itemId && units.includes(task.organId)),
    'requests.not-your-item',
    '这个事项没有交给您的单位。',
  )
}
