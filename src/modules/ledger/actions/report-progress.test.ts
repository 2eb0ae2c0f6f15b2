import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePublic } from '../../../../test/make/publication.ts'
import { type Ledger, makeLedger } from '../progress-for-tests.ts'
import { findTask } from '../queries.ts'
import { reportState } from '../reports/report.ts'
import { listReports } from '../reports/report-queries.ts'
import { dutiesOfPlan, dutiesOfTask } from '../task-duties.ts'
import { actOnReport, actOnReportInput } from './act-on-report.ts'
import { askExtension, askExtensionInput } from './ask-extension.ts'
import { decideExtension, decideExtensionInput } from './decide-extension.ts'
import { handInReport, handInReportInput } from './hand-in-report.ts'
import { reportOnPlan, reportOnPlanInput } from './report-on-plan.ts'
import { saveReportDraft, saveReportDraftInput } from './save-report-draft.ts'
import { urgeTasks, urgeTasksInput } from './urge-tasks.ts'
import { wantHeadCheck } from './want-head-check.ts'

let at: Ledger
beforeAll(async () => {
  at = await makeLedger([
    {
      no: '1',
      heading: ['一、推进供水公开'],
      title: '公开水质',
      text: '每季度公开水质。',
      lead: ['水利局'],
      due: [{ text: '11月30日前', date: '2026-11-30' }],
    },
    {
      no: '2',
      title: '共建清单',
      text: '编制共建清单。',
      lead: ['水利局'],
      responsible: ['教体局'],
      due: [{ text: '年内', date: '2026-12-31' }],
    },
    { no: '3', title: '要退回的', text: '要退回的任务。', responsible: ['教体局'] },
    {
      no: '4',
      title: '延期的',
      text: '延期的任务。',
      lead: ['水利局'],
      due: [{ text: '12月10日前', date: '2026-12-10' }],
    },
    {
      no: '5',
      title: '按季度',
      text: '按季度报告。',
      lead: ['教体局'],
      due: [{ text: '每季度', every: 'quarter' }],
    },
    { no: '6', title: '无单位', text: '文件没有写单位。' },
  ])
})
beforeEach(() => at.house.setTime('2026-11-24 10:00'))
afterAll(() => at.house.leave())

const taskOf = async (index: number) => {
  const task = await findTask(at.db, at.taskIds[index] ?? '')
  if (!task) throw new Error('no task')
  return task
}
const openDuties = async (index: number) =>
  (await dutiesOfTask(at.db, await at.plan(), at.taskIds[index] ?? '')).filter(duty => duty.metAt === null)

describe('a unit reports', () => {
  it('R-ASM-08: on time counts as of the day the accepted report reached the office, not of the day it was checked', async () => {
    at.house.setTime('2026-11-30 17:00')
    const id = await at.report('ofWater', 0, { state: 'done', words: '四个季度的水质都已公开。' })
    expect(await taskOf(0)).toMatchObject({ doneAt: null, reportedAt: expect.any(Date) })
    at.house.setTime('2026-12-05 09:00')
    await at.decide(id)
    expect(await taskOf(0)).toMatchObject({ doneBy: '何敏', reportedAt: null })
    const [duty] = await dutiesOfTask(at.db, await at.plan(), at.taskIds[0] ?? '')
    expect(duty?.metAt).toEqual(new Date('2026-11-30T17:00:00+08:00'))
    expect(duty?.metFact?.label).toContain('2026-12-05 核定')
  })

  it('evidence is only what everybody can read', async () => {
    const item = await makePublic(at.house.system, at.house.at, { title: '水质公告' })
    await expect(at.report('ofSchool', 2, { publications: 'zzzzzzzzzz' })).rejects.toMatchObject({
      code: 'ledger.evidence-not-public',
    })
    const id = await at.report('ofSchool', 2, {
      publications: `http://www.yunxi.example/notices/${item.publicId}`,
    })
    await at.decide(id)
  })

  it('nobody reports for another organ, nor on a task of others, nor twice at once', async () => {
    const of = (organId: string, index: number) =>
      handInReportInput.parse({ taskId: at.taskIds[index], organId, state: 'running', words: '推进之中。' })
    await expect(handInReport(at.ofWater, of(at.school.id, 2))).rejects.toMatchObject({ status: 403 })
    await expect(handInReport(at.ofWater, of(at.water.id, 2))).rejects.toMatchObject({
      code: 'ledger.not-your-task',
    })
    const id = await at.report('ofSchool', 2)
    await expect(at.report('ofSchool', 2)).rejects.toMatchObject({ code: 'ledger.report-waits' })
    await at.decide(id, 'return', '没有写清楚')
    expect((await taskOf(2)).returnedAt).not.toBeNull()
  })

  it('what is not done says why', () => {
    const said = (facts: object) =>
      handInReportInput.safeParse({
        taskId: at.taskIds[0],
        organId: at.water.id,
        words: '说明情况。',
        ...facts,
      })
    expect(said({ state: 'cannot' }).success).toBe(false)
    expect(said({ state: 'done', share: '80' }).success).toBe(false)
    expect(said({ state: 'partly', reason: '经费未到位', share: '60' }).success).toBe(true)
  })

  it('a draft is kept; the second of two who write is told', async () => {
    const draft = (revision: number, words: string) =>
      saveReportDraft(
        at.ofWater,
        saveReportDraftInput.parse({
          taskId: at.taskIds[1],
          organId: at.water.id,
          revision,
          content: { words },
        }),
      )
    expect(await draft(0, '甲写的')).toBe(1)
    await expect(draft(0, '乙写的')).rejects.toMatchObject({ code: 'ledger.draft-meanwhile' })
    expect(await draft(1, '乙写的')).toBe(2)
  })
})

describe('the office checks', () => {
  it('R-EXC-13: nobody checks his own report', async () => {
    const both = at.house.as(['openness-office'], '何敏', at.house.at.government)
    const id = await at.report('ofSchool', 2)
    const [report] = await listReports(at.db, { id })
    const own = { ...both, actor: { ...both.actor, id: report?.reportedById ?? '' } as typeof both.actor }
    await expect(
      actOnReport(own, actOnReportInput.parse({ reportId: id, act: 'accept' })),
    ).rejects.toMatchObject({ status: 403 })
    await at.decide(id, 'ask', '请补充链接')
  })

  it('of two who check at once only one is right', async () => {
    const id = await at.report('ofSchool', 2)
    const done = await Promise.allSettled([at.decide(id), at.decide(id, 'return', '不清楚')])
    expect(done.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    expect(done.find(one => one.status === 'rejected')).toMatchObject({
      reason: { code: 'ledger.report-acted' },
    })
  })

  it('A3: the lead unit concludes only when the parts of the others are accepted', async () => {
    const lead = await at.report('ofWater', 1, { state: 'done', words: '清单全部完成。' })
    await expect(at.decide(lead)).rejects.toMatchObject({ code: 'ledger.others-not-done' })
    await at.decide(await at.report('ofSchool', 1, { state: 'done', words: '教体部分完成。' }))
    expect((await taskOf(1)).doneAt).toBeNull()
    await at.decide(lead)
    expect((await taskOf(1)).doneAt).not.toBeNull()
    expect(await openDuties(1)).toEqual([])
  })

  it('a period that is done meets the duty of that period only', async () => {
    expect(await openDuties(4)).toHaveLength(1)
    await at.decide(await at.report('ofSchool', 4, { state: 'done', period: '2026-Q3' }))
    expect(await openDuties(4)).toHaveLength(1)
    await at.decide(await at.report('ofSchool', 4, { state: 'done', period: '2026-Q4' }))
    expect(await openDuties(4)).toEqual([])
    expect((await taskOf(4)).doneAt).toBeNull()
  })

  it('an organ that wants it has its head look first; being on time counts from then', async () => {
    const head = at.house.as(['department-head'], '郑强', at.school)
    await wantHeadCheck(head, { organId: at.school.id, wanted: 'yes' })
    const id = await at.report('ofSchool', 2)
    const state = async () => {
      const [report] = await listReports(at.db, { id })
      return report && reportState(report)
    }
    expect(await state()).toBe('with-head')
    expect((await taskOf(2)).reportedAt).toBeNull()
    await expect(at.decide(id)).rejects.toMatchObject({ code: 'ledger.report-acted' })
    await actOnReport(head, actOnReportInput.parse({ reportId: id, act: 'approve' }))
    expect(await state()).toBe('waiting')
    await at.decide(id)
    await wantHeadCheck(head, { organId: at.school.id, wanted: 'no' })
  })
})

describe('urging and extension', () => {
  it('one letter goes to all who owe the tasks that are open; what is done is left out', async () => {
    const urged = await urgeTasks(
      at.keeper,
      urgeTasksInput.parse({ planId: at.planId, taskIds: at.taskIds, letter: '请抓紧推进并报送。' }),
    )
    expect(urged.tasks.map(task => task.taskId)).toEqual([at.taskIds[2], at.taskIds[3], at.taskIds[4]])
    await expect(
      urgeTasks(
        at.ofWater,
        urgeTasksInput.parse({ planId: at.planId, taskIds: [at.taskIds[3]], letter: '自己催自己。' }),
      ),
    ).rejects.toMatchObject({ status: 403 })
  })

  it('an extension is asked once, decided by another person, and moves deadline and duty', async () => {
    const ask = () =>
      askExtension(
        at.ofWater,
        askExtensionInput.parse({
          taskId: at.taskIds[3],
          organId: at.water.id,
          position: '1',
          askedFor: '2026-12-25',
          reason: '汛期影响施工。',
        }),
      )
    const id = await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'ledger.extension-waits' })
    const decide = (ctx: typeof at.keeper) =>
      decideExtension(ctx, decideExtensionInput.parse({ extensionId: id, decision: 'granted' }))
    await expect(decide(at.ofWater)).rejects.toMatchObject({ status: 403 })
    await decide(at.keeper)
    await expect(decide(at.keeper)).rejects.toMatchObject({ code: 'ledger.extension-decided' })
    expect((await openDuties(3))[0]?.dueOn).toBe('2026-12-25')
  })
})

it('S0 六（五）: the report on the plan meets its duty', async () => {
  await reportOnPlan(
    at.keeper,
    reportOnPlanInput.parse({
      planId: at.planId,
      organId: at.house.at.government.id,
      words: '方案已经制定，各项任务均已部署。',
    }),
  )
  const duties = (await dutiesOfPlan(at.db, await at.plan())).filter(duty => duty.part === 'report')
  const isMet = (organId: string) => duties.find(duty => duty.organId === organId)?.metAt !== null
  expect([at.house.at.government.id, at.water.id, at.school.id].map(isMet)).toEqual([true, false, false])
})
