import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findSite } from '#modules/organisations'
import type { PublicContext } from '#platform/context'
import { readerOf, visit } from '../../../../test/make/public-visit.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { meetDuties } from '../actions/meet-duties.ts'
import { type NewDuty, openDuties } from '../actions/open-duties.ts'
import { duties } from '../module.ts'

const routes = duties.publicRoutes ?? []
let house: Publishing
let reader: PublicContext

const interpretation = (id: string, startedAt: string): NewDuty => ({
  siteId: house.at.site.id,
  organId: house.at.government.id,
  rule: 'R-INT-02',
  article: '政策公布后三个工作日内发布解读',
  title: '发布政策解读',
  domain: 'interpretation',
  subject: { kind: 'publication', id, label: `《${id}》` },
  limit: { amount: 3, unit: 'working-days' },
  startedAt: new Date(startedAt),
})

beforeAll(async () => {
  house = await makePublishing()
  const row = await findSite(house.connection.db, { key: house.at.site.key })
  if (!row) throw new Error('no site')
  reader = readerOf(house.system, row)
})
afterAll(() => house.leave())

describe('公开义务看板', () => {
  it('says that there is nothing yet', async () => {
    expect((await visit(reader, routes, '/obligations')).words).toContain('还没有公开义务')
  })

  it('counts what was met and what is late, and opens each into its arithmetic (R-INT-02)', async () => {
    const { db } = house.connection
    const [late = '', met = ''] = await openDuties(db, house.system, [
      interpretation('逾期的办法', '2026-11-02T09:00:00+08:00'),
      interpretation('及时的办法', '2026-11-20T09:00:00+08:00'),
      interpretation('以后才公开的办法', '2099-01-04T09:00:00+08:00'),
    ])
    await meetDuties(db, house.system, { ids: [met] }, { kind: 'publication', id: 'i', label: '一图读懂' })
    const { words, links } = await visit(reader, routes, '/obligations')
    expect(words).toContain('逾期的办法')
    expect(words).not.toContain('以后才公开的办法')
    expect(links).toContain(`/obligations/${late}`)
    const ended = await visit(reader, routes, '/obligations?show=ended&domain=interpretation')
    expect(ended.words).toContain('按时完成')
    const duty = await visit(reader, routes, `/obligations/${late}`)
    expect(duty.words).toContain('第 3 个工作日')
    expect(duty.words).toContain('逾期')
    const { html } = await visit(reader, routes, '/obligations.csv')
    expect(html).toContain('"1","0","1"')
    const { reply } = await visit(reader, routes, '/obligations.json')
    expect(reply.kind === 'content' && JSON.parse(String(reply.body)).organs[0]).toMatchObject({
      metInTime: 1,
      late: 1,
      open: 1,
    })
  })

  it('does not tell of a duty that begins later, and knows no other site', async () => {
    const { rows } = await listAll('2099')
    for (const { id } of rows)
      await expect(visit(reader, routes, `/obligations/${id}`)).rejects.toThrow('没有这项义务')
    await expect(visit(reader, routes, '/obligations/none')).rejects.toThrow('没有这项义务')
  })
})

const listAll = async (year: string) => {
  const rows = await house.connection.db
    .selectFrom('duties')
    .select('id')
    .where('startedAt', '>=', new Date(`${year}-01-01T00:00:00Z`))
    .execute()
  expect(rows).toHaveLength(1)
  return { rows }
}
