import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import type { Content } from '#platform/http/reply'
import { formOf } from '../../../../test/make/desk-visit.ts'
import { fileFolder } from '../../../../test/make/file-bytes.ts'
import { makeDraft } from '../../../../test/make/publication.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../../test/make/publishing-desk.ts'
import { findDraft } from '../draft-queries.ts'

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

const body = '<h2>一、目标</h2>\n<p>建成水厂。</p>\n<h2>二、任务</h2>\n<p>铺设管网。</p>'
const newDraft = () => makeDraft(desk.drafter, desk.house.at, { bodyHtml: body })
const at = (name: string) => `/publications/:id/${name}`
const draftOf = (id: string) => findDraft(desk.house.connection.db, id)
const show = (ctx: DeskContext, name: string, id: string, more = {}) =>
  desk.show(ctx, 'GET', at(name), { id }, more)
const post = (ctx: DeskContext, name: string, id: string, form: object, more = {}) =>
  desk.ask(ctx, 'POST', at(name), { id }, { form: form as never, ...more })
const said = (reply: unknown) => JSON.parse(String((reply as Content).body)) as Record<string, unknown>

describe('the autosave of the editor', () => {
  it('saves what is typed, and tells when; a colleague who saved meanwhile stops it', async () => {
    const item = await newDraft()
    const form = formOf((await show(desk.drafter, 'edit', item.publicId)).html)
    const typed = { ...form, bodyHtml: '<p>停水两天。</p>', bodyHtmlFormat: 'html' }
    const told = said(await post(desk.drafter, 'autosave', item.publicId, typed))
    expect(told).toMatchObject({ revision: 2, said: expect.stringMatching(/^已自动保存 \d\d:\d\d$/) })
    expect((await draftOf(item.id))?.bodyHtml).toBe('<p>停水两天。</p>')
    expect(said(await post(desk.colleague, 'autosave', item.publicId, typed))).toMatchObject({ stop: true })
    expect(
      said(await post(desk.drafter, 'autosave', item.publicId, { ...typed, title: '' })),
    ).not.toHaveProperty('revision')
  })
})

describe('the page of the revisions', () => {
  it('lists them, sets two against each other, says who wrote what, and restores', async () => {
    const item = await newDraft()
    const form = formOf((await show(desk.colleague, 'edit', item.publicId)).html)
    await post(desk.colleague, 'edit', item.publicId, {
      ...form,
      bodyHtml: body.replace('建成水厂', '建成两座水厂'),
    })
    const { html } = await show(desk.reviewer, 'revisions', item.publicId)
    for (const words of ['第 1 版第 2 次修订', '陈立', '起草', '谁写的', '此前：林晓'])
      expect(html).toContain(words)
    const ids = [...html.matchAll(/revisions\?to=([0-9a-f-]+)/g)].map(([, id]) => id ?? '')
    const compared = await show(desk.drafter, 'revisions', item.publicId, { query: { to: ids[0] } })
    expect(compared.html).toContain('<ins')
    expect(compared.html).toContain('两座')
    const reply = await post(desk.drafter, 'revisions', item.publicId, { revisionId: ids.at(-1) })
    expect(reply).toMatchObject({ kind: 'redirect', to: expect.stringContaining('done=1') })
    expect((await draftOf(item.id))?.bodyHtml).toBe(body)
  })
})

describe('writing by sections', () => {
  it('who comes second sees who has it and since when; takes it over with a warning; the first loses nothing', async () => {
    const item = await newDraft()
    const list = await show(desk.drafter, 'sections', item.publicId)
    const [key = ''] = [...list.html.matchAll(/section=([a-z0-9]+)/g)].map(([, one]) => one ?? '')
    const query = { section: key }
    const mine = formOf((await show(desk.drafter, 'sections', item.publicId, { query })).html)
    expect(mine.bodyHtml).toContain('建成水厂')
    expect(mine.bodyHtml).not.toContain('铺设管网')
    const theirs = await show(desk.colleague, 'sections', item.publicId, { query })
    expect(theirs.page.status).toBe(409)
    expect(theirs.html).toMatch(/林晓从 \d\d:\d\d 起在写/)
    await post(desk.colleague, 'sections', item.publicId, { act: 'take-over', section: key })
    expect(said(await post(desk.drafter, 'sections', item.publicId, { act: 'beat', section: key }))).toEqual({
      held: false,
      by: '陈立',
    })
    const written = { ...mine, bodyHtml: '<h2>一、目标</h2><p>我写的目标。</p>' }
    const kept = await desk.show(
      desk.drafter,
      'POST',
      at('sections'),
      { id: item.publicId },
      { form: written },
    )
    expect(kept.page.status).toBe(409)
    expect(kept.html).toContain('陈立接管了这一节')
    expect(formOf(kept.html).bodyHtml).toContain('我写的目标')
    expect((await draftOf(item.id))?.bodyHtml).toBe(body)
  })
})

describe('.docx out and in', () => {
  it('goes out, comes back with a change, is set against the draft, and replaces the body as a revision', async () => {
    const item = await newDraft()
    const out = (await desk.ask(desk.drafter, 'GET', at('draft.docx'), { id: item.publicId })) as Content
    const uploads = [await files.upload('稿子.docx', Buffer.from(out.body as Uint8Array))]
    const post = (form: object, more = {}) =>
      desk.ask(desk.drafter, 'POST', at('from-word'), { id: item.publicId }, { form: form as never, ...more })
    const id = { id: item.publicId }
    const { html } = await desk.show(desk.drafter, 'POST', at('from-word'), id, { uploads })
    expect(html).toContain('两个文本的内容完全一样')
    // the body in it holds signs that the simple reading of forms takes for the end of the field
    const [, value = ''] = /name="bodyHtml" value="([^"]*)"/.exec(html) ?? []
    const form = { ...formOf(html), act: 'take', bodyHtml: `${value.replaceAll('&lt;', '<')}<p>又。</p>` }
    await post(form)
    const draft = await draftOf(item.id)
    expect(draft?.bodyHtml.replaceAll('\n', '')).toBe(`${body.replaceAll('\n', '')}<p>又。</p>`)
    const again = await desk.show(desk.drafter, 'POST', at('from-word'), id, { form })
    expect(again.page.status).toBe(422)
    expect(again.html).toContain('保存过这份稿子')
  })

  it('refuses what is no Word file, and says what to do', async () => {
    const item = await newDraft()
    const uploads = [await files.upload('稿子.txt', '停水。')]
    const { page, html } = await desk.show(
      desk.drafter,
      'POST',
      at('from-word'),
      { id: item.publicId },
      { uploads },
    )
    expect(page.status).toBe(422)
    expect(html).toContain('另存为 .docx')
  })
})
