import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readDocument } from '#modules/files'
import type { DeskContext } from '#platform/context'
import type { Content } from '#platform/http/reply'
import { openStorage } from '#platform/storage/storage'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { readerOf } from '../../../../test/make/public-visit.ts'
import { makeDraft } from '../../../../test/make/publication.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../../test/make/publishing.ts'
import { makeAhead } from '../jobs/make-ahead.job.ts'
import { Press } from '../making/press.ts'
import { renditionsWith } from '../module.ts'
import { downloadsOf } from '../public/download.route.ts'

let house: Publishing
let folder: string
let press: Press
let desk: ReturnType<typeof deskVisit>
beforeAll(async () => {
  house = await makePublishing()
  folder = await mkdtemp(join(tmpdir(), 'mingtang-renditions-'))
  press = new Press(openStorage(folder), join(folder, 'fonts'))
  desk = deskVisit(renditionsWith(press).deskRoutes)
})
afterAll(async () => {
  await press.stop()
  await house.leave()
  await rm(folder, { recursive: true, force: true })
})

const person = (name: string, ...roles: Parameters<Publishing['as']>[0]): DeskContext => {
  const { actor, ...rest } = house.as(roles, name)
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...rest, actor, publicOrigin: 'http://localhost:3000' }
}

describe('送审稿', () => {
  const path = '/publications/:id/draft.pdf'

  it('is the draft in its page, marked, made anew each time and kept nowhere', async () => {
    const draft = await makeDraft(house.drafter, house.at, {
      ...documentFacts('云溪县渡口管理办法'),
      bodyHtml: '<p>渡口应当设置标志。</p>',
    })
    const reply = (await desk.ask(person('林晓', 'drafter'), 'GET', path, { id: draft.publicId })) as Content
    expect(reply).toMatchObject({ status: 200, type: 'application/pdf' })
    expect(reply.headers?.['Cache-Control']).toBe('no-store')
    expect(decodeURIComponent(reply.headers?.['Content-Disposition'] ?? '')).toContain(
      '渡口管理办法（送审稿）.pdf',
    )
    const words = JSON.stringify(await readDocument('a.pdf', reply.body as Uint8Array))
    expect(words).toContain('渡口应当设置标志')
    expect(words).toContain('没有公开')
    const { rows } = await house.connection.pool.query('select from renditions')
    expect(rows).toHaveLength(0)
  })

  it('of what is public already there is none: it says where the files are', async () => {
    const item = await makeReviewed(house)
    await expect(
      desk.ask(person('林晓', 'drafter'), 'GET', path, { id: item.publicId }),
    ).rejects.toMatchObject({ status: 409 })
    await expect(
      desk.ask(person('林晓', 'drafter'), 'GET', path, { id: '2222222222' }),
    ).rejects.toMatchObject({ status: 404 })
  })
})

describe('files that could not be made', () => {
  it('are shown with their reason, counted in the menu, and made again when somebody says so', async () => {
    house.setTime('2026-11-25 09:00')
    const item = await makeReviewed(house, { title: '关于停电的通告', bodyHtml: '<p>停电。</p>' })
    vi.spyOn(press, 'write').mockRejectedValue(new Error('the page was not set'))
    await makeAhead(house.system, press)
    vi.restoreAllMocks()
    const keeper = person('陈立', 'openness-office')
    const { html } = await desk.show(keeper, 'GET', '/renditions')
    for (const words of ['关于停电的通告', 'the page was not set', '全部重做']) expect(html).toContain(words)
    const [entry] = renditionsWith(press).menu ?? []
    expect(await entry?.waiting?.(keeper)).toMatchObject({ count: 2 })
    await expect(desk.ask(person('林晓', 'drafter'), 'GET', '/renditions')).rejects.toThrow('may not open')

    expect(await makeAhead(house.system, press)).toBe(0)
    expect(await desk.ask(keeper, 'POST', '/renditions')).toMatchObject({ to: '/renditions?done=2' })
    expect(await makeAhead(house.system, press)).toBe(2)
    expect((await desk.show(keeper, 'GET', '/renditions')).html).toContain('都做成了')
    expect(item.publicId).not.toBe('')
  })
})

describe('下载 on the page of an item', () => {
  it('leads to the edition that is shown, with its size once it is made', async () => {
    house.setTime('2026-11-27 09:00')
    const item = await makeReviewed(house, { title: '关于修路的通告', bodyHtml: '<p>修路。</p>' })
    await makeAhead(house.system, press)
    const { findPublicView } = await import('#modules/publications')
    const where = { siteId: house.at.site.id, publicId: item.publicId, segment: 'notices' }
    const view = await findPublicView(house.connection.db, house.now(), where)
    if (!view || 'how' in view) throw new Error('not public')
    const reader = readerOf(house.system, house.at.site)
    const present = await downloadsOf(reader, view.id, view)
    expect(present).toMatchObject({ isDownload: true })
    expect(present.items.map(one => one.address)).toEqual([
      `/notices/${item.publicId}/download.pdf`,
      `/notices/${item.publicId}/download.docx`,
    ])
    for (const { title } of present.items) expect(title).toMatch(/^下载 (?:PDF|Word)（\d+ KB）$/)
    const earlier = {
      ...view,
      editions: [{ number: 2, publicFrom: house.now(), changeNote: null }, ...view.editions],
    }
    expect((await downloadsOf(reader, view.id, earlier)).items[0]?.address).toBe(
      `/notices/${item.publicId}/editions/1/download.pdf`,
    )
  })
})
