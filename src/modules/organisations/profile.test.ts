import { describe, expect, it } from 'vitest'
import { emptyProfile, profileDifferences, profileVersion } from './profile.ts'

const chief = { name: '陈宏达', post: '局长', duties: '主持全面工作' }
const deputy = { name: '李文博', post: '副局长', duties: '' }

describe('the differences between two dated rows', () => {
  it('are none where nothing changed', () => {
    expect(
      profileDifferences({ ...emptyProfile, leaders: [chief] }, { ...emptyProfile, leaders: [chief] }),
    ).toEqual([])
  })

  it('name the field and show what went and what came', () => {
    const before = { ...emptyProfile, phone: '0990-5550100', leaders: [chief] }
    const after = { ...emptyProfile, phone: '0990-5550101', leaders: [chief, deputy] }
    expect(profileDifferences(before, after)).toEqual([
      { field: 'leaders', label: '负责人', removed: [], added: ['副局长 李文博'] },
      { field: 'phone', label: '办公电话', removed: ['0990-5550100'], added: ['0990-5550101'] },
    ])
  })

  it('count the order of leaders as a change', () => {
    const before = { ...emptyProfile, leaders: [chief, deputy] }
    const after = { ...emptyProfile, leaders: [deputy, chief] }
    expect(profileDifferences(before, after)).toHaveLength(1)
  })
})

it('a version names the row and its revision', () => {
  expect(profileVersion(null)).toBe('none')
  expect(profileVersion({ id: 'a', revision: 2 })).toBe('a.2')
})
