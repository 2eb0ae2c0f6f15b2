import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSame } from './bytes.ts'
import { commitmentOf, commitmentsOf, rootOf, saltOf } from './commitments.ts'

const seed = new Uint8Array(32).fill(7)
const record = {
  title: '关于停水的通知',
  docNo: null,
  issuers: ['云溪县水利局'],
  bodyHtml: '<p>明天停水。</p>',
}

describe('a record of commitments', () => {
  it('stands and falls with every field', () => {
    const root = rootOf(commitmentsOf(seed, record))
    expect(rootOf(commitmentsOf(seed, { ...record }))).toEqual(root)
    for (const name of Object.keys(record)) {
      const changed = rootOf(commitmentsOf(seed, { ...record, [name]: '改' }))
      expect(isSame(changed, root), name).toBe(false)
    }
    expect(isSame(rootOf(commitmentsOf(new Uint8Array(32), record)), root)).toBe(false)
  })

  it('keeps its root when a field is erased with its salt', () => {
    const commitments = commitmentsOf(seed, record)
    const { bodyHtml: _erased, ...rest } = record
    const kept = new Map(
      Object.entries(rest).map(([name, value]) => [name, commitmentOf(saltOf(seed, name), name, value)]),
    )
    kept.set('bodyHtml', commitments.get('bodyHtml') ?? new Uint8Array())
    expect(rootOf(kept)).toEqual(rootOf(commitments))
  })

  it('does not depend on the order in which fields are named, nor can two fields be read as one', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), fields => {
        const turned = Object.fromEntries(Object.entries(fields).reverse())
        expect(rootOf(commitmentsOf(seed, turned))).toEqual(rootOf(commitmentsOf(seed, fields)))
      }),
      { numRuns: 50 },
    )
    expect(commitmentOf(seed, 'a', 'b')).not.toEqual(commitmentOf(seed, 'ab', ''))
  })
})
