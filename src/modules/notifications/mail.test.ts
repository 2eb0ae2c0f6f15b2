import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { momentInBeijing } from '#lib/beijing-time'
import { meetDuties, moveDuties } from '#modules/duties'
import { openPostOffice, type PostOffice } from '#platform/mail/post-office'
import { catchMail, type MailCatcher } from '../../../test/make/mail-catcher.ts'
import { changeOwnMailAddress } from '../people/actions/change-own-mail-address.ts'
import { chooseMail } from './actions/choose-mail.ts'
import { composeMails } from './actions/compose-mails.ts'
import { notify } from './actions/notify.ts'
import { sendMailsAgain } from './actions/send-again.ts'
import { sendMails } from './actions/send-mails.ts'
import { writeReminders } from './actions/write-reminders.ts'
import { nextTry } from './mail.ts'
import { makeReminding, type Reminding } from './notifications-for-tests.ts'

const settings = { domain: 'yunxi.example', deskUrl: 'https://desk.yunxi.example', digestAt: '07:30' }
const from = '云溪县政务公开 <gk@yunxi.example>'

let at: Reminding
let catcher: MailCatcher
let office: PostOffice
beforeAll(async () => {
  at = await makeReminding()
  catcher = await catchMail(address =>
    address.startsWith('nobody')
      ? { code: 550, words: '5.1.1 User unknown' }
      : address.startsWith('busy')
        ? { code: 451, words: '4.7.1 Try later' }
        : undefined,
  )
  office = openPostOffice({ smtpUrl: catcher.url, from })
})
afterAll(async () => {
  office.close()
  await catcher.stop()
  await at.house.leave()
})
beforeEach(() => {
  catcher.mails.length = 0
  catcher.recipients.length = 0
})

const db = () => at.ctx.db
const round = async () => {
  await composeMails(at.ctx, settings)
  return sendMails(at.ctx, office)
}
const word = (to: string, key: string, more: object = {}) => ({
  to: [to],
  subjectKey: key,
  title: `事项 ${key}`,
  sentence: '请看一看。',
  address: '/duties',
  ...more,
})

describe('the digest', () => {
  it('goes to each person once a morning, with what, by when, why and where', async () => {
    const officer = await at.person('林晓', at.house.slj, ['drafter'], 'linxiao@yunxi.example')
    at.setTime('2026-11-16 09:00')
    const open = await at.duty('digest', '2026-11-30', { officerId: officer })
    const met = await at.duty('met', '2026-11-30', { officerId: officer, title: '已经做完的事' })
    const moved = await at.duty('moved', '2026-11-30', { officerId: officer, title: '改了日子的事' })
    at.setTime('2026-11-23 06:10')
    await writeReminders(at.ctx)
    await meetDuties(db(), at.ctx, { ids: [met] }, { kind: 'statement', id: 'x', label: '已经公布' })
    await moveDuties(db(), at.ctx, { ids: [moved] }, { limit: { fixedOn: '2026-12-30' } }, '推后')
    expect(await round()).toEqual({ sent: 0, refused: 0 })
    at.setTime('2026-11-23 07:31')
    expect(await round()).toEqual({ sent: 1, refused: 0 })
    const [mail] = catcher.mails
    expect(mail?.subject).toBe('每日汇总：1 条通知（2026年11月23日）')
    expect(mail?.from?.text).toBe('"云溪县政务公开" <gk@yunxi.example>')
    expect(catcher.recipients).toEqual(['linxiao@yunxi.example'])
    for (const words of [
      '林晓，您好',
      '2026年11月30日到期：发布政策解读',
      '依据：政策解读三个工作日（R-INT-02）',
    ])
      for (const body of [mail?.text, mail?.html]) expect(body).toContain(words)
    expect(mail?.text).toMatch(/https:\/\/desk\.yunxi\.example\/notifications\/[0-9a-f-]{36}/)
    expect(mail?.text).not.toContain('已经做完的事')
    expect(mail?.text).not.toContain('改了日子的事')
    // What comes later in the day waits for the next morning
    await notify(db(), at.ctx, [word(officer, 'later')])
    at.setTime('2026-11-23 15:00')
    expect(await round()).toEqual({ sent: 0, refused: 0 })
    at.setTime('2026-11-24 06:10')
    await writeReminders(at.ctx)
    at.setTime('2026-11-24 07:30')
    expect(await round()).toEqual({ sent: 1, refused: 0 })
    expect(catcher.mails[1]?.text).toContain('事项 later')
    await meetDuties(db(), at.ctx, { ids: [open, moved] }, { kind: 'statement', id: 'x', label: '已经公布' })
  })

  it('waits for the reminders of the day when the process was down in the morning', async () => {
    const officer = await at.person('江涛', at.house.slj, ['drafter'], 'jiangtao@yunxi.example')
    at.setTime('2026-11-24 09:00')
    await at.duty('down', '2026-12-02', { officerId: officer })
    at.setTime('2026-11-25 10:00')
    expect(await round()).toEqual({ sent: 0, refused: 0 })
    await writeReminders(at.ctx)
    expect(await round()).toEqual({ sent: 1, refused: 0 })
    expect(await round()).toEqual({ sent: 0, refused: 0 })
  })
})

describe('mail', () => {
  it('goes at once when it is urgent or wanted so, one for all that waits, and not at all when it is off', async () => {
    at.setTime('2026-11-25 11:00')
    const [digest, atOnce, off] = [
      await at.person('甲', at.house.slj, [], 'jia@yunxi.example'),
      await at.person('乙', at.house.slj, [], 'yi@yunxi.example'),
      await at.person('丙', at.house.slj, [], 'bing@yunxi.example'),
    ]
    const without = await at.person('丁', at.house.slj, [])
    await chooseMail(await at.at(atOnce), { mail: 'at-once' })
    await chooseMail(await at.at(off), { mail: 'off' })
    for (const person of [digest, atOnce, off, without])
      await notify(db(), at.ctx, [
        word(person, 'urgent', { urgent: true }),
        word(person, 'urgent-too', { urgent: true }),
        word(person, 'plain'),
      ])
    expect(await round()).toEqual({ sent: 2, refused: 0 })
    expect(catcher.recipients.sort()).toEqual(['jia@yunxi.example', 'yi@yunxi.example'])
    const subjects = catcher.mails.map(
      mail => /^【紧急】事项 urgent.* 等 (\d) 条通知$/.exec(mail.subject ?? '')?.[1],
    )
    expect(subjects.sort()).toEqual(['2', '3'])
    expect(await round()).toEqual({ sent: 0, refused: 0 })
    // An address that is given now still gets what is new
    await changeOwnMailAddress(await at.at(without), { mailAddress: 'ding@yunxi.example' })
    expect(await round()).toEqual({ sent: 1, refused: 0 })
  })

  it('keeps titles out of its headers: a line break makes no second recipient', async () => {
    const person = await at.person('戊', at.house.slj, [], 'wu@yunxi.example')
    await notify(db(), at.ctx, [
      word(person, 'injected', {
        title: '标题\r\nBcc: spy@evil.example\r\n\r\n<b>正文</b>',
        sentence: '<script>alert(1)</script>',
        urgent: true,
      }),
    ])
    await round()
    const [mail] = catcher.mails
    expect(mail?.subject).toBe('【紧急】标题 Bcc: spy@evil.example <b>正文</b>')
    expect(mail?.headers.has('bcc')).toBe(false)
    expect(catcher.recipients).toEqual(['wu@yunxi.example'])
    expect(mail?.html).not.toContain('<script>')
    expect(mail?.html).not.toContain('<b>正文</b>')
  })

  it('to an address that the server refuses is given up, shown, and sent again after it was corrected', async () => {
    const person = await at.person('己', at.house.slj, [], 'nobody@yunxi.example')
    await notify(db(), at.ctx, [word(person, 'refused', { urgent: true })])
    expect(await round()).toEqual({ sent: 0, refused: 1 })
    const stored = () =>
      db().selectFrom('mails').selectAll().where('staffId', '=', person).executeTakeFirstOrThrow()
    expect(await stored()).toMatchObject({ tries: 1, nextTryAt: null, said: '550 5.1.1 User unknown' })
    expect(await round()).toEqual({ sent: 0, refused: 0 })
    await changeOwnMailAddress(await at.at(person), { mailAddress: 'ji@yunxi.example' })
    const organs = [at.house.slj.id]
    await expect(sendMailsAgain(await at.at(person), organs, {})).rejects.toMatchObject({ status: 403 })
    expect(await sendMailsAgain({ ...at.house.administrator, clock: at.ctx.clock }, organs, {})).toBe(1)
    expect(await round()).toEqual({ sent: 1, refused: 0 })
    expect(catcher.mails[0]?.messageId).toBe((await stored()).messageId)
  })

  it('that is put off is tried eight times, ever later, and never blocks the others', async () => {
    const busy = await at.person('庚', at.house.slj, [], 'busy@yunxi.example')
    const other = await at.person('辛', at.house.slj, [], 'xin@yunxi.example')
    await notify(db(), at.ctx, [word(busy, 'busy', { urgent: true }), word(other, 'other', { urgent: true })])
    expect(await round()).toEqual({ sent: 1, refused: 1 })
    const state = () =>
      db()
        .selectFrom('mails')
        .select(['tries', 'nextTryAt', 'failedAt'])
        .where('staffId', '=', busy)
        .executeTakeFirstOrThrow()
    for (let tries = 1; tries < 8; tries++) {
      const { nextTryAt } = await state()
      expect(nextTryAt).toEqual(nextTry(tries, at.ctx.clock.now()))
      expect(await round()).toEqual({ sent: 0, refused: 0 })
      at.setTime(momentInBeijing(nextTryAt ?? new Date()))
      expect(await sendMails(at.ctx, office)).toEqual({ sent: 0, refused: 1 })
    }
    expect(await state()).toMatchObject({ tries: 8, nextTryAt: null })
  })

  it('waits when the server is not there; one try a round tells so, and nothing is lost', async () => {
    at.setTime('2026-11-27 10:00')
    const people = [
      await at.person('壬', at.house.slj, [], 'ren@yunxi.example'),
      await at.person('癸', at.house.slj, [], 'gui@yunxi.example'),
    ]
    for (const person of people) await notify(db(), at.ctx, [word(person, 'gone', { urgent: true })])
    const nowhere = openPostOffice({ smtpUrl: `smtp://127.0.0.1:${await closedPort()}`, from })
    await composeMails(at.ctx, settings)
    expect(await sendMails(at.ctx, nowhere)).toEqual({ sent: 0, refused: 1 })
    nowhere.close()
    const said = await db()
      .selectFrom('mails')
      .select('said')
      .where('tries', '>', 0)
      .where('sentAt', 'is', null)
      .where('failedAt', 'is', null)
      .execute()
    expect(said[0]?.said).toContain('ECONNREFUSED')
    at.setTime('2026-11-27 10:02')
    expect(await round()).toEqual({ sent: 2, refused: 0 })
  })
})

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
