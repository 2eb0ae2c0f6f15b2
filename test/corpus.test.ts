import { describe, expect, it } from 'vitest'
import { docNoPattern } from '#modules/publications'
import { documentAt, documentsOf, planOf } from '../bench/corpus/corpus.ts'
import { asText } from '../bench/corpus/files.ts'
import { queriesOf } from '../bench/corpus/queries.ts'

const scale = 3000
const plan = planOf({ scale, seed: 2 })
const documents = [...documentsOf({ scale, seed: 2 })]

describe('the corpus of the benches', () => {
  it('is the same every time, also in parts', () => {
    expect([...documentsOf({ scale, seed: 2, from: 1700, to: 1710 })]).toEqual(documents.slice(1700, 1710))
    expect(documentAt(plan, 42)).toEqual(documents[42])
    expect(documentAt(planOf({ scale, seed: 3 }), 42).title).not.toBe(documents[42]?.title)
  })

  it('numbers its documents as offices do: well formed, each number once, in the order of days (S-GWG-08)', () => {
    const numbered = documents.flatMap(({ docNo, signedOn }) => (docNo ? [{ docNo, signedOn }] : []))
    for (const { docNo, signedOn } of numbered) {
      expect(docNo).toMatch(docNoPattern)
      expect(docNo).toContain(`〔${signedOn.slice(0, 4)}〕`)
    }
    expect(new Set(numbered.map(one => one.docNo)).size).toBe(numbered.length)
    const serial = (docNo: string) => Number(/(\d+)号$/.exec(docNo)?.[1])
    const series = Map.groupBy(numbered, one => one.docNo.replace(/\d+号$/, ''))
    for (const one of series.values()) {
      const byNumber = [...one]
        .sort((a, b) => serial(a.docNo) - serial(b.docNo))
        .map(({ signedOn }) => signedOn)
      expect(byNumber).toEqual([...byNumber].sort())
    }
  })

  it('repeals and amends only what was issued before and came before', () => {
    const place = new Map(documents.map(({ docNo, at }) => [docNo, at]))
    const sayers = documents.filter(({ repeals, amends }) => repeals.length + amends.length > 0)
    expect(sayers.length).toBeGreaterThan(60)
    for (const { at, signedOn, repeals, amends } of sayers)
      for (const { docNo, title } of [...repeals, ...amends]) {
        const target = documents[place.get(docNo) ?? -1]
        expect(target?.title).toBe(title)
        expect(target?.at).toBeLessThan(at)
        expect(target && target.signedOn < signedOn).toBe(true)
      }
  })

  it('has words of every frequency: rare, medium, common, very common', () => {
    const texts = documents.map(asText)
    const queries = queriesOf(plan, 60)
    const share = (name: 'rare' | 'medium' | 'common' | 'very-common') => {
      const shares = queries[name]
        .map(({ words }) => texts.filter(text => text.includes(words)).length / scale)
        .sort((a, b) => a - b)
      return shares[30] ?? 0
    }
    expect(share('rare')).toBeLessThan(0.001)
    expect(share('medium')).toBeGreaterThan(0.015)
    expect(share('medium')).toBeLessThan(0.06)
    expect(share('common')).toBeGreaterThan(0.18)
    expect(share('common')).toBeLessThan(0.42)
    expect(share('very-common')).toBeGreaterThan(0.85)
  })
})
