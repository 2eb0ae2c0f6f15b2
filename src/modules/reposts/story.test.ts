import { afterAll, beforeAll, expect, it } from 'vitest'
import { dutiesAbout } from '#modules/duties'
import { itemRoutes } from '#modules/publications'
import type { Context, DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { instant, review } from '../../../test/make/publishing.ts'
import { findDraft } from '../publications/draft-queries.ts'
import { readDueFeeds, subjectKind } from './actions/read-new.ts'
import { settleDrafts } from './actions/settle-drafts.ts'
import { repostsWith } from './module.ts'
import { selectEntries } from './queries.ts'
import { makeReposts, type Reposts, rssOf } from './reposts-for-tests.ts'

let at: Reposts
beforeAll(async () => {
  at = await makeReposts()
})
afterAll(() => at.leave())

const onDesk = ({ actor, ...ctx }: Context): DeskContext => {
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...ctx, actor, publicOrigin: 'http://localhost:3000' }
}

it('B7, S-UPD-09: a higher policy is watched for, proposed with its hours, reposted with one click, reviewed by another, and met', async () => {
  const { house, province } = at
  const desk = deskVisit(repostsWith(province.reach).deskRoutes)
  const link = '/2026/fangxun.html'
  province.pages.set('/rss.xml', rssOf([{ link, title: '关于做好防汛工作的通知', at: '2026-11-23 09:00' }]))
  province.pages.set(
    link,
    '<html><body><h1>关于做好防汛工作的通知</h1><div class="content"><p>各市、县人民政府：</p><p>为做好防汛工作，现将有关事项通知如下，请认真执行。</p><p>一、加强巡查，落实责任，确保群众生命财产安全。</p></div></body></html>',
  )
  house.setTime('2026-11-23 10:00')
  const officer = onDesk(at.officer)
  const { html } = await desk.show(officer, 'GET', '/repost-feeds/new')
  const form = {
    ...formOf(html),
    name: '省人民政府',
    address: province.address('/rss.xml'),
    form: 'feed',
    scope: 'general',
    columnId: house.at.columns.get('notices') ?? '',
    intervalMinutes: '30',
  }
  const tried = await desk.show(officer, 'POST', '/repost-feeds/new', {}, { form: { ...form, do: 'try' } })
  expect(tried.html).toContain('试读结果：省政府')
  await desk.ask(officer, 'POST', '/repost-feeds/new', {}, { form })

  expect(await readDueFeeds(house.system, province.reach)).toBe(1)
  const open = { siteId: at.siteId, show: 'open' } as const
  const [entry] = (await selectEntries(at.db, open, { page: 1, pageSize: 9 })).rows
  const id = entry?.id ?? ''
  const duty = async () => (await dutiesAbout(at.db, { siteId: at.siteId, kind: subjectKind, id }))[0]
  expect((await desk.show(officer, 'GET', '/reposts/:id', { id })).html).toContain('到 2026-11-24 09:00')
  expect(await duty()).toMatchObject({ rule: 'S-UPD-09', metAt: null })

  const drafter = onDesk(at.drafter)
  const reply = await desk.ask(drafter, 'POST', '/reposts/:id/repost', { id }, { form: { how: 'text' } })
  const publicId = (reply.kind === 'redirect' && reply.to.split('/').at(-1)) || ''
  const reader = readerOf(house.system, house.at.site)
  await expect(visit(reader, itemRoutes('reposts'), `/reposts/${publicId}`)).rejects.toThrow()
  const { id: draftId } = await at.db
    .selectFrom('publications')
    .select('id')
    .where('publicId', '=', publicId)
    .executeTakeFirstOrThrow()
  const draft = await findDraft(at.db, draftId)
  house.setTime('2026-11-23 15:00')
  await review(
    { drafter: at.drafter, reviewer: at.reviewer },
    { id: draftId, revision: draft?.revision ?? 0 },
  )

  const { words } = await visit(reader, itemRoutes('reposts'), `/reposts/${publicId}`)
  expect(words).toContain('转载自省人民政府（2026年11月23日）')
  expect(words).toContain('加强巡查，落实责任')
  await settleDrafts(house.system)
  expect(await duty()).toMatchObject({ metAt: instant('2026-11-23 15:00') })
})
