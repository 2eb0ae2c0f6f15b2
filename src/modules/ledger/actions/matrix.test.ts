import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '#lib/errors'
import type { Staff } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Party, type TaskAct, taskActs } from '../acts.ts'
import { type Ledger, makeLedger } from '../progress-for-tests.ts'
import { findTask } from '../queries.ts'
import { listExtensions } from '../reports/extension-queries.ts'
import { listReports } from '../reports/report-queries.ts'
import { type TaskState, taskState } from '../task.ts'
import { actOnReport, actOnReportInput } from './act-on-report.ts'
import { askExtension, askExtensionInput } from './ask-extension.ts'
import { cancelTask, changeTask, changeTaskInput, changeUnits, moveTaskDue } from './change-task.ts'
import { decideExtension, decideExtensionInput } from './decide-extension.ts'
import { handInReport, handInReportInput } from './hand-in-report.ts'
import { closePlan } from './keep-plan.ts'
import { reopenTask } from './reopen-task.ts'
import { addStep, addStepInput, endStep } from './task-steps.ts'
import { urgeTasks } from './urge-tasks.ts'

const states = ['running', 'reported', 'returned', 'done', 'cancelled', 'ended'] as const
type Tried = (typeof states)[number]

let at: Ledger
let closed: Ledger
const stepIds = new Map<string, string>()
beforeAll(async () => {
  const task = (no: string) => ({
    no,
    title: `任务${no}`,
    text: `任务${no}的内容。`,
    lead: ['水利局'],
    due: [
      { text: '12月10日前', date: '2026-12-10' },
      { text: '12月20日前', date: '2026-12-20' },
    ],
  })
  at = await makeLedger([task('1'), task('2'), task('3'), task('4'), task('5')])
  closed = await makeLedger([task('6')])
  for (const ledger of [at, closed]) {
    ledger.house.setTime('2026-11-24 10:00')
    // Each has a step and an extension that waits, so that these acts have something to act on
    for (const taskId of ledger.taskIds) {
      const seen = { taskId, revision: (await findTask(ledger.db, taskId))?.revision ?? 0 }
      await addStep(ledger.ofWater, seen, addStepInput.parse({ kind: 'measure', text: '做一件事' }))
      await askExtension(ledger.ofWater, ask(ledger, taskId, '1'))
      const step = await ledger.db
        .selectFrom('ledgerSteps')
        .select('id')
        .where('taskId', '=', taskId)
        .executeTakeFirstOrThrow()
      stepIds.set(taskId, step.id)
    }
  }
  const report = (index: number, facts: object = {}) => at.report('ofWater', index, facts)
  await at.decide(await report(0))
  await report(1)
  await at.decide(await report(2), 'return', '没有写清楚')
  await at.decide(await report(3, { state: 'done', words: '已经全部做完。' }))
  await at.decide(await report(4))
  const fifth = await findTask(at.db, at.taskIds[4] ?? '')
  await cancelTask(office(at), { taskId: fifth?.id ?? '', revision: fifth?.revision ?? 0 }, '任务不再需要')
  await closed.decide(await closed.report('ofWater', 0))
  await closePlan(office(closed), closed.planId, '年度任务期满，结账')
})
afterAll(async () => {
  await at.house.leave()
  await closed.house.leave()
})

const ask = (ledger: Ledger, taskId: string, position: string) =>
  askExtensionInput.parse({
    taskId,
    organId: ledger.water.id,
    position,
    askedFor: '2026-12-25',
    reason: '汛期影响施工。',
  })

/** A post at the government reaches down to the organs below. */
function reachingDown(ctx: Context, ledger: Ledger): Context {
  const actor = ctx.actor as Staff
  const reach = [ledger.house.at.government.id, ledger.water.id, ledger.school.id]
  return { ...ctx, actor: { ...actor, posts: actor.posts.map(post => ({ ...post, reach })) } }
}
const office = (ledger: Ledger) => reachingDown(ledger.keeper, ledger)

/** Who tries, and as what by the rules of the house; written here, not asked of the code. */
const people: Record<string, { as: readonly Party[]; ctx: (ledger: Ledger) => Context }> = {
  'the keeping office': { as: ['keeper', 'unit'], ctx: office },
  'a leader': {
    as: ['leader'],
    ctx: ledger => reachingDown(ledger.house.as(['leader'], '赵领导', ledger.house.at.government), ledger),
  },
  'a drafter of the unit': { as: ['unit'], ctx: ledger => ledger.ofWater },
  'a drafter of another unit': { as: [], ctx: ledger => ledger.ofSchool },
  'an administrator': {
    as: [],
    ctx: ledger =>
      reachingDown(ledger.house.as(['system-administrator'], '孙管理', ledger.house.at.government), ledger),
  },
}

type Try = (ctx: Context, ledger: Ledger, taskId: string, revision: number) => Promise<unknown>
const reason = '为了试一试各种情形'
const onReport =
  (act: string): Try =>
  async (ctx, ledger, taskId) => {
    const [report] = await listReports(ledger.db, { taskIds: [taskId] })
    return actOnReport(ctx, actOnReportInput.parse({ reportId: report?.id, act, words: '请看意见' }))
  }
const onExtension =
  (decision: string): Try =>
  async (ctx, ledger, taskId) => {
    const [asked] = await listExtensions(ledger.db, [taskId])
    return decideExtension(
      ctx,
      decideExtensionInput.parse({ extensionId: asked?.id, decision, words: '请看意见' }),
    )
  }
const tries: Partial<Record<TaskAct, Try>> = {
  change: (ctx, _, taskId, revision) =>
    changeTask(ctx, { taskId, revision }, changeTaskInput.parse({ text: '改过的内容。', reason })),
  'change-units': (ctx, { school }, taskId, revision) =>
    changeUnits(ctx, { taskId, revision }, { units: [{ organId: school.id, role: 'lead' }], reason }),
  'move-due': (ctx, _, taskId, revision) =>
    moveTaskDue(ctx, { taskId, revision }, { position: 1, dueOn: '2026-12-28', reason }),
  'add-step': (ctx, _, taskId, revision) =>
    addStep(ctx, { taskId, revision }, addStepInput.parse({ kind: 'measure', text: '再做一件' })),
  'end-step': (ctx, _, taskId, revision) =>
    endStep(ctx, { taskId, revision }, { stepId: stepIds.get(taskId) ?? '', how: 'done', reason: '' }),
  cancel: (ctx, _, taskId, revision) => cancelTask(ctx, { taskId, revision }, reason),
  reopen: (ctx, { water }, taskId, revision) =>
    reopenTask(ctx, { taskId, revision }, { organIds: [water.id], dueOn: '', reason }),
  report: (ctx, { water }, taskId) =>
    handInReport(
      ctx,
      handInReportInput.parse({ taskId, organId: water.id, state: 'running', words: '正在推进之中。' }),
    ),
  'withdraw-report': onReport('withdraw'),
  check: onReport('accept'),
  return: onReport('return'),
  urge: (ctx, { planId }, taskId) =>
    urgeTasks(ctx, { planId, taskIds: [taskId], letter: '请抓紧推进并报送。' }),
  'ask-extension': (ctx, ledger, taskId) => askExtension(ctx, ask(ledger, taskId, '2')),
  'grant-extension': onExtension('granted'),
  'refuse-extension': onExtension('refused'),
}

/** What the table leaves to the guard of the act. */
const guarded: Partial<Record<string, string>> = {
  'report reported the keeping office': 'ledger.report-waits',
  'report reported a drafter of the unit': 'ledger.report-waits',
  // An office that reaches down speaks for the unit, but does not take back what the unit itself said
  'withdraw-report reported the keeping office': 'ledger.may-not-act-on-report',
}

/** Does it and takes it back. @returns done, or the code of the refusal. */
async function attempt(act: Try, who: string, state: Tried): Promise<string> {
  const ledger = state === 'ended' ? closed : at
  const taskId = ledger.taskIds[state === 'ended' ? 0 : states.indexOf(state)] ?? ''
  const task = await findTask(ledger.db, taskId)
  const ctx = people[who]?.ctx(ledger)
  if (!task || !ctx) throw new Error('nothing to try')
  let said = 'done'
  await ledger.db
    .transaction()
    .execute(async db => {
      try {
        await act({ ...ctx, db }, ledger, taskId, task.revision)
        await sql`set constraints all immediate`.execute(db)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        said = error.code
      }
      throw new TakenBack()
    })
    .catch(error => {
      if (!(error instanceof TakenBack)) throw error
    })
  return said
}
class TakenBack extends Error {}

it('each task stands as it is tried', async () => {
  for (const [index, state] of states.slice(0, 5).entries()) {
    const task = await findTask(at.db, at.taskIds[index] ?? '')
    expect(task && taskState(task, await at.plan())).toBe(state)
  }
  const task = await findTask(closed.db, closed.taskIds[0] ?? '')
  expect(task && taskState(task, await closed.plan())).toBe('ended' satisfies TaskState)
})

describe('role × state × act, through the acts themselves', () => {
  it.each(Object.keys(tries) as TaskAct[])(
    '%s is done where the table says so, and refused elsewhere',
    async act => {
      const rule = taskActs[act]
      const wrong: string[] = []
      for (const state of states)
        for (const [who, { as }] of Object.entries(people)) {
          const said = await attempt(tries[act] as Try, who, state)
          const isOpen = rule.in.includes(state) && rule.by.some(party => as.includes(party))
          const name = `${act} ${state} ${who}`
          const expected = guarded[name] ?? (isOpen ? 'done' : 'refused')
          if (expected === 'refused' ? said === 'done' : said !== expected) wrong.push(`${name}: ${said}`)
        }
      expect(wrong).toEqual([])
    },
  )
})
