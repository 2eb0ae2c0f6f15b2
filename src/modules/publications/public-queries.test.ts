import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePublic } from '../../../test/make/publication.ts'
import {
  documentFacts,
  instant,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../test/make/publishing.ts'
import { takeDown } from './actions/take-down.ts'
import { listEditions } from './draft-queries.ts'
import { findMovedAddress, findPublicView, isAnyPublic, nextBoundary } from './public-queries.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const db = () => house.connection.db
const find = (publicId: string, more: object = {}) =>
  findPublicView(db(), house.now(), { siteId: house.at.site.id, publicId, segment: 'policies', ...more })

describe('the public view', () => {
  it('stands at the address of its kind and site, and nowhere else', async () => {
    const item = await makePublic(house.system, house.at, documentFacts('办法'))
    expect(await find(item.publicId)).toMatchObject({
      title: '办法',
      columns: [{ path: 'policies/normative' }],
    })
    expect(await find(item.publicId, { segment: 'notices' })).toBeNull()
    expect(await find(item.publicId, { siteId: crypto.randomUUID() })).toBeNull()
    for (const publicId of ['2222222222', '', "' or true --", item.publicId.toUpperCase()])
      expect(await find(publicId), publicId).toBeNull()
  })

  it('of an edition that does not exist there is none', async () => {
    const item = await makePublic(house.system, house.at, documentFacts('办法'))
    for (const number of [0, 2, -1, 2 ** 31 - 1]) expect(await find(item.publicId, { number })).toBeNull()
  })

  it('of an item that has left, its editions have left too', async () => {
    const item = await makeReviewed(house, documentFacts('办法'))
    house.setTime('2026-11-23 11:00')
    await takeDown(house.reviewer, { publicationId: item.id, how: 'withdrawn', reason: '有误', to: '' })
    expect(await find(item.publicId, { number: 1 })).toMatchObject({ how: 'withdrawn' })
    const [edition] = await listEditions(db(), item.id)
    expect(await isAnyPublic(db(), house.now(), [edition?.id ?? ''])).toBe(false)
    expect(await isAnyPublic(db(), house.now(), [])).toBe(false)
  })
})

describe('the next boundary', () => {
  it('is the next instant at which something opens or closes by schedule', async () => {
    expect(await nextBoundary(db(), house.now())).toBeNull()
    await makeReviewed(house, { shownUntil: '2026-12-31' })
    await makeReviewed(house, {}, '2026-12-24 09:00')
    expect(await nextBoundary(db(), house.now())).toEqual(instant('2026-12-24 09:00'))
    expect(await nextBoundary(db(), instant('2026-12-24 09:00'))).toEqual(instant('2027-01-01 00:00'))
    expect(await nextBoundary(db(), instant('2027-01-01 00:00'))).toBeNull()
  })
})

describe('an address of an older site (S-DOM-04)', () => {
  it('leads to what is public now, never to what is not', async () => {
    const item = await makeReviewed(house, documentFacts('搬来的办法'))
    await sql`insert into moved_addresses (site_id, path, publication_id)
      values (${house.at.site.id}, '/art/2019/1.html', ${item.id})`.execute(db())
    const moved = (path = '/art/2019/1.html', siteId = house.at.site.id) =>
      findMovedAddress(db(), house.now(), siteId, path)
    expect(await moved()).toBe(`/policies/${item.publicId}`)
    expect(await moved('/art/2019/2.html')).toBeNull()
    expect(await moved('/art/2019/1.html', crypto.randomUUID())).toBeNull()
    house.setTime('2026-11-23 12:00')
    await takeDown(house.reviewer, { publicationId: item.id, how: 'gone', reason: '有误', to: '' })
    expect(await moved()).toBeNull()
  })
})
