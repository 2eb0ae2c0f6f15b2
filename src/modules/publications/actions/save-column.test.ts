import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePublishing, makeReviewed, type Publishing } from '../../../../test/make/publishing.ts'
import { findColumn } from '../column-queries.ts'
import { columnInput, saveColumn } from './save-column.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const input = (more: object) =>
  columnInput.parse({
    siteId: house.at.site.id,
    path: 'plans',
    name: '规划计划',
    description: '说明',
    keywords: '规划',
    type: '政策文件',
    ...more,
  })
const find = (path: string) => findColumn(house.connection.db, house.at.site.id, path)

describe('columns', () => {
  it('the address stays once something is shown there, or below it', async () => {
    const empty = await saveColumn(house.system, input({}))
    await saveColumn(house.system, input({ id: empty, path: 'plans-2026' }))
    expect(await find('plans')).toBeUndefined()
    await makeReviewed(house, { columnIds: [empty] })
    await expect(saveColumn(house.system, input({ id: empty, path: 'plans' }))).rejects.toMatchObject({
      code: 'publications.column-in-use',
    })
    const parent = house.at.columns.get('policies')
    await expect(saveColumn(house.system, input({ id: parent, path: 'rules' }))).rejects.toMatchObject({
      code: 'publications.column-in-use',
    })
    await saveColumn(house.system, input({ id: empty, path: 'plans-2026', name: '规划' }))
    expect(await find('plans-2026')).toMatchObject({ name: '规划' })
  })

  it('an address belongs to one column, and the second officer is told', async () => {
    await expect(saveColumn(house.system, input({ path: 'notices' }))).rejects.toMatchObject({
      code: 'publications.column-path-taken',
    })
    const id = await saveColumn(house.system, input({ path: 'budgets' }))
    await saveColumn(house.system, input({ id, path: 'budgets', revision: 1, name: '甲改的' }))
    await expect(
      saveColumn(house.system, input({ id, path: 'budgets', revision: 1, name: '乙改的' })),
    ).rejects.toMatchObject({ code: 'publications.column-changed-meanwhile' })
    expect(await find('budgets')).toMatchObject({ name: '甲改的' })
  })

  it('is a matter of the site’s openness office', async () => {
    await expect(saveColumn(house.drafter, input({ path: 'x' }))).rejects.toMatchObject({ status: 403 })
    const elsewhere = house.as(['openness-office'], '外单位')
    await expect(saveColumn(elsewhere, input({ path: 'x' }))).rejects.toMatchObject({ status: 403 })
    const own = house.as(['openness-office'], '县政府办', house.at.government)
    await expect(saveColumn(own, input({ path: 'x' }))).resolves.toEqual(expect.any(String))
    const foreign = crypto.randomUUID()
    await expect(saveColumn(house.system, input({ siteId: foreign }))).rejects.toMatchObject({ status: 403 })
  })

  it('S-META-01: what the page tags need is asked for', () => {
    const complete = input({})
    for (const field of ['description', 'keywords', 'type', 'name', 'path'])
      expect(columnInput.safeParse({ ...complete, [field]: '' }).success, field).toBe(false)
    for (const path of ['a/', '/a', 'A', 'a b', '栏目', 'a//b', '../a'])
      expect(columnInput.safeParse({ ...complete, path }).success, path).toBe(false)
  })
})
