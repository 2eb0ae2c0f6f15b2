import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RawForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import type { Page } from '#platform/http/reply'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { deskVisit, formOf, htmlOf } from '../../../../test/make/desk-visit.ts'
import { restructure, restructureInput } from '../actions/restructure.ts'
import { saveProfile, saveProfileInput } from '../actions/save-profile.ts'
import { organisations } from '../module.ts'
import { findOrganByKey, getOrgan } from '../queries.ts'

const { ask, show } = deskVisit(organisations.deskRoutes)

let made: County
beforeEach(async () => {
  made = await makeCounty()
})
afterEach(() => made.leave())

const rendersSafely = (html: string) => {
  expect(html).not.toMatch(/ style=/)
  expect(html).not.toMatch(/<script|onclick=/)
}

describe('the list of organs', () => {
  it('shows the tree to everybody on the desk, and the button to the administrator only', async () => {
    const reader = made.as('李敏', 'drafter', made.slj)
    const { html } = await show(reader, 'GET', '/organs')
    rendersSafely(html)
    expect(html.indexOf('云溪县教育局')).toBeLessThan(html.indexOf('云溪县水利局'))
    expect(html).not.toContain('新建机构')
    expect((await show(made.administrator, 'GET', '/organs')).html).toContain('新建机构')
  })

  it('filters, and lists abolished organs on demand', async () => {
    const input = { organId: made.zls.id, kind: 'abolished', happenedOn: '2026-11-20', reason: '改制' }
    await restructure(made.administrator, restructureInput.parse(input))
    const list = async (query: Record<string, string>) =>
      (await show(made.administrator, 'GET', '/organs', {}, { query })).html
    expect(await list({})).not.toContain('自来水')
    expect(await list({ all: 'yes' })).toContain('已撤销 2026-11-20')
    expect(await list({ words: '云水' })).toContain('共 1 个机构')
    expect(await list({ words: '没有的' })).toContain('没有符合条件的机构')
  })
})

describe('making and changing an organ', () => {
  const typed = {
    name: '云溪县数据局',
    shortName: '县数据局',
    type: 'department',
    level: 'county',
    sortOrder: '3',
  }

  it('makes it and goes to its page', async () => {
    const form = { ...typed, key: 'sjj', parentId: made.county.id }
    expect(await ask(made.administrator, 'POST', '/organs/new', {}, { form })).toMatchObject({
      kind: 'redirect',
      status: 303,
      to: '/organs/sjj?done=created',
    })
    expect((await findOrganByKey(made.connection.db, 'sjj'))?.sortOrder).toBe(3)
  })

  it('gives back what was typed with the errors on top', async () => {
    const form = { ...typed, key: 'SJJ', parentId: made.county.id, uscc: '123' }
    const { page, html } = await show(made.administrator, 'POST', '/organs/new', {}, { form })
    expect(page.status).toBe(422)
    expect(html).toContain('value="云溪县数据局"')
    expect(html).toContain('href="#field-key"')
    expect(html).toContain('18位数字和大写字母')
    const taken = await show(
      made.administrator,
      'POST',
      '/organs/new',
      {},
      { form: { ...typed, key: 'slj' } },
    )
    expect(taken.html).toContain('已由“云溪县水利局”使用')
  })

  it('saves a form that was opened and sent back unchanged', async () => {
    const params = { key: 'yunxi' }
    const { html } = await show(made.administrator, 'GET', '/organs/:key/edit', params)
    await ask(made.administrator, 'POST', '/organs/:key/edit', params, { form: formOf(html) })
    const { revision, changedBy, changedAt, ...facts } = await getOrgan(made.connection.db, made.county.id)
    expect(made.county).toMatchObject(facts)
    expect({ revision, changedBy, changedAt }).toMatchObject({ revision: 2, changedBy: '周敏' })
  })

  it('shows the second of two officers both texts, loses neither, and saves what they agree on', async () => {
    const params = { key: 'slj' }
    const post = (ctx: DeskContext, form: RawForm) => ask(ctx, 'POST', '/organs/:key/edit', params, { form })
    const opened = formOf((await show(made.administrator, 'GET', '/organs/:key/edit', params)).html)
    await post(made.administrator, { ...opened, shortName: '水利局', docCodes: '云水、云水规' })
    const second = made.as('吴刚', 'system-administrator', made.county, [made.county, made.slj])
    const reply = (await post(second, { ...opened, shortName: '县水局', sortOrder: '7' })) as Page
    const html = htmlOf(reply)
    expect(reply.status).toBe(409)
    expect(html).toMatch(/周敏在 2026-11-23 10:02 保存过修改/)
    expect(html).toContain('水利局')
    const merged = formOf(html)
    expect(merged).toMatchObject({ shortName: '县水局', docCodes: '云水、云水规', sortOrder: '7' })
    expect(await post(second, merged)).toMatchObject({ kind: 'redirect' })
    expect(await getOrgan(made.connection.db, made.slj.id)).toMatchObject({
      shortName: '县水局',
      docCodes: ['云水', '云水规'],
      sortOrder: 7,
    })
  })

  it('is closed to the administrator of another organ', async () => {
    const other = made.as('李敏', 'system-administrator', made.jyj)
    await expect(ask(other, 'GET', '/organs/:key/edit', { key: 'slj' })).rejects.toMatchObject({
      status: 403,
    })
  })
})

describe('the page of an organ', () => {
  const content = {
    functions: '负责供水。\n负责<b>防汛</b>。',
    leaders: [{ name: '陈宏达', post: '局长', duties: '主持全面工作' }],
    phone: '0990-5550100',
  }

  it('shows the profile as of today, what changed, and the text of an earlier day', async () => {
    const save = (day: string, more: object) =>
      saveProfile(
        made.on(made.openness, day),
        saveProfileInput.parse({ organId: made.slj.id, ...content, ...more }),
      )
    await save('2026-10-01', {})
    await save('2026-11-01', { phone: '0990-5550199' })
    const { html } = await show(made.openness, 'GET', '/organs/:key', { key: 'slj' })
    rendersSafely(html)
    expect(html).toContain('负责&lt;b>防汛')
    expect(html).toContain('变化：办公电话')
    expect(html).toContain('<del>0990-5550100</del>')
    expect(html).toContain('修改职能和联系方式')
    expect(html).toContain('/organs/slj/correct?on=2026-10-01')
    const earlier = await show(
      made.openness,
      'GET',
      '/organs/:key',
      { key: 'slj' },
      { query: { on: '2026-10-15' } },
    )
    expect(earlier.html).toContain('2026年10月15日公布的')
    const before = await show(
      made.openness,
      'GET',
      '/organs/:key',
      { key: 'slj' },
      { query: { on: '2026-09-01' } },
    )
    expect(before.html).toContain('那一天还没有填写')
  })

  it('says what is missing to those who can mend it', async () => {
    const { html } = await show(made.administrator, 'GET', '/organs/:key', { key: 'slj' })
    expect(html).toContain('还没有统一社会信用代码')
    const wrong = await show(made.administrator, 'GET', '/organs/:key', { key: 'yunxi' })
    expect(wrong.html).toContain('请核对统一社会信用代码')
    const reader = await show(made.as('李敏', 'drafter', made.slj), 'GET', '/organs/:key', { key: 'yunxi' })
    expect(reader.html).not.toContain('请核对')
  })

  it('is not found for a key that nobody has', async () => {
    await expect(ask(made.openness, 'GET', '/organs/:key', { key: 'nobody' })).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('recording a restructuring', () => {
  it('first shows what will move, lets go back, and does it at the second button', async () => {
    const params = { key: 'slj' }
    const { html } = await show(made.administrator, 'GET', '/organs/:key/restructure', params)
    const form = {
      ...formOf(html),
      kind: 'merged',
      successorId: made.jyj.id,
      happenedOn: '2026-11-20',
      reason: '机构改革方案',
      step: 'preview',
    }
    const preview = await show(made.administrator, 'POST', '/organs/:key/restructure', params, { form })
    rendersSafely(preview.html)
    expect(preview.html).toContain('确认以后不能撤回')
    expect(preview.html).toContain('云溪县自来水有限公司')
    expect((await getOrgan(made.connection.db, made.slj.id)).abolishedOn).toBeNull()
    const kept = formOf(preview.html)
    const back = await show(made.administrator, 'POST', '/organs/:key/restructure', params, {
      form: { ...kept, step: 'edit' },
    })
    expect(formOf(back.html)).toMatchObject({
      kind: 'merged',
      successorId: made.jyj.id,
      reason: '机构改革方案',
    })
    const done = await ask(made.administrator, 'POST', '/organs/:key/restructure', params, {
      form: { ...kept, step: 'confirm' },
    })
    expect(done).toMatchObject({ to: '/organs/slj?done=restructured' })
    const after = await show(made.administrator, 'GET', '/organs/:key', params)
    expect(after.html).toContain('已撤销，2026年11月20日是最后一天')
    expect(after.html).not.toContain('修改基本信息')
    await expect(ask(made.administrator, 'GET', '/organs/:key/edit', params)).rejects.toMatchObject({
      status: 409,
    })
  })

  it('gives back a form that cannot be done, with the reason at its field', async () => {
    const form = {
      kind: 'merged',
      successorId: '',
      happenedOn: '2026-12-01',
      reason: '改革',
      step: 'preview',
    }
    const { page, html } = await show(
      made.administrator,
      'POST',
      '/organs/:key/restructure',
      { key: 'slj' },
      { form },
    )
    expect(page.status).toBe(422)
    expect(html).toContain('最后一天不能晚于今天')
  })
})
