import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { momentInBeijing } from '#lib/beijing-time'
import { createSite, createSiteInput, type SiteRow } from '#modules/organisations'
import { makeDraft } from '../../../../test/make/publication.ts'
import { makePublishing, makeReviewed, type Publishing, review } from '../../../../test/make/publishing.ts'
import { listPublic } from '../list-queries.ts'
import { findPublicView } from '../public-queries.ts'
import { listPublishingActs } from '../publishing-acts.ts'
import { columnInput, saveColumn } from './save-column.ts'
import { startEdition } from './start-edition.ts'
import { type TakeDownInput, takeDown, takeDownInput } from './take-down.ts'

let house: Publishing
let second: SiteRow
let secondColumn: string
beforeAll(async () => {
  house = await makePublishing()
  second = await createSite(
    house.system,
    createSiteInput.parse({
      key: 'water',
      organId: house.at.department.id,
      name: '云溪县水利局',
      shortName: '水利局',
      tagline: '',
      domain: 'slj.yunxi.example',
      siteCode: '9900000002',
      hosts: [],
      isDefault: false,
      footer: { host: '县水利局', contactPhone: '0990-5550101' },
    }),
  )
  const column = { path: 'news', name: '水利要闻', description: '说明', keywords: '水利', type: '工作动态' }
  secondColumn = await saveColumn(house.system, columnInput.parse({ siteId: second.id, ...column }))
})
afterAll(() => house.leave())

const find = (publicId: string, siteId = house.at.site.id) =>
  findPublicView(house.connection.db, house.now(), { siteId, publicId, segment: 'notices' })
/** An hour later it is taken down. */
function leave(item: { id: string }, how: TakeDownInput['how'], to = '') {
  house.setTime(momentInBeijing(new Date(house.now().getTime() + 3600_000)))
  return takeDown(
    house.reviewer,
    takeDownInput.parse({ publicationId: item.id, how, reason: '内容有误，正在核对。', to }),
  )
}
const titlesOn = async (siteId: string) =>
  (await listPublic(house.connection.db, house.now(), { siteId }, { page: 1, pageSize: 100 })).rows.map(
    row => row.title,
  )

describe('the ways to leave (S-DOM-04)', () => {
  it.each(['withdrawn', 'gone'] as const)('%s: the address says why and when', async how => {
    const item = await makeReviewed(house, { title: `将要${how}的通知` })
    await leave(item, how)
    expect(await find(item.publicId)).toEqual({
      how,
      at: house.now(),
      reason: '内容有误，正在核对。',
      title: `将要${how}的通知`,
      to: null,
    })
    expect(await titlesOn(house.at.site.id)).not.toContain(`将要${how}的通知`)
    const [act] = await listPublishingActs(house.connection.db, item.id)
    expect(act).toMatchObject({ act: how, actor: '何敏', reason: '内容有误，正在核对。' })
  })

  it.each(['redirected', 'superseded'] as const)('%s: it leads to what takes its place', async how => {
    const [old, fresh] = [await makeReviewed(house), await makeReviewed(house)]
    await leave(old, how, `https://www.yunxi.example/notices/${fresh.publicId}?from=mail`)
    expect(await find(old.publicId)).toMatchObject({ how, to: `/notices/${fresh.publicId}` })
    await leave(fresh, 'withdrawn')
    expect(await find(old.publicId), 'nobody is sent to a page that has left').toMatchObject({ to: null })
  })

  it('nobody is sent to what is not there, not public, or the item itself', async () => {
    const item = await makeReviewed(house)
    const draft = await makeDraft(house.drafter, house.at)
    const scheduled = await makeReviewed(house, {}, '2026-12-24 09:00')
    await expect(leave(item, 'redirected', '')).rejects.toMatchObject({ code: 'publications.no-target' })
    await expect(leave(item, 'redirected', '/notices/2222222222')).rejects.toMatchObject({
      code: 'publications.no-target',
    })
    await expect(leave(item, 'superseded', item.publicId)).rejects.toMatchObject({
      code: 'publications.no-target',
    })
    for (const hidden of [draft, scheduled])
      await expect(leave(item, 'redirected', hidden.publicId)).rejects.toMatchObject({
        code: 'publications.target-not-public',
      })
    expect(await find(item.publicId)).toHaveProperty('bodyHtml')
  })

  it('expired: shown through its last day, then gone by itself', async () => {
    house.setTime('2026-11-23 10:00')
    const item = await makeReviewed(house, { title: '公示七天', shownUntil: '2026-11-30' })
    house.setTime('2026-11-30 23:59')
    expect(await find(item.publicId)).toHaveProperty('bodyHtml')
    house.setTime('2026-12-01 00:00')
    expect(await find(item.publicId)).toMatchObject({ how: 'expired', at: house.now(), title: '公示七天' })
    expect(await titlesOn(house.at.site.id)).not.toContain('公示七天')
  })

  it('what was never public leaves no trace: a draft and a schedule answer as if they did not exist', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    const scheduled = await makeReviewed(house, {}, '2026-12-24 09:00')
    for (const item of [draft, scheduled]) {
      await expect(leave(item, 'withdrawn')).rejects.toMatchObject({ code: 'publications.never-public' })
      expect(await find(item.publicId)).toBeNull()
    }
  })

  it('a correction that waits goes with it, and nothing brings it back', async () => {
    const item = await makeReviewed(house)
    await startEdition(house.drafter, item.id)
    await sql`update editions set change_note = '更新' where publication_id = ${item.id} and sealed_at is null`.execute(
      house.connection.db,
    )
    await review(house, { id: item.id, revision: 1 }, '2026-12-24 09:00')
    await leave(item, 'withdrawn')
    house.setTime('2026-12-25 10:00')
    expect(await find(item.publicId)).toMatchObject({ how: 'withdrawn' })
    await expect(startEdition(house.drafter, item.id)).rejects.toMatchObject({ code: 'publications.left' })
    await expect(leave(item, 'gone')).rejects.toMatchObject({ code: 'publications.left' })
  })

  it('only those in charge of the organ may take down', async () => {
    const item = await makeReviewed(house)
    const input = takeDownInput.parse({ publicationId: item.id, how: 'withdrawn', reason: '误发' })
    await expect(takeDown(house.drafter, input)).rejects.toMatchObject({ status: 403 })
    const elsewhere = house.as(['openness-office'], '外单位', house.at.government)
    await expect(takeDown(elsewhere, input)).rejects.toMatchObject({ status: 403 })
  })
})

describe('placed on a second site (W3)', () => {
  it('is shown on both, and gone from both at once', async () => {
    const main = house.at.columns.get('notices')
    const item = await makeReviewed(house, { title: '两个站点都有', columnIds: [main, secondColumn] })
    for (const site of [house.at.site, second]) {
      expect(await find(item.publicId, site.id)).toMatchObject({ title: '两个站点都有' })
      expect(await titlesOn(site.id)).toContain('两个站点都有')
    }
    expect(await find(item.publicId, second.id)).toMatchObject({ columns: [{ path: 'news' }] })
    const searched = await sql<{ siteId: string }>`
      select site_id from search_entries where publication_id = ${item.id}`.execute(house.connection.db)
    expect(searched.rows).toHaveLength(2)
    await leave(item, 'withdrawn')
    for (const site of [house.at.site, second]) {
      expect(await find(item.publicId, site.id)).toMatchObject({ how: 'withdrawn' })
      expect(await titlesOn(site.id)).not.toContain('两个站点都有')
    }
  })

  it('what is not placed there does not exist there', async () => {
    const item = await makeReviewed(house)
    expect(await find(item.publicId, second.id)).toBeNull()
    await leave(item, 'withdrawn')
    expect(await find(item.publicId, second.id)).toBeNull()
  })

  it('the main column is one of its own site', async () => {
    await expect(makeDraft(house.drafter, house.at, { columnIds: [secondColumn] })).rejects.toMatchObject({
      code: 'publications.foreign-main-column',
    })
  })
})
