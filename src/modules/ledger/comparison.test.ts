import { describe, expect, it } from 'vitest'
import { compareTasks, likenessWords } from './comparison.ts'
import { blankTask } from './proposals.ts'
import type { Task } from './task.ts'

const taskOf = (position: number, text: string): Task => ({
  ...blankTask({ id: 'plan', changedBy: '', changedAt: new Date(0) }),
  position,
  text,
})

describe('this year beside last year', () => {
  const same = taskOf(1, '编制并公布2026年度重大行政决策事项目录，实行动态调整。')
  const before = taskOf(7, '编制并公布2025年度重大行政决策事项目录，实行动态调整。')
  const fresh = taskOf(2, '建设政策问答平台。')
  const gone = taskOf(3, '办好政府公报，纸质和电子公报同步发行。')

  it('matches the same words of another year, once', () => {
    const found = compareTasks([same, taskOf(9, same.text), fresh], [before, gone])
    expect(found.matched.map(one => [one.task.position, one.previous.position, one.likeness])).toEqual([
      [1, 7, 1],
    ])
    expect(found.added.map(one => one.position)).toEqual([9, 2])
    expect(found.gone.map(one => one.position)).toEqual([3])
  })

  it('says how sure it is', () =>
    expect([0.9, 0.7, 0.45].map(likenessWords)).toEqual(['基本相同', '很像', '有些像，请核对']))
})
