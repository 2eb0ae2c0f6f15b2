import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dutiesAbout } from '#modules/duties'
import { findPublicView } from '#modules/publications'
import { makePublic } from '../../../../test/make/publication.ts'
import { instant, review } from '../../../../test/make/publishing.ts'
import { discardDraft } from '../../publications/actions/discard-draft.ts'
import { findDraft } from '../../publications/draft-queries.ts'
import { type Entry, findEntry, selectEntries } from '../queries.ts'
import { makeReposts, type Reposts, rssOf } from '../reposts-for-tests.ts'
import { declineEntries, declineInput } from './decline-entries.ts'
import { readDueFeeds, subjectKind } from './read-new.ts'
import { repostEntry } from './repost-entry.ts'
import { settleDrafts } from './settle-drafts.ts'
import { usePublished } from './use-published.ts'

let at: Reposts
beforeAll(async () => {
  at = await makeReposts()
  at.house.setTime('2026-11-23 10:00')
  const items = Array.from({ length: 8 }, (_, n) => ({
    link: `/a/${n}.html`,
    title: `省政府关于防汛的通知${n}`,
    at: '2026-11-23 09:00',
  }))
  at.province.pages.set('/rss.xml', rssOf(items))
  at.province.pages.set(
    '/a/0.html',
    `<html><head><title>通知 - 省政府</title></head><body><div class="nav">首页 政务</div><table><tr><td>索引号</td><td>X-1</td>
     <td>发文字号</td><td>云政发〔2026〕12号</td></tr><tr><td>发文机关</td><td>省人民政府办公厅</td><td>成文日期</td><td>2026年11月22日</td></tr></table>
     <h1>省政府关于防汛的通知0</h1><div class="content"><p>各市、县人民政府：</p><p>为做好防汛工作，现将有关事项通知如下，请认真贯彻执行。</p>
     <p><img src="/p.jpg"><script>alert(1)</script></p><p>一、加强巡查，落实责任，确保人民群众生命财产安全。</p><p>见<a href="../b.html">方案</a>。</p>
     <p>附件：<a href="fj.pdf">名单.pdf</a></p></div></body></html>`,
  )
  at.province.pages.set('/a/1.html', '<html><body><div id="app"></div></body></html>')
  await at.watch()
  await readDueFeeds(at.house.system, at.province.reach)
})
afterAll(() => at.leave())

const entry = async (n: number): Promise<Entry> => {
  for (const show of ['open', 'drafted', 'done', 'declined'] as const) {
    const { rows } = await selectEntries(at.db, { siteId: at.siteId, show }, { page: 1, pageSize: 50 })
    const found = rows.find(one => one.title.endsWith(String(n)))
    if (found) return found
  }
  throw new Error(`no entry ${n}`)
}
const duty = async (n: number) =>
  (await dutiesAbout(at.db, { siteId: at.siteId, kind: subjectKind, id: (await entry(n)).id }))[0]
const draftOf = async (n: number) => {
  const { publicationId } = await entry(n)
  const draft = publicationId ? await findDraft(at.db, publicationId) : undefined
  if (!publicationId || !draft) throw new Error('no draft')
  return { ...draft, publicationId }
}

describe('reposting with one click', () => {
  it('begins a draft with the text, its source named and linked; number and issuers are theirs', async () => {
    const { id } = await entry(0)
    await repostEntry(at.drafter, { id, how: 'text' }, at.province.reach)
    const draft = await draftOf(0)
    expect(draft).toMatchObject({
      title: '省政府关于防汛的通知0',
      source: '省人民政府',
      docNo: '云政发〔2026〕12号',
      issuers: ['省人民政府办公厅'],
      signedOn: '2026-11-22',
      fields: { originalUrl: at.province.address('/a/0.html'), originallyOn: '2026-11-23' },
    })
    expect(draft.bodyHtml).toContain('现将有关事项通知如下')
    expect(draft.bodyHtml).not.toMatch(/<img|<script|首页 政务/)
    expect(draft.bodyHtml).toContain(at.province.address('/b.html'))
    expect(draft.bodyHtml).toContain(at.province.address('/a/fj.pdf'))
  })

  it('nothing is public, and the duty runs on, until somebody else has reviewed it', async () => {
    expect(await settleDrafts(at.house.system)).toBe(0)
    expect((await duty(0))?.metAt).toBeNull()
    expect((await entry(0)).state).toBe('drafted')
  })

  it('S-UPD-09: public, it met its duty at the moment when readers could see it; the page says whence it comes', async () => {
    at.house.setTime('2026-11-23 15:00')
    const draft = await draftOf(0)
    await review(
      { drafter: at.drafter, reviewer: at.reviewer },
      { id: draft.publicationId, revision: draft.revision },
    )
    at.house.setTime('2026-11-24 12:00')
    expect(await settleDrafts(at.house.system)).toBe(1)
    expect(await duty(0)).toMatchObject({
      metAt: instant('2026-11-23 15:00'),
      metFact: { kind: 'publication', label: '省政府关于防汛的通知0' },
    })
    expect((await entry(0)).state).toBe('published')
    expect(await settleDrafts(at.house.system)).toBe(0)
  })

  it('a page without text, or one that does not answer, says so and leaves the proposal open', async () => {
    const ask = async (n: number) =>
      repostEntry(at.drafter, { id: (await entry(n)).id, how: 'text' }, at.province.reach)
    await expect(ask(1)).rejects.toThrow('没有找到正文')
    await expect(ask(2)).rejects.toThrow('状态 404')
    expect((await entry(1)).state).toBe('open')
  })

  it('a link only, whole enough to go to review', async () => {
    await repostEntry(at.drafter, { id: (await entry(1)).id, how: 'link' }, at.province.reach)
    const draft = await draftOf(1)
    expect(draft.bodyHtml).toContain('省人民政府于2026年11月23日发布了')
    expect(draft.bodyHtml).toContain(`<a href="${at.province.address('/a/1.html')}">`)
    expect(draft.issuers).toEqual(['省人民政府'])
  })

  it('a draft thrown away is a proposal again', async () => {
    await discardDraft(at.drafter, (await draftOf(1)).publicationId)
    expect(await settleDrafts(at.house.system)).toBe(1)
    expect(await entry(1)).toMatchObject({ state: 'open', publicationId: null, decidedBy: null })
  })

  it('the second of two officers is told who was first; one draft is made', async () => {
    const { id } = await entry(3)
    const both = await Promise.allSettled([
      repostEntry(at.drafter, { id, how: 'link' }, at.province.reach),
      repostEntry(at.officer, { id, how: 'link' }, at.province.reach),
    ])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(String(both.find(one => one.status === 'rejected')?.reason)).toMatch(/已由(林晓|何敏)办理/)
  })
})

describe('what is public already', () => {
  it('stands for the repost without a copy: of our own site, or placed in a column of ours', async () => {
    const { id, title } = await entry(7)
    at.house.setTime('2026-11-23 16:00')
    const item = await makePublic(at.house.system, at.house.at, { title })
    const other = await makePublic(at.house.system, at.house.at, { title: '别的文件' })
    const choose = (publicationId: string) => usePublished(at.drafter, { id, publicationId })
    await expect(choose(other.id)).rejects.toThrow('不是同一份文件')
    await choose(item.id)
    expect(await entry(7)).toMatchObject({ state: 'placed', publicationId: item.id, decidedBy: '林晓' })
    expect((await duty(7))?.metAt).toEqual(instant('2026-11-23 16:00'))
    await expect(choose(item.id)).rejects.toThrow('已由林晓办理')
  })
})

describe('not reposting', () => {
  const ids = async (...ns: number[]) => Promise.all(ns.map(async n => (await entry(n)).id))

  it('says why, and waives the duties with that reason, several at once', async () => {
    const input = declineInput.parse({ ids: await ids(4, 5), reason: '只涉及沿海市县，与本县无关。' })
    expect(await declineEntries(at.officer, input)).toBe(2)
    expect(await duty(4)).toMatchObject({ waivedReason: '只涉及沿海市县，与本县无关。', waivedBy: '何敏' })
    expect(await findEntry(at.db, input.ids[1] ?? '')).toMatchObject({ state: 'declined', decidedBy: '何敏' })
  })

  it('all or none: one that somebody has decided keeps the others as they were', async () => {
    const input = { ids: await ids(6, 4), reason: '与本县无关的事项。' }
    await expect(declineEntries(at.officer, input)).rejects.toThrow('已由何敏办理：不转载')
    expect((await entry(6)).state).toBe('open')
  })

  it('is for the openness office of this site alone', async () => {
    const input = { ids: await ids(6), reason: '与本县无关的事项。' }
    await expect(declineEntries(at.drafter, input)).rejects.toMatchObject({ status: 403 })
    const elsewhere = at.house.as(['openness-office'], '外人', at.house.at.department)
    await expect(declineEntries(elsewhere, input)).rejects.toMatchObject({ status: 403 })
    await expect(
      repostEntry(elsewhere, { id: input.ids[0] ?? '', how: 'link' }, at.province.reach),
    ).rejects.toMatchObject({ status: 403 })
  })

  it('asks for a reason and a choice', () => {
    expect(declineInput.safeParse({ ids: [], reason: '与本县无关' }).success).toBe(false)
    expect(declineInput.safeParse({ ids: [crypto.randomUUID()], reason: '无' }).success).toBe(false)
  })
})

it('readers find the way back to the original', async () => {
  const { publicationId } = await entry(0)
  const { publicId } = await at.db
    .selectFrom('publications')
    .select('publicId')
    .where('id', '=', publicationId ?? '')
    .executeTakeFirstOrThrow()
  const view = await findPublicView(at.db, at.house.now(), {
    siteId: at.siteId,
    publicId,
    segment: 'reposts',
  })
  expect(view).toMatchObject({ kind: 'repost', source: '省人民政府' })
})
