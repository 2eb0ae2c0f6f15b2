import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import { formOf } from '../../../../test/make/desk-visit.ts'
import { makeDraft, makePublic } from '../../../../test/make/publication.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../../test/make/publishing-desk.ts'
import { saveDraft, saveDraftInput } from '../actions/save-draft.ts'
import { submitDraft } from '../actions/submit-draft.ts'
import { findDraft } from '../draft-queries.ts'

let desk: PublishingDesk
beforeAll(async () => {
  desk = await makePublishingDesk()
})
afterAll(() => desk.leave())

const one = '/publications/:id'
const review = '/publications/:id/review'
const down = '/publications/:id/take-down'
const see = (ctx: DeskContext, id: string, query = {}) => desk.show(ctx, 'GET', one, { id }, { query })
const act = (ctx: DeskContext, id: string, form: Record<string, string>) =>
  desk.ask(ctx, 'POST', one, { id }, { form })
const decision = {
  decision: 'publish',
  secrecyChecked: 'yes',
  openness: 'proactive',
  opinion: '不涉密。',
  publishAt: '',
}

async function submitted(facts = {}) {
  const item = await makeDraft(desk.drafter, desk.house.at, facts)
  await submitDraft(desk.drafter, { publicationId: item.id, revision: 1 })
  return item
}

describe('the page of a publication', () => {
  it('shows a draft as readers will see it, marked as a preview, to those who work with content', async () => {
    const item = await makeDraft(desk.drafter, desk.house.at, {
      title: '停水通知',
      bodyHtml: '<p>明天停水。</p>',
    })
    const { html } = await see(desk.drafter, item.publicId)
    expect(html).toContain('预览：以下是读者将要看到的样子')
    expect(html).toContain('<p>明天停水。</p>')
    expect(html).not.toContain('看公开页面')
    const administrator = desk.person('周敏', ['system-administrator'])
    await expect(see(administrator, item.publicId)).rejects.toThrow('may not open')
  })

  it('offers just the acts that the person may do now', async () => {
    const draft = await makeDraft(desk.drafter, desk.house.at)
    const buttons = async (ctx: DeskContext, id: string) => {
      const { html } = await see(ctx, id)
      const words = ['送审', '修改稿子', '放弃稿子', '审查', '更正', '停止公开…', '取消定时']
      return words.filter(
        word =>
          html.includes(`>${word}</a>`) ||
          html.includes(`>${word}</button>`) ||
          html.includes(`>${word}</summary>`),
      )
    }
    expect(await buttons(desk.drafter, draft.publicId)).toEqual(['送审', '修改稿子', '放弃稿子'])
    expect(await buttons(desk.reviewer, draft.publicId)).toEqual([])
    const waiting = await submitted()
    expect(await buttons(desk.reviewer, waiting.publicId)).toEqual(['审查'])
    expect(await buttons(desk.drafter, waiting.publicId)).toEqual(['修改稿子'])
    const live = await makePublic(desk.house.system, desk.house.at)
    expect(await buttons(desk.drafter, live.publicId)).toEqual(['更正'])
    expect(await buttons(desk.head, live.publicId)).toEqual(['更正', '停止公开…'])
    expect(await buttons(desk.person('外人', ['drafter'], desk.house.at.government), live.publicId)).toEqual(
      [],
    )
  })

  it('leads a draft through review to the public, and keeps the way it went', async () => {
    const item = await makeDraft(desk.drafter, desk.house.at)
    expect(await act(desk.drafter, item.publicId, { act: 'submit', revision: '1' })).toMatchObject({
      to: `/publications/${item.publicId}?done=submitted`,
    })
    const returned = await desk.ask(
      desk.reviewer,
      'POST',
      review,
      { id: item.publicId },
      {
        form: { ...decision, decision: 'return', secrecyChecked: '', revision: '1', opinion: '请写明时段。' },
      },
    )
    expect(returned).toMatchObject({ to: expect.stringContaining('done=returned') })
    await act(desk.drafter, item.publicId, { act: 'submit', revision: '1' })
    const done = await desk.ask(
      desk.reviewer,
      'POST',
      review,
      { id: item.publicId },
      {
        form: { ...decision, revision: '1' },
      },
    )
    expect(done).toMatchObject({ to: expect.stringContaining('done=published') })
    const { html } = await see(desk.drafter, item.publicId)
    expect(html).toContain(`href="http://localhost:3000/notices/${item.publicId}"`)
    for (const word of ['退回（第 1 版）', '意见：请写明时段。', '审查意见：不涉密。', '起草'])
      expect(html).toContain(word)
  })

  it('compares any two editions, field by field and letter by letter', async () => {
    const item = await makePublic(desk.house.system, desk.house.at, {
      bodyHtml: '<p>每月检测一次，结果公开。</p>',
    })
    await act(desk.drafter, item.publicId, { act: 'correct' })
    const draft = await findDraft(desk.house.connection.db, item.id)
    await saveDraft(
      desk.drafter,
      saveDraftInput.parse({
        ...draft,
        publicationId: item.id,
        title: '新标题',
        bodyHtml: '<p>每周检测一次，结果公开。</p>',
        changeNote: '改频次',
      }),
    )
    const { html } = await see(desk.drafter, item.publicId, { from: '2', to: '1' })
    expect(html).toMatch(/<del>.*月.*<\/del>/)
    expect(html).toMatch(/<ins>.*周.*<\/ins>/)
    expect(html).toContain('新标题')
    expect((await see(desk.drafter, item.publicId, { from: '1', to: '77' })).html).not.toContain('<ins>')
  })

  it('says so when a button was too late', async () => {
    const live = await makePublic(desk.house.system, desk.house.at)
    const { page, html } = await desk.show(
      desk.head,
      'POST',
      one,
      { id: live.publicId },
      { form: { act: 'cancel-schedule' } },
    )
    expect(page.status).toBe(409)
    expect(html).toContain('不能取消定时')
  })

  it('knows no thrown-away draft and no invented address', async () => {
    const item = await makeDraft(desk.drafter, desk.house.at)
    await act(desk.drafter, item.publicId, { act: 'discard' })
    await expect(see(desk.drafter, item.publicId)).rejects.toThrow('没有找到')
    await expect(see(desk.drafter, '../../etc')).rejects.toThrow('没有找到')
  })
})

describe('the review before publication', () => {
  it('is not for whoever wrote the text last (R-EXC-13)', async () => {
    const both = desk.person('身兼两职', ['drafter', 'secrecy-reviewer'])
    const item = await makeDraft(both, desk.house.at)
    await submitDraft(both, { publicationId: item.id, revision: 1 })
    await expect(desk.ask(both, 'GET', review, { id: item.publicId })).rejects.toThrow(
      '不能是最后修改稿子的人',
    )
  })

  it('publishes nothing without the secrecy check and an opinion (R-EXC-09, R-EXC-10)', async () => {
    const item = await submitted()
    const { page, html } = await desk.show(
      desk.reviewer,
      'POST',
      review,
      { id: item.publicId },
      {
        form: { ...decision, secrecyChecked: '', opinion: '', revision: '1' },
      },
    )
    expect(page.status).toBe(422)
    expect(html).toContain('href="#field-opinion"')
    const { html: unchecked } = await desk.show(
      desk.reviewer,
      'POST',
      review,
      { id: item.publicId },
      {
        form: { ...decision, secrecyChecked: '', revision: '1' },
      },
    )
    expect(unchecked).toContain('href="#field-secrecyChecked"')
  })

  it('refuses a time that is over or does not exist, and keeps the opinion', async () => {
    const item = await submitted()
    for (const publishAt of ['2026-11-23T09:00', '2026-02-30T09:00']) {
      const { html } = await desk.show(
        desk.reviewer,
        'POST',
        review,
        { id: item.publicId },
        {
          form: { ...decision, publishAt, revision: '1' },
        },
      )
      expect(html).toContain('href="#field-publishAt"')
      expect(formOf(html).opinion).toBe('不涉密。')
    }
  })

  it('shows the new text when the draft was changed after the reviewer had opened it', async () => {
    const item = await submitted()
    const draft = await findDraft(desk.house.connection.db, item.id)
    await saveDraft(
      desk.drafter,
      saveDraftInput.parse({ ...draft, publicationId: item.id, title: '改过的标题' }),
    )
    await submitDraft(desk.drafter, { publicationId: item.id, revision: 2 })
    const { page, html } = await desk.show(
      desk.reviewer,
      'POST',
      review,
      { id: item.publicId },
      {
        form: { ...decision, revision: '1' },
      },
    )
    expect(page.status).toBe(409)
    expect(html).toContain('改过的标题')
    expect(html).toContain('您打开之后，稿子又改过了')
    expect(formOf(html)).toMatchObject({ revision: '2', opinion: '不涉密。' })
  })

  it('shows what changed since the public edition', async () => {
    const item = await makePublic(desk.house.system, desk.house.at, {
      bodyHtml: '<p>每月检测一次，结果公开。</p>',
    })
    await act(desk.drafter, item.publicId, { act: 'correct' })
    const draft = await findDraft(desk.house.connection.db, item.id)
    const { revision } = await saveDraft(
      desk.drafter,
      saveDraftInput.parse({
        ...draft,
        publicationId: item.id,
        bodyHtml: '<p>每周检测一次，结果公开。</p>',
        changeNote: '改频次',
      }),
    )
    await submitDraft(desk.drafter, { publicationId: item.id, revision })
    const { html } = await desk.show(desk.reviewer, 'GET', review, { id: item.publicId })
    expect(html).toContain('和现在公开的版本相比')
    expect(html).toContain('修改说明：改频次')
    expect(html).toMatch(/<ins>.*周.*<\/ins>/)
  })
})

describe('taking down', () => {
  const leave = (ctx: DeskContext, id: string, form: Record<string, string>) =>
    desk.ask(ctx, 'POST', down, { id }, { form })

  it('wants a way, a reason and a confirmation, since it is public at once', async () => {
    const item = await makePublic(desk.house.system, desk.house.at)
    const { page, html } = await desk.show(desk.head, 'POST', down, { id: item.publicId }, { form: {} })
    expect(page.status).toBe(422)
    for (const field of ['how', 'reason', 'confirmed']) expect(html).toContain(`href="#field-${field}"`)
  })

  it('sends nobody to a page that is not there (S-DOM-04)', async () => {
    const item = await makePublic(desk.house.system, desk.house.at)
    const draft = await makeDraft(desk.drafter, desk.house.at)
    for (const to of ['', '/notices/zzzzzzzzzz', `/notices/${draft.publicId}`, `/notices/${item.publicId}`]) {
      const reply = await leave(desk.head, item.publicId, {
        how: 'redirected',
        reason: '重复发布',
        to,
        confirmed: 'yes',
      })
      expect(reply).toMatchObject({ kind: 'page', status: 400 })
    }
  })

  it('takes a whole address, also with its editions, as the target', async () => {
    const [item, target] = [
      await makePublic(desk.house.system, desk.house.at),
      await makePublic(desk.house.system, desk.house.at),
    ]
    const to = `https://www.yunxi.example/notices/${target.publicId}/editions/1?from=list`
    await leave(desk.head, item.publicId, { how: 'superseded', reason: '有新通知', to, confirmed: 'yes' })
    const { html } = await see(desk.drafter, item.publicId)
    expect(html).toContain('起停止公开')
    expect(html).toContain(`/publications/${target.publicId}`)
  })

  it('is for the head of the department or the openness office', async () => {
    const item = await makePublic(desk.house.system, desk.house.at)
    await expect(desk.ask(desk.drafter, 'GET', down, { id: item.publicId })).rejects.toThrow('may not open')
  })
})
