import { describe, expect, it } from 'vitest'
import { isOpenTo, type Party, parties, planActNames, planActs, taskActNames, taskActs } from './acts.ts'
import { periodOn } from './periods.ts'
import { planState, planStates } from './plan.ts'
import { blankTask, cadenceIn, isSure, proposedTasks } from './proposals.ts'
import { mendTask, mergeTasks, sentencesOf, splitTask } from './review.ts'
import { type Task, taskState, taskStates } from './task.ts'
import { formOfTask, readDues } from './task-form.ts'

const at = new Date('2026-11-23T02:00:00Z')
const by = { id: 'plan', changedBy: '何敏', changedAt: at }
const changed = { changedBy: '何敏', changedAt: at }
const text = '编制目录。（县水利局牵头）征求意见不少于三十日。（县教体局牵头）'
const task: Task = {
  ...blankTask(by),
  text,
  lead: ['县水利局', '县教体局'],
  sourceStart: 0,
  sourceEnd: text.length,
}

describe('steps of a review', () => {
  it('splits a task in two: each unit goes with the part that prints it', () => {
    const parts = splitTask(task, text, text.indexOf('征求'), changed)
    expect(parts?.map(part => [part.text, part.lead])).toEqual([
      ['编制目录。（县水利局牵头）', ['县水利局']],
      ['征求意见不少于三十日。（县教体局牵头）', ['县教体局']],
    ])
    expect(parts?.every(part => !isSure(part))).toBe(true)
  })

  it('where only one part prints a unit, it is the unit of both: nobody is left without', () => {
    const printed = '（三）更新指南。材料当天更新。开设专窗，公布事项。（县水利局牵头）'
    const read: Task = {
      ...task,
      no: '（三）',
      title: '更新指南',
      text: '材料当天更新。开设专窗，公布事项。',
      lead: ['县水利局'],
      sourceEnd: printed.length,
    }
    const parts = splitTask(read, printed, printed.indexOf('开设'), changed)
    expect(parts?.map(part => [part.text, part.lead])).toEqual([
      ['材料当天更新。', ['县水利局']],
      ['开设专窗，公布事项。', ['县水利局']],
    ])
  })

  it('keeps the title of a task that becomes part of another one', () => {
    const whole = mergeTasks(
      { ...task, text: '收费逐项列出。' },
      { ...task, title: '公布优惠', text: '减免一并列出。' },
      changed,
    )
    expect(whole.text).toBe('收费逐项列出。\n公布优惠。减免一并列出。')
  })

  it('does not split where one part would be empty', () => {
    expect(splitTask(task, text, 0, changed)).toBeNull()
    expect(splitTask(task, text, text.length, changed)).toBeNull()
  })

  it('merges what was split to what it was', () => {
    const [first, second] = splitTask(task, text, text.indexOf('征求'), changed) ?? []
    const whole = mergeTasks(first as Task, second as Task, changed)
    expect(whole.lead).toEqual(task.lead)
    expect([whole.sourceStart, whole.sourceEnd]).toEqual([0, text.length])
    expect(whole.confirmedAt).toBeNull()
  })

  it('is sure of a field that a person has mended, and of no other', () => {
    const doubtful: Task = {
      ...task,
      confidence: { lead: { sure: false, why: '?' }, due: { sure: false, why: '?' } },
    }
    const mended = mendTask(doubtful, { ...doubtful, lead: ['县水利局'] }, changed)
    expect(mended.confidence.lead?.sure).toBe(true)
    expect(mended.confidence.due?.sure).toBe(false)
  })

  it('offers the beginning of each sentence as a place to part', () => {
    expect(sentencesOf('甲。乙；\n丙').map(one => one.start)).toEqual([0, 2, 5])
  })
})

describe('what a reader found', () => {
  it('is sure only of fields with high confidence and without doubt', () => {
    const [found] = proposedTasks(
      {
        title: null,
        issuer: null,
        docNo: null,
        date: null,
        doubts: [],
        text: '每季度公布',
        tasks: [
          {
            no: null,
            heading: [],
            title: '公布',
            text: '每季度公布',
            requirement: null,
            lead: [],
            responsible: [],
            due: [{ text: '每季度', date: null }],
            progress: null,
            confidence: { title: 1, lead: 0.3, responsible: 1, due: 1 },
            source: { start: 0, end: 5 },
            doubts: [{ field: 'due', why: '没有写明哪一天' }],
          },
        ],
      },
      by,
    )
    expect(found?.due).toEqual([{ text: '每季度', every: 'quarter' }])
    expect(
      Object.entries(found?.confidence ?? {})
        .filter(([, one]) => !one.sure)
        .map(([name]) => name),
    ).toEqual(['lead', 'due'])
    expect(found?.confirmedAt).toBeNull()
  })

  it.each([
    ['每月5日前', 'month'],
    ['按季度', 'quarter'],
    ['每半年', 'half-year'],
    ['每年', 'year'],
    ['年内', undefined],
  ])('reads %s as a cadence', (words, every) => expect(cadenceIn(words)).toBe(every))
})

describe('deadlines as people type them', () => {
  it('comes back as it was shown', () => {
    const due = [
      { text: '6月底前', date: '2026-06-30' },
      { text: '每季度末', every: 'quarter' as const },
      { text: '及时' },
    ]
    expect(readDues(formOfTask({ ...task, due }).due ?? '')).toEqual({ dues: due, faults: [] })
  })
  it('tells a day that does not exist', () =>
    expect(readDues('月底 = 2026-02-30').faults[0]).toContain('2026-02-30'))
  it.each([
    ['month', '2026-11', '2026-11-01', '2026-11-30'],
    ['quarter', '2026-Q4', '2026-10-01', '2026-12-31'],
    ['half-year', '2026-H2', '2026-07-01', '2026-12-31'],
    ['year', '2026', '2026-01-01', '2026-12-31'],
  ] as const)('a %s runs over whole months', (every, name, firstDay, lastDay) =>
    expect(periodOn(every, '2026-11-23')).toMatchObject({ name, firstDay, lastDay }),
  )
})

describe('the table of acts', () => {
  const everybody = Object.keys(parties) as Party[]

  it('states are derived from what happened', () => {
    const plan = { inForceAt: null, closedAt: null, discardedAt: null }
    expect(planState(plan)).toBe('review')
    expect(taskState(task, plan)).toBe('proposed')
    expect(taskState({ ...task, confirmedAt: at }, plan)).toBe('confirmed')
    const inForce = { ...plan, inForceAt: at }
    expect(taskState({ ...task, confirmedAt: at }, inForce)).toBe('running')
    expect(taskState({ ...task, confirmedAt: at, reportedAt: at }, inForce)).toBe('reported')
    expect(taskState({ ...task, confirmedAt: at, droppedAt: at }, inForce)).toBe('cancelled')
    expect(taskState({ ...task, confirmedAt: at }, { ...inForce, closedAt: at })).toBe('ended')
  })

  it('only the office confirms, changes and closes; units report and ask', () => {
    const ofUnits = taskActNames.filter(act => taskActs[act].by.includes('unit'))
    expect(ofUnits).toEqual(['add-step', 'end-step', 'report', 'withdraw-report', 'ask-extension'])
    expect(planActNames.filter(act => planActs[act].by.includes('unit'))).toEqual(['file-own-plan'])
    expect(taskActNames.filter(act => taskActs[act].by.includes('leader'))).toEqual(['urge'])
  })

  it('role × state × act: nothing is open where the table does not say so', () => {
    const open = taskActNames.flatMap(act =>
      (Object.keys(taskStates) as (keyof typeof taskStates)[]).flatMap(state =>
        everybody
          .filter(party => isOpenTo(taskActs[act], party, state))
          .map(party => `${act} ${state} ${party}`),
      ),
    )
    const ended = open.filter(line => / (?:cancelled|ended) /.test(line))
    expect(ended).toEqual([])
    expect(open.filter(line => / done /.test(line))).toEqual(['reopen done keeper'])
    expect(open.filter(line => / dropped /.test(line))).toEqual(['restore dropped keeper'])
    expect(open.filter(line => / proposed /.test(line)).map(line => line.split(' ')[0])).toEqual([
      'accept',
      'mend',
      'merge',
      'split',
      'drop',
    ])
    const discarded = planActNames.filter(act =>
      (Object.keys(planStates) as (keyof typeof planStates)[]).some(
        state => state === 'discarded' && everybody.some(party => isOpenTo(planActs[act], party, state)),
      ),
    )
    expect(discarded).toEqual([])
  })
})
