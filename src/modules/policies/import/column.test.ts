import { describe, expect, it } from 'vitest'
import type { ColumnRow } from '#modules/publications'
import { chooseColumn } from './column.ts'

const column = (path: string, name: string, type: string, sortOrder = 0): ColumnRow => ({
  id: path,
  siteId: 'site',
  path,
  name,
  type,
  sortOrder,
  description: '',
  keywords: '',
  updateLimitDays: null,
})

const columns = [
  column('dynamics', '云溪要闻', '工作动态', 0),
  column('notices', '通知公告', '工作动态', 1),
  column('publicity', '公示', '信息公开目录', 2),
  column('policies/normative', '行政规范性文件', '政策文件,信息公开目录', 3),
  column('policies/county', '县政府文件', '政策文件', 3),
  column('policies', '政策文件', '政策文件', 4),
]

describe('the column of an imported document', () => {
  it.each([
    ['policy', null, 'policies'],
    ['normative-document', null, 'policies/normative'],
    ['notice', 'announcement', 'notices'],
    ['notice', 'publicity', 'publicity'],
    ['notice', 'dynamics', 'notices'],
    ['disclosure-rules', null, undefined],
  ] as const)('%s %s: %s', (kind, noticeType, path) => {
    expect(chooseColumn(columns, kind, noticeType)?.path).toBe(path)
  })

  it('takes the next best where the best is missing', () => {
    const few = columns.filter(one => !/normative|notices/.test(one.path))
    expect(chooseColumn(few, 'normative-document', null)?.path).toBe('policies')
    expect(chooseColumn(few, 'notice', 'announcement')?.path).toBe('dynamics')
    expect(chooseColumn([], 'policy', null)).toBeNull()
  })
})
