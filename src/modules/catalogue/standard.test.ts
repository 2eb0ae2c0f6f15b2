import { describe, expect, it } from 'vitest'
import { statutory } from './item.ts'
import { readLimit } from './limit.ts'
import { standardCatalogue } from './standard.ts'

const { items } = standardCatalogue()
const inDomain = (domain: string) => items.filter(item => item.content.domain === domain)

describe('the standard catalogue that comes with the system', () => {
  it('has every statutory item of articles 20 and 21 (R-PUB-02, R-PUB-03, R-PUB-04)', () => {
    const codes = new Set(items.map(item => item.key))
    expect(Object.keys(statutory).filter(code => !codes.has(code))).toEqual([])
  })

  it('has the complete sample fields (R-GRS §11.4–11.6), companies and villages', () => {
    expect(inDomain('社会救助')).toHaveLength(13)
    expect(inDomain('财政预决算')).toHaveLength(4)
    expect(inDomain('重大建设项目')).toHaveLength(29)
    expect(inDomain('公共企事业单位').length).toBeGreaterThan(0)
    expect(inDomain('村（社区）事务').every(item => item.content.levels.includes('village'))).toBe(true)
  })

  it('has a key once, and reads 20 days for budgets, ten working days for relief (R-PUB-09, R-PUB-14)', () => {
    expect(new Set(items.map(item => item.key)).size).toBe(items.length)
    const limitOf = (key: string) => readLimit(items.find(item => item.key === key)?.content.limit ?? '')
    expect(limitOf('B-01')).toMatchObject({ limit: { limit: { amount: 20, unit: 'days' } } })
    expect(limitOf('A-05')).toMatchObject({
      limit: { posting: 7, limit: { amount: 10, unit: 'working-days' } },
    })
    expect(limitOf('C-04')).toMatchObject({ limit: { limit: { amount: 20, unit: 'working-days' } } })
    expect(limitOf('E-01')).toEqual({ limit: { on: 'period', every: 'month', due: { by: '10' } } })
  })
})
