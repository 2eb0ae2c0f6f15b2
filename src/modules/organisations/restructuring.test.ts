import { describe, expect, it } from 'vitest'
import type { Organ } from './organ.ts'
import { follow, type Intended, planRestructuring } from './restructuring.ts'

const organ = (id: string, parentId: string | null, more: Partial<Organ> = {}): Organ => ({
  id,
  key: id,
  parentId,
  name: id,
  shortName: id,
  type: 'department',
  level: 'county',
  uscc: null,
  docCodes: [],
  sortOrder: 0,
  establishedOn: null,
  abolishedOn: null,
  successorId: null,
  revision: 1,
  changedBy: '',
  changedAt: new Date(0),
  ...more,
})

const grain = organ('粮食局', '县政府', { establishedOn: '2001-01-01' })
const depot = organ('储备站', '粮食局')
const shop = organ('粮站', '储备站')
const reform = organ('发改局', '县政府')
const county = organ('县政府', null)
const organs = [county, grain, reform, depot, shop]
const today = '2026-11-23'

const plan = (
  intended: Partial<Intended>,
  of = grain,
  all = organs,
  earlier: { happenedOn: string }[] = [],
) =>
  planRestructuring(
    of,
    { kind: 'merged', successorId: '发改局', newName: null, happenedOn: '2025-03-31', ...intended },
    all,
    earlier,
    today,
  )

describe('a restructuring (A2)', () => {
  it('moves what stood below to the successor', () => {
    const { successor, movingChildren, successorParentId } = plan({})
    expect(successor?.name).toBe('发改局')
    expect(movingChildren.map(child => child.name)).toEqual(['储备站'])
    expect(successorParentId).toBeUndefined()
  })

  it('lets a successor from below take the place of the organ, however deep it stood', () => {
    const { movingChildren, successorParentId } = plan({ successorId: '粮站' })
    expect(successorParentId).toBe('县政府')
    expect(movingChildren.map(child => child.name)).toEqual(['储备站'])
    expect(plan({ successorId: '储备站' }).movingChildren).toEqual([])
  })

  it('leaves an organ that only gets a new name as it is', () => {
    const renamed = plan({ kind: 'renamed', newName: '粮食和物资储备局', successorId: null })
    expect(renamed).toEqual({ successor: null, movingChildren: [], successorParentId: undefined })
  })

  it('gives to the organ above what an abolished organ leaves without an heir', () => {
    expect(plan({ kind: 'abolished', successorId: null }).successor?.name).toBe('县政府')
  })

  const abolished = organ('物价局', '县政府', { abolishedOn: '2020-01-01', successorId: '发改局' })
  const young = organ('数据局', '县政府', { establishedOn: '2025-05-01' })
  it.each([
    ['to itself', { successorId: '粮食局' }, grain, '不能由自己承接'],
    ['without saying into which', { successorId: null }, grain, '请选择并入哪一个'],
    ['of the topmost organ without an heir', { kind: 'abolished', successorId: null }, county, '最上级'],
    ['to an organ that is abolished itself', { successorId: '物价局' }, grain, '自己已经撤销'],
    ['to an organ founded later', { successorId: '数据局' }, grain, '无人承接的日子'],
    ['of an organ already abolished', {}, abolished, '撤销'],
    ['before it has happened', { happenedOn: '2026-11-24' }, grain, '不能晚于今天'],
    ['before the organ was founded', { happenedOn: '2000-12-31' }, grain, '不能早于机构成立'],
    ['to the name it has', { kind: 'renamed', newName: '粮食局' }, grain, '不同的新名称'],
  ] as const)('is refused %s', (_, intended, of, words) => {
    expect(() => plan(intended, of, [...organs, abolished, young])).toThrow(words)
  })

  it('takes a successor founded on the day after the last one', () => {
    const heir = { ...young, establishedOn: '2025-04-01' }
    expect(plan({ successorId: '数据局' }, grain, [...organs, heir]).successor?.name).toBe('数据局')
  })

  it('cannot be dated before the one recorded last', () => {
    expect(() => plan({}, grain, organs, [{ happenedOn: '2025-06-30' }])).toThrow('上一次调整')
  })
})

describe('the successor on a day', () => {
  const chain = new Map(
    [
      organ('甲', null, { abolishedOn: '2020-12-31', successorId: '乙' }),
      organ('乙', null, { abolishedOn: '2024-06-30', successorId: '丙' }),
      organ('丙', null),
    ].map(one => [one.id, one]),
  )
  it.each([
    ['2020-12-31', '甲'],
    ['2021-01-01', '乙'],
    ['2024-06-30', '乙'],
    ['2024-07-01', '丙'],
  ])('on %s is %s', (on, name) => {
    expect(follow(chain, '甲', on)?.name).toBe(name)
  })
})
