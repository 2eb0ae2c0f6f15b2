import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meetDuties } from '#modules/duties'
import type { DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { people } from '../people/module.ts'
import { composeMails } from './actions/compose-mails.ts'
import { notify } from './actions/notify.ts'
import { writeReminders } from './actions/write-reminders.ts'
import { markUnsent, takeNext } from './mail-queries.ts'
import { notificationMail, notifications } from './module.ts'
import { makeReminding, type Reminding } from './notifications-for-tests.ts'

let at: Reminding
let officerId: string
let officer: DeskContext
let administrator: DeskContext
beforeAll(async () => {
  at = await makeReminding()
  officerId = await at.person('林晓', at.house.slj, ['drafter'])
  officer = await at.at(officerId)
  administrator = { ...at.house.administrator, clock: at.ctx.clock }
})
afterAll(() => at.house.leave())

const outside = { office: null, deskUrl: () => '', digestAt: '07:30' }
const visit = deskVisit(notificationMail(outside).deskRoutes)
const withMail = deskVisit(
  notificationMail({ ...outside, office: { domain: 'yunxi.example', send: async () => {}, close: () => {} } })
    .deskRoutes,
)
const waiting = (ctx: DeskContext) => notifications.menu?.[0]?.waiting?.(ctx)

describe('通知', () => {
  it('says why there is nothing, and that no mail goes out without a server', async () => {
    const { html } = await visit.show(officer, 'GET', '/notifications')
    expect(html).toContain('还没有通知')
    expect(html).toContain('没有设置发信服务器')
    expect((await withMail.show(officer, 'GET', '/notifications')).html).not.toContain('没有设置发信服务器')
    expect(await waiting(officer)).toEqual({ count: 0, late: false })
  })

  it('lists what concerns me, unread first; opening one reads it and leads to the matter', async () => {
    const dutyId = await at.duty('page', '2026-11-20', { officerId })
    await writeReminders(at.ctx)
    at.setTime('2026-11-23 09:00')
    const more = Array.from({ length: 35 }, (_, number) => ({
      to: [officerId],
      subjectKey: `word:${number}`,
      title: `<i>事项</i> ${number}`,
      sentence: '请看一看。',
      address: '/duties',
    }))
    await notify(at.ctx.db, at.ctx, more)
    expect(await waiting(officer)).toEqual({ count: 36, late: true })
    const first = await visit.show(officer, 'GET', '/notifications')
    expect(first.html).toContain('&lt;i>事项')
    expect(first.html).toContain('共 36 条')
    const second = await visit.show(officer, 'GET', '/notifications', {}, { query: { page: '2' } })
    expect(second.html).toContain('已逾期：发布政策解读')
    const id = /href="\/notifications\/([0-9a-f-]{36})"[^>]*>已逾期/.exec(second.html)?.[1] ?? ''
    expect(await visit.ask(officer, 'GET', '/notifications/:id', { id })).toMatchObject({
      to: `/duties/${dutyId}`,
    })
    expect(await waiting(officer)).toEqual({ count: 35, late: false })
    await expect(visit.ask(administrator, 'GET', '/notifications/:id', { id })).rejects.toMatchObject({
      status: 404,
    })
    const urgent = await visit.show(officer, 'GET', '/notifications', {}, { query: { show: 'urgent' } })
    expect(urgent.html).toContain('共 1 条')
    await meetDuties(at.ctx.db, at.ctx, { ids: [dutyId] }, { kind: 'statement', id: 'x', label: '已经公布' })
    const settled = await visit.show(officer, 'GET', '/notifications', {}, { query: { show: 'urgent' } })
    expect(settled.html).toContain('已办结')
  })

  it('are marked read one by one, and all', async () => {
    const { html } = await visit.show(officer, 'GET', '/notifications', {}, { query: { show: 'unread' } })
    const id = /name="id" value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? ''
    await visit.ask(officer, 'POST', '/notifications/read', {}, { form: { id } })
    expect(await waiting(officer)).toMatchObject({ count: 34 })
    await visit.ask(administrator, 'POST', '/notifications/read')
    expect(await waiting(officer)).toMatchObject({ count: 34 })
    await visit.ask(officer, 'POST', '/notifications/read')
    expect(await waiting(officer)).toEqual({ count: 0, late: false })
  })
})

describe('怎样收邮件', () => {
  it('is chosen by everybody for oneself, with the address of the own account', async () => {
    const account = deskVisit(people.deskRoutes)
    const asked = await visit.show(officer, 'GET', '/notifications/settings')
    expect(asked.html).toContain('您还没有填写邮箱')
    const send = (mailAddress: string) =>
      account.ask(officer, 'POST', '/account/mail-address', {}, { form: { mailAddress } })
    for (const wrong of ['linxiao', 'a@b.cn, c@d.cn', '林晓 <a@b.cn>', 'a@b.cn\r\nBcc: c@d.cn']) {
      const refused = await send(wrong)
      expect(refused).toMatchObject({ status: 422 })
    }
    expect(await send(' linxiao@yunxi.example ')).toMatchObject({ to: '/account?done=mail-address' })
    const { html } = await visit.show(officer, 'GET', '/notifications/settings')
    expect(html).toContain('linxiao@yunxi.example')
    expect(html).toMatch(/value="digest"[^>]*checked|checked[^>]*value="digest"/)
    const wrong = await visit.show(
      officer,
      'POST',
      '/notifications/settings',
      {},
      { form: { mail: 'often' } },
    )
    expect(wrong.page.status).toBe(422)
    await visit.ask(officer, 'POST', '/notifications/settings', {}, { form: { mail: 'at-once' } })
    expect((await visit.show(officer, 'GET', '/notifications/settings')).html).toMatch(
      /value="at-once"[^>]*checked|checked[^>]*value="at-once"/,
    )
  })

  it('the trail knows that the address was changed, not which it is (S-SEC-15)', async () => {
    const entries = await at.ctx.db
      .selectFrom('auditEntries')
      .select(['sentence', 'details'])
      .where('act', '=', 'people.change-own-mail-address')
      .execute()
    expect(entries.map(entry => entry.sentence)).toEqual(['修改了自己的邮箱地址'])
    expect(JSON.stringify(entries)).not.toContain('linxiao@')
  })
})

describe('发信', () => {
  it("shows the system administrator whose mail was not taken and the server's words, no texts", async () => {
    await notify(at.ctx.db, at.ctx, [
      {
        to: [officerId],
        subjectKey: 'mail',
        title: '机密的标题',
        sentence: '。',
        address: '/duties',
        urgent: true,
      },
    ])
    await composeMails(at.ctx, { domain: 'yunxi.example', deskUrl: '', digestAt: '07:30' })
    const mail = await takeNext(at.ctx.db, at.ctx.clock.now())
    const tried = { nextTryAt: null, said: '550 User unknown', at: at.ctx.clock.now() }
    await markUnsent(at.ctx.db, mail?.id ?? '', tried)
    const { html } = await withMail.show(administrator, 'GET', '/mails')
    expect(html).toContain('林晓')
    expect(html).toContain('550 User unknown')
    expect(html).toContain('试了 1 次，没有发出')
    expect(html).not.toContain('机密的标题')
    await expect(visit.ask(officer, 'GET', '/mails')).rejects.toThrow('may not open')
    const elsewhere = at.house.as('别处', 'system-administrator', at.house.jyj)
    expect((await withMail.show(elsewhere, 'GET', '/mails')).html).toContain('没有发送不顺利的邮件')
    expect(await withMail.ask(elsewhere, 'POST', '/mails')).toMatchObject({ to: '/mails?again=0' })
    const form = { id: /name="id" value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? '' }
    expect(await withMail.ask(administrator, 'POST', '/mails', {}, { form })).toMatchObject({
      to: '/mails?again=1',
    })
    expect(await takeNext(at.ctx.db, at.ctx.clock.now())).toMatchObject({
      messageId: mail?.messageId,
      tries: 0,
    })
  })
})

describe('提醒时间', () => {
  it('keeps what was typed and says what is wrong with it', async () => {
    const { html } = await visit.show(administrator, 'GET', '/reminder-points')
    expect(html).toContain('现在按通常的时间')
    const form = { ...formOf(html), daysBefore: '七天', lateFrom: '0', lateEvery: '' }
    const wrong = await visit.show(administrator, 'POST', '/reminder-points', {}, { form })
    expect(wrong.page.status).toBe(422)
    expect(wrong.html).toContain('value="七天"')
    expect(wrong.html).toContain('请填写天数')
    const right = { ...form, daysBefore: '5, 1', lateFrom: '2', lateEvery: '3' }
    await visit.ask(administrator, 'POST', '/reminder-points', {}, { form: right })
    const saved = await visit.show(administrator, 'GET', '/reminder-points')
    expect(saved.html).toContain('value="5、1"')
    expect(saved.html).toContain('周敏')
  })
})
