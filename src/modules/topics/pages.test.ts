import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { closeTopic } from './actions/close-topic.ts'
import { topics } from './module.ts'
import { findTopic, listSections } from './queries.ts'
import { makeTopics, type Topics } from './topics-for-tests.ts'

let at: Topics
let editor: DeskContext
let topicId: string
let sectionId: string
beforeAll(async () => {
  at = await makeTopics()
  const { actor, ...rest } = at.editor
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  editor = { ...rest, actor, publicOrigin: 'http://localhost:3000' }
  await at.notice('甲处停水的公告')
  await at.notice('乙处停水的公告')
  topicId = await at.topic('water', { name: '喝上放心水', audience: '居民' })
  sectionId = await at.section(topicId, { title: '停水', q: '停水', shown: '1' })
})
afterAll(() => at.house.leave())

const desk = deskVisit(topics.deskRoutes)
const read = (address: string) =>
  visit(readerOf(at.house.system, at.house.at.site), topics.publicRoutes ?? [], address)
const door = () => topics.doors?.[0]?.opens(readerOf(at.house.system, at.house.at.site))

describe('before it is public', () => {
  it('nobody finds it, and no door leads there', async () => {
    expect(await door()).toBe(false)
    await expect(read('/topics/water')).rejects.toMatchObject({ status: 404 })
    expect((await read('/topics')).words).toContain('现在没有正在进行的专题')
  })

  it('its officers see it as readers will', async () => {
    const { html } = await desk.show(editor, 'GET', '/topics/:id/preview', { id: topicId })
    expect(html).toContain('停水')
    expect(html).toContain('全部 2 件')
    expect(html).toContain('http://localhost:3000/notices/')
  })
})

describe('on the desk', () => {
  it('is made by a form that keeps what was typed', async () => {
    const { html } = await desk.show(editor, 'GET', '/topics/new')
    const form = { ...formOf(html), name: '上学', key: 'Bad Key', summary: '入学、转学、资助都在这里。' }
    const refused = await desk.show(editor, 'POST', '/topics/new', {}, { form })
    expect(refused.page.status).toBe(422)
    expect(refused.html).toContain('value="Bad Key"')
    const done = await desk.ask(editor, 'POST', '/topics/new', {}, { form: { ...form, key: 'school' } })
    expect(done).toMatchObject({ kind: 'redirect', to: expect.stringMatching(/^\/topics\/.*done=created/) })
  })

  it('shows what a rule would gather, before it is saved', async () => {
    const params = { id: topicId, section: sectionId }
    const { html } = await desk.show(editor, 'GET', '/topics/:id/sections/:section', params)
    expect(html).toContain('按这条规则现在收入 2 件')
    const tried = await desk.show(editor, 'POST', '/topics/:id/sections/:section', params, {
      form: { ...formOf(html), title: '停水', q: '甲处', do: 'try' },
    })
    expect(tried.html).toContain('按这条规则现在收入 1 件')
    expect((await listSections(at.db, [topicId]))[0]?.rule).toEqual({ q: '停水' })
  })

  it('an item is found by its title and picked with one button', async () => {
    const params = { id: topicId, section: sectionId }
    const { html } = await desk.show(editor, 'GET', '/topics/:id/sections/:section', params, {
      query: { find: '甲处停水' },
    })
    const publicationId = /name="publicationId" value="([^"]*)"/.exec(html)?.[1] ?? ''
    const form = {
      publicationId,
      how: 'in',
      revision: String((await at.seen(topicId)).revision),
      find: '甲处停水',
    }
    await desk.ask(editor, 'POST', '/topics/:id/sections/:section/picks', params, { form })
    expect((await listSections(at.db, [topicId]))[0]?.picks).toEqual([{ publicationId, excluded: false }])
    const again = await desk.show(editor, 'POST', '/topics/:id/sections/:section/picks', params, { form })
    expect(again.page.status).toBe(409)
    expect(again.html).toContain('改过这个专题')
  })

  it('the second of two officers keeps what was typed, sees both, and can save', async () => {
    const params = { id: topicId }
    const { html } = await desk.show(editor, 'GET', '/topics/:id/edit', params)
    const mine = { ...formOf(html), name: '乙写的名称' }
    await desk.ask(editor, 'POST', '/topics/:id/edit', params, {
      form: { ...formOf(html), name: '甲写的名称' },
    })
    const told = await desk.show(editor, 'POST', '/topics/:id/edit', params, { form: mine })
    expect(told.page.status).toBe(409)
    for (const words of ['何敏', '甲写的名称', '乙写的名称']) expect(told.html).toContain(words)
    const retry = { ...formOf(told.html), name: '喝上放心水' }
    expect(await desk.ask(editor, 'POST', '/topics/:id/edit', params, { form: retry })).toMatchObject({
      kind: 'redirect',
    })
  })

  it('an address that is no topic is a page that says so', async () => {
    for (const id of ['x', crypto.randomUUID()])
      await expect(desk.ask(editor, 'GET', '/topics/:id', { id })).rejects.toMatchObject({ status: 404 })
  })

  it('ending asks for a word to the readers', async () => {
    await at.open(topicId)
    const told = await desk.show(editor, 'POST', '/topics/:id/close', { id: topicId }, { form: {} })
    expect(told.page.status).toBe(422)
    expect(told.html).toContain('为什么结束')
  })
})

describe('for readers', () => {
  it('stands behind a door, as a card with how much is in it', async () => {
    expect(await door()).toBe(true)
    const { words, links } = await read('/topics')
    expect(words).toContain('收入 2 件')
    expect(words).toContain('适用：居民')
    expect(links).toContain('/topics/water')
  })

  it('shows its sections, what more there is, and the way to subscribe', async () => {
    const { status, words, links, reply } = await read('/topics/water')
    expect(status).toBe(200)
    expect(words).toContain('甲处停水的公告')
    expect(words).not.toContain('乙处停水的公告')
    expect(words).toContain('全部 2 件')
    expect(links).toContain('/feeds/topics/water.atom')
    expect(reply).toMatchObject({ dependsOn: [expect.stringContaining('lists:')] })
  })

  it('S-DOM-04: ended, it stays at its address and says so, apart from the others', async () => {
    await closeTopic(at.editor, await at.seen(topicId), { closingNote: '以后看水利局网站。' })
    const { status, words } = await read('/topics/water')
    expect(status).toBe(200)
    expect(words).toContain('这个专题已于2026年11月23日结束')
    expect(words).toContain('以后看水利局网站。')
    expect((await read('/topics')).words).toContain('已经结束的专题')
    expect((await findTopic(at.db, { id: topicId }))?.state).toBe('closed')
  })

  it.each(['/topics/..', '/topics/%3Cscript%3E', '/topics/nothing-here'])(
    '%s is not there',
    async address => {
      await expect(read(address)).rejects.toThrow()
    },
  )
})
