import { describe, expect, it } from 'vitest'
import type { CleanupItem } from './cleanup.ts'
import { cleanupCells, cleanupColumns, readCleanupSheet } from './cleanup-sheet.ts'

const item = (position: number, more: Partial<CleanupItem> = {}): CleanupItem => ({
  publicationId: `id-${position}`,
  position,
  organId: 'water',
  organName: '县水利局',
  title: `第${position}号办法`,
  docNo: null,
  signedOn: null,
  validUntil: null,
  decision: null,
  reason: '',
  decidedBy: null,
  decidedAt: null,
  confirmedBy: null,
  confirmedAt: null,
  ...more,
})
const items = [1, 2, 3, 4, 5, 6].map(position => item(position))
const heads = cleanupColumns.map(column => column.head)
const row = (one: CleanupItem, decision: string, reason = '') => {
  const cells = cleanupCells(one)
  return [...cells.slice(0, 6), decision, reason, ...cells.slice(8)]
}
const read = (rows: string[][], mayDecide = (_: CleanupItem) => true) =>
  readCleanupSheet([['标题行'], heads, ...rows], items, mayDecide)
const one = (index: number) => items[index] as CleanupItem

describe('the sheet of a clean-up (R-NOR-13)', () => {
  it('comes back with what the organs decided; rows without an opinion say nothing', () => {
    expect(read([row(one(0), '继续有效'), row(one(1), '废止', '与上位法不一致'), row(one(2), '')])).toEqual({
      decisions: [
        { publicationId: 'id-1', decision: 'keep', reason: '' },
        { publicationId: 'id-2', decision: 'repeal', reason: '与上位法不一致' },
      ],
      faults: [],
      same: 0,
    })
  })

  it('names each fault with its row', () => {
    const { faults, decisions } = read([
      row(one(0), '取消'),
      row(one(1), '废止'),
      row(item(99), '废止', '与上位法不一致'),
      row(one(3), '继续有效'),
      row(one(3), '废止', '与上位法不一致'),
    ])
    expect(decisions).toHaveLength(1)
    expect(faults.map(fault => [fault.row, fault.why])).toEqual([
      [3, expect.stringContaining('不是清理意见')],
      [4, expect.stringContaining('要写明理由')],
      [5, expect.stringContaining('不在这次清理里')],
      [7, expect.stringContaining('和第 6 行是同一份文件')],
    ])
    expect(read([row(one(0), '继续有效')], () => false).faults[0]?.why).toContain('县水利局')
    expect(readCleanupSheet([['别的表']], items, () => true).faults[0]?.why).toContain('没有找到')
  })
})
