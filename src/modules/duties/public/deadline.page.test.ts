import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findSite } from '#modules/organisations'
import type { PublicContext } from '#platform/context'
import { readerOf, visit } from '../../../../test/make/public-visit.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { routes } from './deadline.page.tsx'

let house: Publishing
let reader: PublicContext
beforeAll(async () => {
  house = await makePublishing()
  const row = await findSite(house.connection.db, { key: house.at.site.key })
  if (!row) throw new Error('no site')
  reader = readerOf(house.system, row)
})
afterAll(() => house.leave())

describe('期限计算器', () => {
  it('asks, and names limits that people look up', async () => {
    const { status, words, links } = await visit(reader, routes, '/deadline')
    expect(status).toBe(200)
    expect(words).toContain('常用期限')
    expect(links.some(link => link.includes('amount=20') && link.includes('unit=working-days'))).toBe(true)
  })

  it('shows the day and the arithmetic of a consultation and an extension (R-CAL §14.3)', async () => {
    const { words } = await visit(
      reader,
      routes,
      '/deadline?from=2025-09-22&amount=20&unit=working-days&paused1=2025-09-25&resumed1=2025-10-16&extendedBy=20',
    )
    expect(words).toContain('2025年12月8日（星期一） 到期')
    expect(words).toContain('国庆节、中秋节放假')
    expect(words).toContain('延长的第 20 个工作日')
  })

  it('says what is provisional (R-CAL-09)', async () => {
    const { words } = await visit(reader, routes, '/deadline?from=2026-12-28&amount=20&unit=working-days')
    expect(words).toContain('这是暂定的日子')
  })

  it('keeps what was typed and says what is wrong where', async () => {
    const { status, html, words } = await visit(
      reader,
      routes,
      '/deadline?from=2026-02-30&amount=abc&unit=working-days&paused1=&resumed1=2026-03-01',
    )
    expect(status).toBe(422)
    expect(words).toContain('起算日期不存在')
    expect(words).toContain('请填写暂停开始的日期')
    expect(html).toContain('value="2026-02-30"')
  })
})
