import { describe, expect, it } from 'vitest'
import { ledgerKinds } from './ledger-kind.ts'
import { blankTask } from './proposals.ts'
import { readTaskSheet, sheetHeads, sheetRows } from './sheet.ts'
import type { Task } from './task.ts'

const by = { id: 'plan', changedBy: '何敏', changedAt: new Date(0) }
const taskOf = (more: Partial<Task>): Task => ({
  ...blankTask(by),
  heading: ['一、决策公开', '（一）目录'],
  text: '第一行\n第二行',
  lead: ['县水利局', '县教体局'],
  due: [
    { text: '6月底前', date: '2026-06-30' },
    { text: '每季度', every: 'quarter' },
  ],
  ...more,
})

describe.each(ledgerKinds)('the spreadsheet of $label', kind => {
  const tasks = [taskOf({}), taskOf({ text: '=1+1', lead: [] })]

  it('changes nothing when it comes back as it went out', () =>
    expect(readTaskSheet(sheetRows(tasks, kind), kind, tasks, true)).toMatchObject({
      faults: [],
      changed: [],
      added: [],
      same: 2,
    }))
})

describe('a spreadsheet that was changed', () => {
  const [kind] = ledgerKinds
  if (!kind) throw new Error('no kind')
  const tasks = [taskOf({}), taskOf({})]
  const changed = (row: number, column: keyof typeof sheetHeads, text: string) => {
    const rows = sheetRows(tasks, kind)
    const cells = rows[row]
    if (cells) cells[Object.keys(sheetHeads).indexOf(column)] = text
    return rows
  }

  it('brings only what differs', () => {
    const { changed: found, faults } = readTaskSheet(changed(1, 'lead', '县水利局'), kind, tasks, false)
    expect(faults).toEqual([])
    expect(found).toMatchObject([
      { columns: ['牵头单位'], content: { lead: ['县水利局'], text: '第一行\n第二行' } },
    ])
  })

  it.each([
    ['id', 'zzzz', '没有编号'],
    ['text', '', '不能空着'],
    ['due', '月底 = 2026-13-01', '不是日期也不是周期'],
  ] as const)('names row and column of a fault in %s, and the remedy', (column, text, why) => {
    const { faults } = readTaskSheet(changed(2, column, text), kind, tasks, false)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatchObject({ row: 3, column: sheetHeads[column] })
    expect(faults[0]?.why).toContain(why)
  })

  it('tells the same task twice', () =>
    expect(
      readTaskSheet(changed(2, 'id', tasks[0]?.publicId ?? ''), kind, tasks, false).faults[0]?.why,
    ).toContain('第 2 行是同一项任务'))

  it('leaves units and deadlines of a ledger in force to the page of the task', () =>
    expect(readTaskSheet(changed(1, 'lead', '县水利局'), kind, tasks, true).faults[0]?.why).toContain(
      '任务页面',
    ))

  it('tells a sheet without our heads', () =>
    expect(readTaskSheet([['甲', '乙']], kind, tasks, false).faults[0]?.why).toContain('没有找到表头'))
})
