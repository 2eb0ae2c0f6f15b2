import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawForm } from '#lib/forms'
import { filesOfEdition } from '#modules/files'
import type { DeskContext } from '#platform/context'
import { formOf } from '../../../../test/make/desk-visit.ts'
import { fileFolder } from '../../../../test/make/file-bytes.ts'
import { makeDraft, makePublic } from '../../../../test/make/publication.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../../test/make/publishing-desk.ts'
import { startEdition } from '../actions/start-edition.ts'
import { submitDraft } from '../actions/submit-draft.ts'
import { findDraft } from '../draft-queries.ts'
import { listReviewSteps } from '../review-steps.ts'

let desk: PublishingDesk
let files: Awaited<ReturnType<typeof fileFolder>>
beforeAll(async () => {
  desk = await makePublishingDesk()
  files = await fileFolder()
})
afterAll(async () => {
  await files.remove()
  await desk.leave()
})

const edit = '/publications/:id/edit'
const create = '/publications/new'
const open = (ctx: DeskContext, id: string, more = {}) => desk.show(ctx, 'GET', edit, { id }, more)
const post = (ctx: DeskContext, id: string, form: object, more = {}) =>
  desk.ask(ctx, 'POST', edit, { id }, { form: form as never, ...more })
const newDraft = (facts: object = {}) => makeDraft(desk.drafter, desk.house.at, { ...facts })
const draftOf = (id: string) => findDraft(desk.house.connection.db, id)

describe('writing a new publication', () => {
  const asked = () => ({ kind: 'notice', organ: desk.house.at.department.id })

  it('offers only organs in whose name the person may draft', async () => {
    const { html } = await desk.show(desk.drafter, 'GET', create)
    expect(html).toContain('云溪县水利局')
    expect(html).not.toContain('>云溪县人民政府（yunxi）<')
  })

  it('begins one draft, however often the button is pressed, from plain text too', async () => {
    const { html } = await desk.show(desk.drafter, 'GET', create, {}, { query: asked() })
    const form: RawForm = { ...formOf(html), title: '新起草的通知', bodyHtml: '一、总体要求\n加强管护。' }
    const first = await desk.ask(desk.drafter, 'POST', create, {}, { form })
    const second = await desk.ask(desk.drafter, 'POST', create, {}, { form })
    expect(first).toMatchObject({
      kind: 'redirect',
      to: expect.stringMatching(/^\/publications\/\w{10}\?done=saved$/),
    })
    expect(second).toEqual(first)
    const id = (first as { to: string }).to.slice(14, 24)
    const { html: again } = await open(desk.drafter, id)
    expect(formOf(again).title).toBe('新起草的通知')
    expect(again).toContain('一、总体要求&lt;/h2>')
  })

  it('tells every fault beside its field and keeps what was typed (S-GWG-08)', async () => {
    const { html } = await desk.show(desk.drafter, 'GET', create, {}, { query: asked() })
    const form: RawForm = {
      ...formOf(html),
      title: '',
      docNo: '云政发〔2026〕第1号',
      signedOn: '2026-02-30',
      summary: '还在',
    }
    const { page, html: shown } = await desk.show(desk.drafter, 'POST', create, {}, { form })
    expect(page.status).toBe(422)
    for (const field of ['title', 'docNo', 'signedOn']) expect(shown).toContain(`href="#field-${field}"`)
    expect(formOf(shown)).toMatchObject({ summary: '还在', formKey: form.formKey })
  })

  it('keeps the good files when one is refused, and does not ask for them again', async () => {
    const { html } = await desk.show(desk.drafter, 'GET', create, {}, { query: asked() })
    const uploads = [
      await files.upload('方案.txt', '检测点位'),
      await files.upload('图.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ]
    const form: RawForm = { ...formOf(html), title: '带附件的通知', bodyHtml: '正文。' }
    const { page, html: shown } = await desk.show(desk.drafter, 'POST', create, {}, { form, uploads })
    expect(page.status).toBe(422)
    expect(shown).toContain('SVG')
    const again = formOf(shown)
    expect(again['attachments.0.title']).toBe('方案')
    const saved = await desk.ask(desk.drafter, 'POST', create, {}, { form: again })
    const item = (saved as { to: string }).to.slice(14, 24)
    expect(formOf((await open(desk.drafter, item)).html)).toMatchObject({ 'attachments.0.title': '方案' })
  })

  it('gives back what was typed before the session ran out', async () => {
    const { html } = await desk.show(desk.drafter, 'GET', create, {}, { query: asked() })
    const form: RawForm = { ...formOf(html), title: '写了很久的通知' }
    const { html: back } = await desk.show(desk.drafter, 'GET', create, {}, { form })
    expect(back).toContain('您登录前填写的内容已经恢复，还没有保存')
    expect(formOf(back)).toMatchObject({ title: '写了很久的通知', formKey: form.formKey })
  })

  it('refuses a draft in the name of an organ that is not the person’s', async () => {
    const { html } = await desk.show(desk.drafter, 'GET', create, {}, { query: asked() })
    const form: RawForm = { ...formOf(html), title: '冒名', organId: desk.house.at.government.id }
    await expect(desk.ask(desk.drafter, 'POST', create, {}, { form })).rejects.toThrow('没有办理这件事的权限')
  })
})

describe('two officers at one draft', () => {
  it('tells the second who saved what, keeps his whole form, and lets him save knowingly', async () => {
    const item = await newDraft({ title: '节水办法', bodyHtml: '<p>每月检测一次。</p>' })
    const [mine, theirs] = [
      formOf((await open(desk.drafter, item.publicId)).html),
      formOf((await open(desk.colleague, item.publicId)).html),
    ]
    await post(desk.colleague, item.publicId, {
      ...theirs,
      title: '节约用水办法',
      bodyHtml: '<p>每季度检测一次。</p>',
    })
    const typed = { ...mine, summary: '我写的概述', bodyHtml: '<p>每周检测一次。</p>' }
    const { page, html } = await desk.show(desk.drafter, 'POST', edit, { id: item.publicId }, { form: typed })
    expect(page.status).toBe(409)
    expect(html).toContain('陈立保存过这份稿子')
    expect(html).toContain('节约用水办法')
    expect(html).toMatch(/<del>.*季度.*<\/del>/)
    const again = formOf(html)
    expect(again).toMatchObject({ title: '节水办法', summary: '我写的概述', revision: '2' })
    expect((await draftOf(item.id))?.title).toBe('节约用水办法')

    const saved = await post(desk.drafter, item.publicId, { ...again, bodyHtml: typed.bodyHtml })
    expect(saved).toMatchObject({ kind: 'redirect' })
    expect(await draftOf(item.id)).toMatchObject({ title: '节水办法', revision: 3, editedBy: '林晓' })
  })

  it('says softly that a colleague has it open, for a quarter of an hour', async () => {
    const item = await newDraft()
    await open(desk.drafter, item.publicId)
    expect((await open(desk.drafter, item.publicId)).html).not.toContain('也打开了这份稿子')
    expect((await open(desk.colleague, item.publicId)).html).toContain('林晓 1 分钟前也打开了这份稿子')
    desk.house.setTime('2026-11-23 10:16')
    expect((await open(desk.colleague, item.publicId)).html).not.toContain('也打开了这份稿子')
    desk.house.setTime('2026-11-23 10:00')
  })

  it('no longer counts who has saved', async () => {
    const item = await newDraft()
    const form = formOf((await open(desk.drafter, item.publicId)).html)
    await post(desk.drafter, item.publicId, form)
    expect((await open(desk.colleague, item.publicId)).html).not.toContain('也打开了这份稿子')
  })
})

describe('changing a draft', () => {
  it('takes it back from review and says so beforehand', async () => {
    const item = await newDraft()
    await submitDraft(desk.drafter, { publicationId: item.id, revision: 1 })
    const { html } = await open(desk.drafter, item.publicId)
    expect(html).toContain('保存修改会把它取回')
    await post(desk.drafter, item.publicId, formOf(html))
    expect((await draftOf(item.id))?.submittedAt).toBeNull()
    const steps = await listReviewSteps(desk.house.connection.db, item.id)
    expect(steps.map(step => step.step)).toEqual(['taken-back', 'submitted'])
  })

  it('saves what cannot go to review yet, and lists what is missing', async () => {
    const item = await newDraft({ source: '', bodyHtml: '' })
    const form = formOf((await open(desk.drafter, item.publicId)).html)
    const reply = await post(desk.drafter, item.publicId, { ...form, next: 'submit' })
    expect(reply).toMatchObject({ to: `/publications/${item.publicId}/edit?done=incomplete` })
    const { html } = await open(desk.drafter, item.publicId, { query: { done: 'incomplete' } })
    expect(html).toContain('稿子已经保存，但还不能送审')
    for (const field of ['source', 'bodyHtml']) expect(html).toContain(`href="#field-${field}"`)
  })

  it('asks for the reason only where readers have seen an earlier text', async () => {
    const item = await makePublic(desk.house.system, desk.house.at)
    await startEdition(desk.drafter, item.id)
    expect((await open(desk.drafter, item.publicId)).html).toContain('name="changeNote"')
    const fresh = await newDraft()
    expect((await open(desk.drafter, fresh.publicId)).html).not.toContain('name="changeNote"')
  })

  it('orders and removes attachments', async () => {
    const item = await newDraft()
    const form = formOf((await open(desk.drafter, item.publicId)).html)
    const uploads = [
      await files.upload('甲.txt', '1'),
      await files.upload('乙.txt', '2'),
      await files.upload('丙.txt', '3'),
    ]
    await post(desk.drafter, item.publicId, form, { uploads })
    const filled = formOf((await open(desk.drafter, item.publicId)).html)
    await post(desk.drafter, item.publicId, {
      ...filled,
      'attachments.0.position': '9',
      'attachments.1.remove': 'yes',
      'attachments.2.title': '丙表',
    })
    const draft = await draftOf(item.id)
    const kept = await filesOfEdition(desk.house.connection.db, draft?.id ?? '')
    expect(kept.map(file => file.title)).toEqual(['丙表', '甲'])
  })

  it('keeps the typed text when the draft was published or thrown away meanwhile', async () => {
    const item = await newDraft()
    const form = formOf((await open(desk.drafter, item.publicId)).html)
    await desk.ask(
      desk.colleague,
      'POST',
      '/publications/:id',
      { id: item.publicId },
      { form: { act: 'discard' } },
    )
    await expect(post(desk.drafter, item.publicId, form)).rejects.toThrow('没有找到这件发布物')
    const live = await makePublic(desk.house.system, desk.house.at)
    const { page, html } = await desk.show(
      desk.drafter,
      'POST',
      edit,
      { id: live.publicId },
      {
        form: { ...form, title: '迟到的文字', revision: '1' },
      },
    )
    expect(page.status).toBe(404)
    expect(html).toContain('也许同事刚刚已经发布或者放弃了它')
    expect(formOf(html).title).toBe('迟到的文字')
  })
})
