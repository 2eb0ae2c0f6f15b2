import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnInput, saveColumn, takeDown } from '#modules/publications'
import { makePublic } from '../../../test/make/publication.ts'
import { instant, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { columnsOf } from './columns-of.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const at = async (beijing: string) => {
  const found = await columnsOf(house.connection.db, instant(beijing), house.at.site)
  return found
    .filter(one => one.rule !== 'S-CHK-03')
    .map(one => `${one.rule} ${one.place.label} ${one.stage}`)
}

describe('the columns of a site, out of the database', () => {
  it('what stands in a lower column freshens the upper one, and an older item freshens nothing (S-UPD-03)', async () => {
    await makePublic(house.system, house.at, { column: 'policies/normative' }, instant('2026-11-20 10:00'))
    await makePublic(house.system, house.at, { column: 'policies/normative' }, instant('2026-11-02 10:00'))
    const found = await columnsOf(house.connection.db, instant('2027-05-21 00:00'), house.at.site)
    expect(found.find(one => one.rule === 'S-UPD-03' && one.place.label === '栏目 policies')).toMatchObject({
      stage: 'finding',
      since: '2027-05-21',
      who: house.at.government.name,
      place: { desk: `/columns/${house.at.columns.get('policies')}`, address: '/columns/policies' },
    })
    expect(await at('2027-05-20 23:59')).toContain('S-UPD-03 栏目 policies urgent')
  })

  it('a column is empty from the day its last item was withdrawn (S-UPD-05)', async () => {
    const item = await makePublic(house.system, house.at, { column: 'notices' }, instant('2026-11-21 10:00'))
    expect(await at('2026-11-23 11:00')).not.toContain('S-UPD-05 栏目 notices finding')
    house.setTime('2026-11-24 15:00')
    await takeDown(house.system, { publicationId: item.id, how: 'withdrawn', reason: '有误', to: '' })
    const found = await columnsOf(house.connection.db, instant('2026-11-30 09:00'), house.at.site)
    expect(found.find(one => one.key === `S-UPD-05:${house.at.columns.get('notices')}`)).toMatchObject({
      since: '2026-11-24',
    })
    // Any past day can be asked again (S-CHK-90)
    expect(await at('2026-11-24 14:59')).not.toContain('S-UPD-05 栏目 notices finding')
  })

  it('two columns with exactly the same items are found (S-DUP-02)', async () => {
    const input = { siteId: house.at.site.id, description: '说明', keywords: '词', type: '机构职能' }
    const twin = async (path: string) =>
      saveColumn(house.system, columnInput.parse({ ...input, path, name: `栏目 ${path}` }))
    const columnIds = [await twin('one'), await twin('two')]
    for (const title of ['甲', '乙']) await makePublic(house.system, house.at, { title, columnIds })
    expect(await at('2026-11-30 09:00')).toContain('S-DUP-02 栏目 one finding')
  })
})
