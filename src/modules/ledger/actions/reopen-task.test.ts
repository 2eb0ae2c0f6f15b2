import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { gatherTable } from '../progress/gather-table.ts'
import { type Ledger, makeLedger } from '../progress-for-tests.ts'
import { findTask } from '../queries.ts'
import { taskState } from '../task.ts'
import { dutiesOfTask } from '../task-duties.ts'
import { reopenTask, reopenTaskInput } from './reopen-task.ts'

let at: Ledger
beforeAll(async () => {
  at = await makeLedger([
    {
      no: '1',
      title: '共建清单',
      text: '编制共建清单。',
      lead: ['水利局'],
      responsible: ['教体局'],
      due: [{ text: '11月30日前', date: '2026-11-30' }],
    },
    { no: '2', title: '还没有完成的', text: '还没有完成的任务。', lead: ['水利局'] },
  ])
})
beforeEach(() => at.house.setTime('2026-11-24 10:00'))
afterAll(() => at.house.leave())

const taskOf = async (index = 0) => {
  const task = await findTask(at.db, at.taskIds[index] ?? '')
  if (!task) throw new Error('no task')
  return task
}
const duties = async () => {
  const found = await dutiesOfTask(at.db, await at.plan(), at.taskIds[0] ?? '')
  return Object.fromEntries(found.map(duty => [duty.organName, [duty.dueOn, duty.metAt !== null]]))
}
const rowOf = async () => {
  const table = await gatherTable({ db: at.db, clock: at.keeper.clock }, await at.plan())
  return table.rows[0]
}
const reopen = async (facts: object, index = 0, ctx = at.keeper) => {
  const task = await taskOf(index)
  const input = reopenTaskInput.parse({ organIds: [at.water.id], reason: '抽查发现清单没有公布', ...facts })
  return reopenTask(ctx, { taskId: task.id, revision: task.revision }, input)
}

describe('重新推进', () => {
  it('is refused to everybody but the office, and before the task is done', async () => {
    await expect(reopen({}, 1)).rejects.toMatchObject({ code: 'ledger.not-now' })
    await expect(reopen({}, 1, at.ofWater)).rejects.toMatchObject({ status: 403 })
  })

  it('opens the duties of the units that are named, and what they had reported no longer concludes the task', async () => {
    await at.decide(await at.report('ofSchool', 0, { state: 'done', words: '教体部分完成。' }))
    await at.decide(await at.report('ofWater', 0, { state: 'done', words: '清单全部完成。' }))
    expect(taskState(await taskOf(), await at.plan())).toBe('done')
    await expect(reopen({ organIds: [at.house.at.government.id] })).rejects.toMatchObject({
      code: 'ledger.not-owing',
    })
    await reopen({ dueOn: '2026-12-20' })
    expect(taskState(await taskOf(), await at.plan())).toBe('running')
    expect(await duties()).toEqual({
      [at.water.shortName]: ['2026-12-20', false],
      县教体局: ['2026-11-30', true],
    })
    expect(await rowOf()).toMatchObject({
      state: 'running',
      progress: '2026-11-24起重新推进：抽查发现清单没有公布',
      doneOn: null,
      dueOn: '2026-12-20',
    })
  })

  it('concludes anew with a new report, the parts of the others staying as they were', async () => {
    at.house.setTime('2026-12-01 10:00')
    await at.decide(await at.report('ofWater', 0, { words: '清单正在公布。' }))
    expect(await rowOf()).toMatchObject({ state: 'running', progress: '清单正在公布。' })
    at.house.setTime('2026-12-10 10:00')
    await at.decide(await at.report('ofWater', 0, { state: 'done', words: '清单已经公布。' }))
    expect(taskState(await taskOf(), await at.plan())).toBe('done')
    expect((await duties())[at.water.shortName]).toEqual(['2026-12-20', true])
    expect(await rowOf()).toMatchObject({ state: 'done', doneOn: '2026-12-10' })
  })

  it('without another day the deadline that has passed is late at once (R-ASM-08)', async () => {
    at.house.setTime('2026-12-22 10:00')
    await reopen({ organIds: [at.water.id, at.school.id] })
    expect(await duties()).toEqual({
      [at.water.shortName]: ['2026-12-20', false],
      县教体局: ['2026-11-30', false],
    })
  })
})
