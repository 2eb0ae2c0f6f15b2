import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildTree, flatten, idsAbove, rootsOf, type TreeMember, wouldCycle } from './tree.ts'

const member = (id: string, parentId: string | null, sortOrder = 0): TreeMember => ({
  id,
  parentId,
  sortOrder,
  key: id,
})
const county = [
  member('slj', 'county', 2),
  member('county', null),
  member('zls', 'slj'),
  member('office', 'county', 1),
  member('jyj', 'county', 2),
]

describe('the tree of organs (A1)', () => {
  it('puts each parent before its children, siblings by order and then key', () => {
    const order = flatten(buildTree(county)).map(node => `${node.depth}${node.id}`)
    expect(order).toEqual(['0county', '1office', '1jyj', '1slj', '2zls'])
  })

  it('shows an organ whose parent is hidden as a root, so that none gets lost', () => {
    const order = flatten(buildTree([member('zls', 'slj'), member('county', null)])).map(node => node.id)
    expect(order).toEqual(['county', 'zls'])
  })

  it('names the organs above, the nearest first', () => {
    expect(idsAbove(county, 'zls')).toEqual(['slj', 'county'])
    expect(rootsOf(county)).toEqual(['county'])
  })

  it.each([
    ['slj', 'slj', true],
    ['slj', 'zls', true],
    ['county', 'zls', true],
    ['zls', 'jyj', false],
    ['slj', null, false],
  ])('putting %s under %s would bite its own tail: %s', (id, parentId, bites) => {
    expect(wouldCycle(county, id, parentId)).toBe(bites)
  })

  it('stays a tree with every organ in it under any moves that are allowed', () => {
    const moves = fc.array(fc.tuple(fc.nat(7), fc.option(fc.nat(7))), { maxLength: 40 })
    fc.assert(
      fc.property(moves, list => {
        const organs = Array.from({ length: 8 }, (_, at) => member(`o${at}`, null))
        for (const [child, parent] of list) {
          const parentId = parent === null ? null : `o${parent}`
          const moved = organs[child] as TreeMember
          if (!wouldCycle(organs, moved.id, parentId)) moved.parentId = parentId
        }
        expect(flatten(buildTree(organs))).toHaveLength(8)
      }),
    )
  })
})
