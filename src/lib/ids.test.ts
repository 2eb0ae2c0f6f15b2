import { describe, expect, it } from 'vitest'
import { publicId, publicIdPattern, uuidv7 } from './ids.ts'

const many = <T>(make: () => T) => Array.from({ length: 2000 }, make)

describe('ids', () => {
  it('uuidv7 sorts by the moment it was made, and is a version 7 of RFC 9562', () => {
    const moments = [0, 1, Date.parse('2026-11-23T00:00:00Z'), 2 ** 48 - 1]
    const ids = moments.map(uuidv7)
    expect([...ids].sort()).toEqual(ids)
    for (const id of many(uuidv7))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt(uuidv7(123_456_789).replaceAll('-', '').slice(0, 12), 16)).toBe(123_456_789)
  })

  it('no two are alike', () => {
    expect(new Set(many(() => uuidv7(0))).size).toBe(2000)
    expect(new Set(many(() => publicId())).size).toBe(2000)
  })

  it('a public id is made of letters that cannot be mistaken, each as often as any other', () => {
    const counts = new Map<string, number>()
    for (const id of many(() => publicId())) {
      expect(id).toMatch(publicIdPattern)
      expect(id).not.toMatch(/[01ilo]/)
      for (const letter of id) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    expect(counts.size).toBe(31)
    // 20 000 letters, 645 of each on average; six standard deviations are 150
    for (const count of counts.values()) expect(Math.abs(count - 645)).toBeLessThan(150)
  })
})
