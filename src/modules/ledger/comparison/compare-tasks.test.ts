import { describe, expect, it } from 'vitest'
import { blankTask } from '../proposals.ts'
import type { Task } from '../task.ts'
import { compareTasks, type TaskMatch } from './compare-tasks.ts'
import { likenessWords } from './likeness.ts'

const taskOf = (position: number, text: string): Task => ({
  ...blankTask({ id: 'plan', changedBy: '', changedAt: new Date(0) }),
  position,
  text,
})

const decided = (task: Task, previous: Task, verdict: TaskMatch['verdict']): TaskMatch => ({
  taskId: task.id,
  previousId: previous.id,
  verdict,
  decidedBy: '何敏',
  decidedAt: new Date(0),
})

const positions = (pairs: readonly { task: Task; previous: Task }[]) =>
  pairs.map(one => [one.task.position, one.previous.position])

describe('this year beside last year', () => {
  const same = taskOf(1, '编制并公布2026年度重大行政决策事项目录，实行动态调整。')
  const before = taskOf(7, '编制并公布2025年度重大行政决策事项目录，实行动态调整。')
  const fresh = taskOf(2, '建设政策问答平台。')
  const gone = taskOf(3, '办好政府公报，纸质和电子公报同步发行。')

  it('proposes the same words of another year, once', () => {
    const found = compareTasks([same, taskOf(9, same.text), fresh], [before, gone])
    expect(found.proposed.map(one => [one.task.position, one.previous.position, one.likeness])).toEqual([
      [1, 7, 1],
    ])
    expect(found.matched).toEqual([])
    expect(found.added.map(one => one.position)).toEqual([9, 2])
    expect(found.gone.map(one => one.position)).toEqual([3])
  })

  it('takes what was confirmed first, however unlike, and several may go on with one', () => {
    const found = compareTasks(
      [same, fresh],
      [before, gone],
      [decided(same, gone, 'same'), decided(fresh, gone, 'same')],
    )
    expect(positions(found.matched)).toEqual([
      [1, 3],
      [2, 3],
    ])
    expect(found.proposed).toEqual([])
    expect(found.added).toEqual([])
    expect(found.gone.map(one => one.position)).toEqual([7])
  })

  it('never proposes what was denied, but the next likest', () => {
    const other = taskOf(8, '编制并公布2025年度重大行政决策事项目录，按程序调整。')
    const found = compareTasks([same], [before, other], [decided(same, before, 'different')])
    expect(positions(found.proposed)).toEqual([[1, 8]])
    expect(positions(found.denied)).toEqual([[1, 7]])
    expect(found.gone.map(one => one.position)).toEqual([7])
    const both = [decided(same, before, 'different'), decided(same, other, 'different')]
    expect(compareTasks([same], [before, other], both).added).toEqual([same])
  })

  it('decisions about tasks that are no longer there change nothing', () => {
    const found = compareTasks([same], [before], [decided(fresh, gone, 'same')])
    expect(positions(found.proposed)).toEqual([[1, 7]])
  })

  it('says how sure it is', () =>
    expect([0.9, 0.7, 0.45, 0.2].map(likenessWords)).toEqual([
      '基本相同',
      '很像',
      '有些像，请核对',
      '不太像',
    ]))
})
