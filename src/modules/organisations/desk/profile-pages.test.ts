import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RawForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import type { Page } from '#platform/http/reply'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { deskVisit, formOf, htmlOf } from '../../../../test/make/desk-visit.ts'
import { saveProfile, saveProfileInput } from '../actions/save-profile.ts'
import { organisations } from '../module.ts'
import { currentProfile, profileHistory } from '../profile-queries.ts'

const { ask, show } = deskVisit(organisations.deskRoutes)

let made: County
beforeEach(async () => {
  made = await makeCounty()
})
afterEach(() => made.leave())

describe('writing the profile', () => {
  const params = { key: 'slj' }
  const open = async (ctx: DeskContext) =>
    formOf((await show(ctx, 'GET', '/organs/:key/profile', params)).html)
  const post = (ctx: DeskContext, form: RawForm) => ask(ctx, 'POST', '/organs/:key/profile', params, { form })

  it('offers three spare rows and more on demand, without a script and without saving', async () => {
    const opened = await open(made.openness)
    expect(Object.keys(opened)).toContain('leaders.2.name')
    expect(Object.keys(opened)).not.toContain('leaders.3.name')
    const reply = (await post(made.openness, {
      ...opened,
      'leaders.0.name': '陈宏达',
      phone: '1',
      more: 'leaders',
    })) as Page
    const more = formOf(htmlOf(reply))
    expect(reply.status).toBe(200)
    expect(more).toMatchObject({ 'leaders.0.name': '陈宏达', 'leaders.6.name': '', phone: '1' })
    expect(Object.keys(more)).not.toContain('sections.3.name')
    expect(await profileHistory(made.connection.db, made.slj.id)).toEqual([])
  })

  it('saves rows, leaves out empty ones, and opens again with what was saved', async () => {
    const opened = await open(made.openness)
    const form = {
      ...opened,
      functions: '负责供水。\n\n负责防汛。',
      'leaders.1.name': '陈宏达',
      'leaders.1.post': '局长',
      'opennessOffice.name': '办公室',
    }
    expect(await post(made.openness, form)).toMatchObject({ to: '/organs/slj?done=saved' })
    expect(await currentProfile(made.connection.db, made.slj.id, '2026-11-23')).toMatchObject({
      functions: ['负责供水。', '负责防汛。'],
      leaders: [{ name: '陈宏达', post: '局长', duties: '' }],
      opennessOffice: { name: '办公室', officer: '' },
    })
    const again = await open(made.openness)
    expect(again).toMatchObject({ 'leaders.0.name': '陈宏达', 'opennessOffice.name': '办公室' })
    await post(made.openness, { ...again, 'leaders.0.name': '', 'leaders.0.post': '' })
    expect((await currentProfile(made.connection.db, made.slj.id, '2026-11-23'))?.leaders).toEqual([])
  })

  it('shows a failed form again with every word', async () => {
    const opened = await open(made.openness)
    const reply = (await post(made.openness, {
      ...opened,
      email: '不是邮箱',
      'leaders.2.post': '局长',
    })) as Page
    const html = htmlOf(reply)
    expect(reply.status).toBe(422)
    expect(html).toContain('href="#field-leaders.0.name"')
    expect(formOf(html)).toMatchObject({ email: '不是邮箱', 'leaders.0.post': '局长' })
  })

  it('tells the second officer who wrote what and keeps both', async () => {
    await saveProfile(
      made.on(made.openness, '2026-11-01'),
      saveProfileInput.parse({
        organId: made.slj.id,
        phone: '1',
        leaders: [
          { name: '甲', post: '局长' },
          { name: '乙', post: '副局长' },
        ],
      }),
    )
    const bureau = made.as('李敏', 'openness-office', made.slj)
    const opened = await open(bureau)
    await post(made.openness, { ...opened, 'leaders.1.name': '', 'leaders.1.post': '', phone: '2' })
    const reply = (await post(bureau, { ...opened, phone: '3', address: '新址' })) as Page
    const html = htmlOf(reply)
    expect(reply.status).toBe(409)
    expect(html).toContain('何敏在 2026-11-23 10:02 保存过修改')
    expect(html).toContain('副局长 乙')
    const merged = formOf(html)
    expect(merged).toMatchObject({
      phone: '3',
      address: '新址',
      'leaders.0.name': '甲',
      'leaders.1.name': '',
    })
    await post(bureau, merged)
    expect(await currentProfile(made.connection.db, made.slj.id, '2026-11-23')).toMatchObject({
      phone: '3',
      address: '新址',
      leaders: [{ name: '甲' }],
      changedBy: '李敏',
    })
  })

  it('corrects the past by a page of its own that asks for the reason', async () => {
    await saveProfile(
      made.openness,
      saveProfileInput.parse({ organId: made.slj.id, phone: '1', validFrom: '2026-01-01' }),
    )
    const opened = formOf(
      (await show(made.openness, 'GET', '/organs/:key/correct', params, { query: { on: '2026-01-01' } }))
        .html,
    )
    const correct = (form: RawForm) => ask(made.openness, 'POST', '/organs/:key/correct', params, { form })
    expect(await correct({ ...opened, phone: '2' })).toMatchObject({ kind: 'page', status: 422 })
    expect(await correct({ ...opened, phone: '2', reason: '号码写错' })).toMatchObject({
      to: '/organs/slj?done=corrected',
    })
    const { html } = await show(made.openness, 'GET', '/organs/:key', params)
    expect(html).toContain('何敏更正，理由：号码写错')
  })

  it('is closed to the openness office of another organ', async () => {
    const other = made.as('李敏', 'openness-office', made.jyj)
    await expect(ask(other, 'GET', '/organs/:key/profile', params)).rejects.toMatchObject({ status: 403 })
  })
})
