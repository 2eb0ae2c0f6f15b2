import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemRoutes, listedJson, publicByIds } from '#modules/publications'
import type { Context, DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { makeGovernment } from '../../../test/make/government.ts'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { review } from '../../../test/make/publishing.ts'
import { findDraft } from '../publications/draft-queries.ts'
import { readDueFeeds } from './actions/read-new.ts'
import { repostsWith } from './module.ts'
import { findFeed, listFeeds, selectEntries } from './queries.ts'
import { readFeed } from './reading/read-feed.ts'
import { makeReposts, type Reposts, rssOf } from './reposts-for-tests.ts'

let at: Reposts
let officer: DeskContext
let drafter: DeskContext
const onDesk = ({ actor, ...ctx }: Context): DeskContext => {
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...ctx, actor, publicOrigin: 'http://localhost:3000' }
}
let desk: ReturnType<typeof deskVisit>
beforeAll(async () => {
  at = await makeReposts()
  at.house.setTime('2026-11-23 10:00')
  officer = onDesk(at.officer)
  drafter = onDesk(at.drafter)
  desk = deskVisit(repostsWith(at.province.reach).deskRoutes)
  at.province.pages.set(
    '/rss.xml',
    rssOf([
      {
        link: '/a/1.html',
        title: '关于&lt;b&gt;防汛&lt;/b&gt;的通知（云政发〔2026〕12号）',
        at: '2026-11-23 09:00',
      },
      { link: '/a/2.html', title: '关于会见的消息', at: '2026-11-23' },
      { link: '/a/3.html', title: '关于抗旱的通知', at: '2026-11-23 09:30' },
      { link: '/a/4.html', title: '没有日期的通知' },
    ]),
  )
})
afterAll(() => at.leave())

const filled = (more: object = {}) => ({
  name: '省人民政府',
  address: at.province.address('/rss.xml'),
  form: 'feed',
  scope: 'general',
  noneWords: '会见',
  intervalMinutes: '30',
  ...more,
})

describe('sources', () => {
  it('a fresh installation watches nobody, and says how to begin', async () => {
    const { html } = await desk.show(officer, 'GET', '/reposts')
    expect(html).toContain('没有添加以前，系统不访问任何网站')
    expect(html).toContain('/repost-feeds')
  })

  it('trying an address shows what would be read, and keeps nothing', async () => {
    const { html } = await desk.show(officer, 'GET', '/repost-feeds/new')
    const tried = await desk.show(
      officer,
      'POST',
      '/repost-feeds/new',
      {},
      {
        form: { ...formOf(html), ...filled(), do: 'try' },
      },
    )
    for (const words of [
      '试读结果：省政府',
      '关于防汛的通知',
      '云政发〔2026〕12号',
      '不列',
      '1 条没有注明时间',
    ])
      expect(tried.html).toContain(words)
    expect(tried.html).toContain('value="省人民政府"')
    expect(await listFeeds(at.db, [at.siteId])).toEqual([])
  })

  it.each([
    ['http://10.0.0.1/rss.xml', '指向内部网络'],
    ['http://nobody.example/', '域名不存在'],
    ['ftp://a.example/', '请填写完整的网址'],
  ])('%s: %s', async (address, words) => {
    const form = { ...filled({ address }), do: 'try' }
    expect((await desk.show(officer, 'POST', '/repost-feeds/new', {}, { form })).html).toContain(words)
  })

  it('what robots.txt forbids is not read', async () => {
    at.province.pages.set('/robots.txt', 'User-agent: *\nDisallow: /closed/')
    at.province.pages.set('/closed/rss.xml', rssOf([]))
    const form = { ...filled({ address: at.province.address('/closed/rss.xml') }), do: 'try' }
    const { html } = await desk.show(officer, 'POST', '/repost-feeds/new', {}, { form })
    expect(html).toContain('robots.txt')
  })

  it('a form with faults comes back with what was typed', async () => {
    const form = filled({ name: '', form: 'list', intervalMinutes: '1' })
    const { page, html } = await desk.show(officer, 'POST', '/repost-feeds/new', {}, { form })
    expect(page.status).toBe(422)
    for (const words of ['请填写上级政府', '每一行在哪里', '最短 10 分钟', 'value="会见"'])
      expect(html).toContain(words)
  })

  it('saved, it stands in the list; the same address twice is refused', async () => {
    const saved = await desk.ask(officer, 'POST', '/repost-feeds/new', {}, { form: filled() })
    expect(saved).toMatchObject({ kind: 'redirect', to: '/repost-feeds?site=yunxi&done=saved' })
    expect((await desk.show(drafter, 'GET', '/repost-feeds')).html).toContain('省人民政府')
    const again = await desk.show(officer, 'POST', '/repost-feeds/new', {}, { form: filled() })
    expect(again.page.status).toBe(409)
    expect(again.html).toContain('已经在关注')
  })

  it('the second of two officers is told; a drafter may look, not change', async () => {
    const [feed] = await listFeeds(at.db, [at.siteId])
    const id = feed?.id ?? ''
    const { html } = await desk.show(officer, 'GET', '/repost-feeds/:id', { id })
    const form = { ...formOf(html), ...filled({ intervalMinutes: '60' }) }
    await desk.ask(officer, 'POST', '/repost-feeds/:id', { id }, { form })
    const late = await desk.show(officer, 'POST', '/repost-feeds/:id', { id }, { form })
    expect(late.page.status).toBe(409)
    expect(late.html).toContain('何敏改过这个来源')
    expect((await findFeed(at.db, id))?.intervalMinutes).toBe(60)
    const seen = await desk.show(drafter, 'GET', '/repost-feeds/:id', { id })
    expect(seen.html).toContain('来源由政务公开办修改')
    await expect(desk.ask(drafter, 'POST', '/repost-feeds/:id', { id }, { form })).rejects.toThrow(
      'may not open',
    )
  })
})

describe('proposals', () => {
  const first = async () =>
    (await selectEntries(at.db, { siteId: at.siteId, show: 'open' }, { page: 1, pageSize: 9 })).rows[0]

  it('stand in the list with the hour by which they are due', async () => {
    await readDueFeeds(at.house.system, at.province.reach)
    const { html } = await desk.show(drafter, 'GET', '/reposts')
    for (const words of ['关于防汛的通知', '云政发〔2026〕12号', '2026-11-24 09:00'])
      expect(html).toContain(words)
    expect(html).not.toContain('关于会见')
    // Whoever may not decline is not offered it
    expect(html).not.toContain('勾选的不转载')
    expect((await desk.show(officer, 'GET', '/reposts')).html).toContain('勾选的不转载')
    const filtered = await desk.show(officer, 'GET', '/reposts', {}, { query: { show: 'filtered' } })
    expect(filtered.html).toContain('关于会见')
  })

  it('one says from when its hours run, and why from then', async () => {
    const { html } = await desk.show(officer, 'GET', '/reposts/:id', { id: (await first())?.id ?? '' })
    expect(html).toContain(
      '2026-11-23 09:00（来源注明的发布时间）；加 24 小时，休息日照算，到 2026-11-24 09:00',
    )
  })

  it('a text that cannot be fetched is said on the page', async () => {
    const params = { id: (await first())?.id ?? '' }
    const { page, html } = await desk.show(drafter, 'POST', '/reposts/:id/repost', params, {
      form: { how: 'text' },
    })
    expect(page.status).toBe(503)
    expect(html).toContain('原文没有取到：对方回答：状态 404')
  })

  it('one click leads to the draft; its page for readers says whence it comes', async () => {
    const entry = await first()
    const reply = await desk.ask(
      drafter,
      'POST',
      '/reposts/:id/repost',
      { id: entry?.id ?? '' },
      {
        form: { how: 'link' },
      },
    )
    expect(reply).toMatchObject({ kind: 'redirect', to: expect.stringMatching(/^\/publications\/\w{10}$/) })
    const publicId = reply.kind === 'redirect' ? (reply.to.split('/').at(-1) ?? '') : ''
    const { id } = await at.db
      .selectFrom('publications')
      .select('id')
      .where('publicId', '=', publicId)
      .executeTakeFirstOrThrow()
    const draft = await findDraft(at.db, id)
    const columnId = at.house.at.columns.get('notices') ?? ''
    await at.db
      .updateTable('editions')
      .set({ columnIds: [columnId] })
      .where('publicationId', '=', id)
      .execute()
    await review({ drafter: at.drafter, reviewer: at.reviewer }, { id, revision: draft?.revision ?? 1 })
    const { words, links } = await visit(
      readerOf(at.house.system, at.house.at.site),
      itemRoutes('reposts'),
      `/reposts/${publicId}`,
    )
    expect(words).toContain('转载自省人民政府（2026年11月23日）')
    expect(words).toContain('内容以原文为准')
    expect(links.some(link => link.startsWith('/leaving?to='))).toBe(true)
    const seen = await desk.show(officer, 'GET', '/reposts/:id', { id: entry?.id ?? '' })
    expect(seen.html).toContain('稿子在办')
  })

  it('what another site of the installation has made public is offered instead of a copy', async () => {
    const entry = await first()
    const other = await makeGovernment(at.house.system, 'other')
    await makePublic(at.house.system, other, { title: entry?.title })
    const { html } = await desk.show(drafter, 'GET', '/reposts/:id', { id: entry?.id ?? '' })
    expect(html).toContain('已经公开了同一份文件')
    expect(html).toContain('/s/other/notices/')
    await makePublic(at.house.system, at.house.at, { title: entry?.title })
    const params = { id: entry?.id ?? '' }
    const here = await desk.show(drafter, 'GET', '/reposts/:id', params)
    expect(here.html).toContain('就是这一件，不再另发')
    const wrong = await desk.show(drafter, 'POST', '/reposts/:id/published', params, {
      form: { publicationId: crypto.randomUUID() },
    })
    expect(wrong.html).toContain('现在没有在本站公开')
  })

  it('the list of another Mingtang is read as it is written', async () => {
    const item = await makePublic(at.house.system, at.house.at, { title: '接口里的一件' })
    const rows = await publicByIds(at.db, at.house.now(), at.siteId, [item.id])
    const items = rows.map(row => listedJson(row, 'http://m.example'))
    const read = readFeed(Buffer.from(JSON.stringify({ items, total: 1, pageSize: 20 })), {
      address: 'http://m.example/api/v1/publications',
      form: 'feed',
      itemSelector: null,
    })
    expect(read.entries).toMatchObject([
      {
        title: '接口里的一件',
        link: `http://m.example/notices/${item.publicId}`,
        publishedAt: at.house.now(),
      },
    ])
  })

  it('several are declined at once, with a reason', async () => {
    const entry = await first()
    const form = { ids: entry?.id ?? '', reason: '' }
    const refused = await desk.show(officer, 'POST', '/reposts', {}, { form })
    expect(refused.page.status).toBe(422)
    expect(refused.html).toContain('请写明不转载的理由')
    expect(refused.html).toContain(' checked')
    const done = await desk.ask(
      officer,
      'POST',
      '/reposts',
      {},
      {
        form: { ...form, reason: '与本县没有关系的事项。' },
      },
    )
    expect(done).toMatchObject({ to: '/reposts?site=yunxi&declined=1' })
    const { html } = await desk.show(officer, 'GET', '/reposts/:id', { id: entry?.id ?? '' })
    expect(html).toContain('理由：与本县没有关系的事项。')
  })

  it('an address that is no proposal says so; another organ’s officer sees none', async () => {
    for (const id of ['x', crypto.randomUUID()])
      await expect(desk.ask(officer, 'GET', '/reposts/:id', { id })).rejects.toMatchObject({ status: 404 })
    const elsewhere = onDesk(at.house.as(['openness-office'], '外人', at.house.at.department))
    await expect(desk.ask(elsewhere, 'GET', '/reposts')).rejects.toMatchObject({ status: 404 })
  })
})
