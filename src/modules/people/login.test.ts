import { createOTP } from '@better-auth/utils/otp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireSecondFactor, takeKeptForm } from '#modules/people'
import {
  type Browser,
  makePeopledCounty,
  type PeopledCounty,
  type Person,
} from '../../../test/make/desk-people.ts'
import { deskVisit, htmlOf } from '../../../test/make/desk-visit.ts'
import { giveSecondFactor } from './actions/give-second-factor.ts'
import { keepForm } from './actions/keep-form.ts'
import { lockStaff, unlockStaff } from './actions/lock-staff.ts'
import { sessionCookie } from './login.ts'
import { loginKey } from './login-key.ts'
import { people } from './module.ts'

let made: PeopledCounty
let shen: Person
beforeAll(async () => {
  made = await makePeopledCounty()
  shen = await made.person('shenxiaolan', '沈晓岚', made.slj, ['drafter'])
})
afterAll(() => made.leave())

const visit = deskVisit(people.deskRoutes)
const wordsOf = (reply: Awaited<ReturnType<Browser['send']>>) => {
  if (reply.kind !== 'page') throw new Error(`not a page: ${JSON.stringify(reply)}`)
  return htmlOf(reply)
}
const entriesOf = (act: string) =>
  made.connection.db
    .selectFrom('auditEntries')
    .selectAll()
    .where('act', '=', act)
    .orderBy('at')
    .orderBy('id')
    .execute()

describe('logging in', () => {
  it('opens a session that is found again by its cookie alone', async () => {
    const browser = made.browser('192.0.2.10')
    const reply = await browser.signIn(shen)
    expect(reply).toMatchObject({ kind: 'redirect', to: '/' })
    expect(Object.keys(browser.cookies)).toEqual([sessionCookie])
    expect(reply.cookies?.find(cookie => cookie.name === sessionCookie)?.maxAge).toBeUndefined()
    const who = await browser.resolve()
    expect(who).toMatchObject({
      staff: { name: '沈晓岚', posts: [{ role: 'drafter' }] },
      mustChangePassword: false,
      mustEnrol: false,
    })
    const [entry] = (await entriesOf('people.sign-in')).slice(-1)
    expect(entry).toMatchObject({ actor: '沈晓岚', ip: '192.0.2.10', outcome: 'done' })
  })

  it('takes no cookie that was made up or changed', async () => {
    const browser = made.browser()
    await browser.signIn(shen)
    const good = browser.cookies[sessionCookie] ?? ''
    const other = `${good.startsWith('A') ? 'B' : 'A'}${good.slice(1)}`
    for (const bad of ['x', `${good}x`, other, good.slice(0, good.lastIndexOf('.'))]) {
      browser.cookies[sessionCookie] = bad
      expect(await browser.resolve()).toBeNull()
    }
  })

  it('ends the former session of the same browser: the token is another after each login', async () => {
    const browser = made.browser()
    await browser.signIn(shen)
    const former = { ...browser.cookies }
    await browser.signIn(shen)
    expect(browser.cookies[sessionCookie]).not.toBe(former[sessionCookie])
    const other = made.browser()
    other.cookies = former
    expect(await other.resolve()).toEqual({ expiredStaffId: null })
    expect(await browser.resolve()).toHaveProperty('staff')
  })

  it('goes where the person wanted to go, but never elsewhere', async () => {
    expect(await made.browser().signIn(shen, { to: '/people?page=2' })).toMatchObject({
      to: '/people?page=2',
    })
    expect(await made.browser().signIn(shen, { to: '//evil.example/' })).toMatchObject({ to: '/' })
  })

  it('answers alike for a wrong password, a name that does not exist, and a locked account', async () => {
    const locked = await made.person('suoding', '索丁', made.slj)
    await lockStaff(made.system, locked.id, { reason: '测试' })
    const answers = await Promise.all(
      [
        { username: 'shenxiaolan', password: 'Wrong-wrong-1' },
        { username: 'nobody-here', password: 'Wrong-wrong-1' },
        { username: 'Kein Name 不存在!', password: 'Wrong-wrong-1' },
        { username: 'suoding', password: locked.password },
      ].map(async person => wordsOf(await made.browser('192.0.2.20').signIn(person))),
    )
    const plain = answers.map(html => html.replace(/value="[^"]*"/g, ''))
    expect(new Set(plain).size).toBe(1)
    expect(plain[0]).toContain('用户名或密码不对，或者账号已停用')
  })

  it('takes about as long for a name that does not exist', async () => {
    const time = async (username: string) => {
      const begin = performance.now()
      await made.browser('192.0.2.21').signIn({ username, password: 'Wrong-wrong-1' })
      return performance.now() - begin
    }
    const there = [await time('shenxiaolan'), await time('shenxiaolan')]
    const gone = [await time('nobody-a'), await time('nobody-b')]
    // both reckon one scrypt; without it the answer would come in a tenth of the time
    expect(Math.min(...gone)).toBeGreaterThan(Math.min(...there) / 3)
  })

  it('records failures without what was typed for a name that does not exist', async () => {
    const typed = 'mypassword-typed-in-the-wrong-field'
    await made.browser('192.0.2.22').signIn({ username: typed, password: 'x' })
    const [entry] = (await entriesOf('people.sign-in')).slice(-1)
    expect(entry).toMatchObject({ outcome: 'refused', objectLabel: null, ip: '192.0.2.22' })
    expect(JSON.stringify(entry)).not.toContain(typed)
  })
})

describe('lock-out (S-SEC-02)', () => {
  const wrong = (username: string) => ({ username, password: 'Wrong-wrong-1' })

  it('closes an account after five failures for 15 minutes, then longer, even to the right password', async () => {
    const person = await made.person('peng', '彭志文', made.slj)
    const browser = made.browser('192.0.2.30')
    for (let failure = 1; failure <= 5; failure++)
      expect(wordsOf(await browser.signIn(wrong('peng')))).toContain('密码不对')
    expect(wordsOf(await browser.signIn(person))).toContain('已暂时锁定')
    made.pass(14)
    expect(wordsOf(await browser.signIn(person))).toContain('已暂时锁定')
    made.pass(2)
    for (let failure = 1; failure <= 5; failure++)
      expect(wordsOf(await browser.signIn(wrong('peng')))).toContain('密码不对')
    made.pass(16)
    expect(wordsOf(await browser.signIn(person))).toContain('已暂时锁定')
    made.pass(15)
    expect(await browser.signIn(person)).toMatchObject({ kind: 'redirect' })
  })

  it('locks a name that does not exist just the same', async () => {
    const browser = made.browser('192.0.2.31')
    for (let failure = 1; failure <= 5; failure++) await browser.signIn(wrong('ghost'))
    expect(wordsOf(await browser.signIn(wrong('ghost')))).toContain('已暂时锁定')
  })

  it('looks at no more guesses than may fail, however many come at once', async () => {
    await made.person('tanyun', '谭云', made.slj)
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => made.browser('192.0.2.32').signIn(wrong('tanyun'))),
    )
    expect(answers.map(wordsOf).filter(html => html.includes('密码不对'))).toHaveLength(5)
  })

  it('closes an address after thirty failures over many names, by /64', async () => {
    for (let failure = 1; failure <= 30; failure++)
      await made.browser(`2001:db8::${failure}`).signIn(wrong(`guess-${failure}`))
    expect(wordsOf(await made.browser('2001:db8::ffff').signIn(shen))).toContain('已暂时锁定')
    expect(await made.browser('2001:db8:0:1::1').signIn(shen)).toMatchObject({ kind: 'redirect' })
    made.pass(16)
    expect(await made.browser('2001:db8::ffff').signIn(shen)).toMatchObject({ kind: 'redirect' })
  })

  it('is taken back by the security administrator, and forgotten after a success', async () => {
    const person = await made.person('hemin', '何敏', made.slj)
    const browser = made.browser('192.0.2.33')
    for (let failure = 1; failure <= 5; failure++) await browser.signIn(wrong('hemin'))
    await unlockStaff(made.system, person.id)
    for (let round = 1; round <= 2; round++) {
      for (let failure = 1; failure <= 4; failure++) await browser.signIn(wrong('hemin'))
      expect(await browser.signIn(person)).toMatchObject({ kind: 'redirect' })
    }
  })
})

describe('the end of a session (S-SEC-02)', () => {
  it('comes after 30 minutes without a click', async () => {
    const browser = made.browser()
    await browser.signIn(shen)
    made.pass(29)
    expect(await browser.resolve()).toHaveProperty('staff')
    made.pass(29)
    expect(await browser.resolve()).toHaveProperty('staff')
    made.pass(30)
    expect(await browser.resolve()).toEqual({ expiredStaffId: shen.id })
  })

  it('comes after 12 hours at most', async () => {
    const browser = made.browser()
    await browser.signIn(shen)
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      made.pass(20)
      expect(await browser.resolve()).toHaveProperty('staff')
    }
    made.pass(20)
    expect(await browser.resolve()).toEqual({ expiredStaffId: shen.id })
  })

  it('comes at once when the account is locked, or by its owner', async () => {
    const person = await made.person('lin', '林嘉卉', made.slj)
    const [here, there] = [made.browser(), made.browser()]
    await here.signIn(person)
    await there.signIn(person)
    const ctx = await made.at(person)
    const account = await visit.show(ctx, 'GET', '/account', {}, { cookies: here.cookies })
    expect(account.html).toContain('现在的登录 · 2')
    expect(account.html).toContain('Firefox · Linux')
    await visit.ask(ctx, 'POST', '/account/sessions/end', {}, { cookies: here.cookies })
    expect(await there.resolve()).toEqual({ expiredStaffId: null })
    expect(await here.resolve()).toHaveProperty('staff')
    await lockStaff(made.system, person.id, { reason: '核查' })
    expect(await here.resolve()).toEqual({ expiredStaffId: null })
  })

  it('comes by logging out', async () => {
    const browser = made.browser()
    await browser.signIn(shen)
    const kept = { ...browser.cookies }
    expect(await browser.send('POST', '/logout')).toMatchObject({ to: '/login?done=left' })
    expect(browser.cookies).toEqual({})
    browser.cookies = kept
    expect(await browser.resolve()).toEqual({ expiredStaffId: null })
  })
})

describe('a first password', () => {
  it('must be changed at once, by the rules, and not to one of the last five (S-SEC-01)', async () => {
    const person = await made.person('zheng', '郑启明', made.slj, [], true)
    const [browser, other] = [made.browser(), made.browser()]
    await other.signIn(person)
    expect(await browser.signIn(person, { to: '/people' })).toMatchObject({
      to: '/account/password?first=1&to=%2Fpeople',
    })
    expect(await browser.resolve()).toMatchObject({ mustChangePassword: true })
    const ctx = await made.at(person)
    const change = (currentPassword: string, newPassword: string, repeatedPassword = newPassword) =>
      visit.ask(
        ctx,
        'POST',
        '/account/password',
        {},
        {
          cookies: browser.cookies,
          form: { currentPassword, newPassword, repeatedPassword, to: '/people' },
        },
      )
    expect(wordsOf(await change('Wrong-wrong-1', 'New-pass-word-1'))).toContain('登录密码不对')
    expect(wordsOf(await change(person.password, 'zhengzheng'))).toContain('密码太简单')
    expect(wordsOf(await change(person.password, 'New-pass-word-1', 'New-pass-word-2'))).toContain(
      '两次填写的新密码不一样',
    )
    expect(wordsOf(await change(person.password, person.password))).toContain('最近用过')
    expect(await change(person.password, 'New-pass-word-1')).toMatchObject({ to: '/people' })
    expect(await browser.resolve()).toMatchObject({ mustChangePassword: false })
    expect(await other.resolve()).toEqual({ expiredStaffId: null })
    let current = 'New-pass-word-1'
    for (const next of ['New-pass-word-2', 'New-pass-word-3', 'New-pass-word-4', 'New-pass-word-5']) {
      made.pass(1)
      expect(await change(current, next)).toMatchObject({ kind: 'redirect' })
      current = next
    }
    expect(wordsOf(await change(current, 'New-pass-word-1'))).toContain('最近用过')
    expect(await change(current, person.password)).toMatchObject({ kind: 'redirect' })
  })

  it('is due again after 90 days', async () => {
    const person = await made.person('majunfeng', '马俊峰', made.slj)
    made.pass(90 * 24 * 60)
    const browser = made.browser()
    expect(await browser.signIn(person)).toMatchObject({ to: '/account/password?first=1&to=%2F' })
    made.pass(-90 * 24 * 60)
  })
})

describe('the second factor (S-SEC-04)', () => {
  const codeFor = async (secret: string) => createOTP(base32Decode(secret)).totp()
  const wait = () => new Promise(done => setTimeout(done, 5))

  it('is enrolled by scanning, asked for at each login, and each code counts once', async () => {
    await requireSecondFactor(made.system, 'administrators')
    const person = await made.person('yaojing', '姚静', made.county, ['security-administrator'])
    const browser = made.browser('192.0.2.40')
    expect(await browser.signIn(person)).toMatchObject({ to: '/account/second-factor?first=1&to=%2F' })
    expect(await browser.resolve()).toMatchObject({ mustEnrol: true })
    const ctx = await made.at(person)
    const post = async (path: string, form: Record<string, string>) => {
      const reply = await visit.ask(
        ctx,
        'POST',
        `/account/second-factor/${path}`,
        {},
        { cookies: browser.cookies, form },
      )
      browser.take(reply)
      return reply
    }
    expect(wordsOf(await post('begin', { password: 'Wrong-wrong-1' }))).toContain('登录密码不对')
    const scan = wordsOf(await post('begin', { password: person.password }))
    expect(scan).toContain('<svg')
    const secret = /填这串密钥：<code>([A-Z2-7 ]+)<\/code>/.exec(scan)?.[1]?.replaceAll(' ', '') ?? ''
    const backup = [...scan.matchAll(/<li><code>([0-9a-z-]{11})<\/code>/g)].map(found => found[1] ?? '')
    expect(backup).toHaveLength(10)
    const stored = await made.connection.db
      .selectFrom('staffSecondFactors')
      .selectAll()
      .where('staffId', '=', person.id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(stored)).not.toContain(backup[0])
    const before = browser.cookies[sessionCookie]
    expect(wordsOf(await post('confirm', { code: '000000' }))).toContain('验证码不对')
    expect(await post('confirm', { code: await codeFor(secret) })).toMatchObject({
      to: '/account?done=factor-on',
    })
    expect(browser.cookies[sessionCookie]).not.toBe(before)
    expect(await browser.resolve()).toMatchObject({ mustEnrol: false })

    const again = made.browser('192.0.2.41')
    expect(await again.signIn(person, { to: '/people' })).toMatchObject({ to: '/login/code?to=%2Fpeople' })
    expect(again.cookies[sessionCookie]).toBeUndefined()
    expect(await again.resolve()).toBeNull()
    expect(wordsOf(await again.send('POST', '/login/code', { code: '123' }))).toContain('请填写6位验证码')
    expect(wordsOf(await again.send('POST', '/login/code', { code: '000000' }))).toContain('验证码不对')
    const code = await codeFor(secret)
    expect(await again.send('POST', '/login/code', { code: ` ${code} `, to: '/people' })).toMatchObject({
      to: '/people',
    })
    expect(await again.resolve()).toHaveProperty('staff')

    const replay = made.browser('192.0.2.42')
    await replay.signIn(person)
    expect(wordsOf(await replay.send('POST', '/login/code', { code }))).toContain('刚刚用过')
    expect(await replay.resolve()).toBeNull()

    const lost = made.browser('192.0.2.43')
    await lost.signIn(person)
    expect(await lost.send('POST', '/login/code', { code: backup[0]?.toUpperCase() ?? '' })).toMatchObject({
      to: '/',
    })
    await wait()
    const twice = made.browser('192.0.2.44')
    await twice.signIn(person)
    expect(wordsOf(await twice.send('POST', '/login/code', { code: backup[0] ?? '' }))).toContain(
      '验证码不对',
    )
    expect(await entriesOf('people.use-backup-code')).toHaveLength(1)
    await requireSecondFactor(made.system, 'nobody')
  })

  it('locks after five wrong codes, and no challenge outlives its five tries', async () => {
    const person = await made.person('guoxin', '郭鑫', made.county, ['system-administrator'])
    const { secret } = await giveSecondFactor(made.system, person.id)
    const browser = made.browser('192.0.2.45')
    await browser.signIn(person)
    for (let failure = 1; failure <= 5; failure++) {
      expect(wordsOf(await browser.send('POST', '/login/code', { code: '000000' }))).toContain('验证码不对')
    }
    expect(wordsOf(await browser.send('POST', '/login/code', { code: await codeFor(secret) }))).toContain(
      '已锁定15分钟',
    )
    await unlockStaff(made.system, person.id)
    await browser.signIn(person)
    expect(await browser.send('POST', '/login/code', { code: await codeFor(secret) })).toMatchObject({
      to: '/',
    })
  })

  it('of the sample works by its printed backup codes, without a telephone', async () => {
    const person = await made.person('zhaizhen', '翟振', made.county, ['audit-administrator'])
    const { backupCodes } = await giveSecondFactor(made.system, person.id)
    const browser = made.browser('192.0.2.46')
    expect(await browser.signIn(person)).toMatchObject({ to: '/login/code' })
    expect(await browser.send('POST', '/login/code', { code: backupCodes[3] ?? '' })).toMatchObject({
      to: '/',
    })
  })

  it('page without a login that waits leads back to the first step', async () => {
    expect(await made.browser().send('GET', '/login/code')).toMatchObject({ kind: 'redirect', to: '/login' })
    expect(wordsOf(await made.browser().send('POST', '/login/code', { code: '123456' }))).toContain(
      '登录已过时',
    )
  })
})

describe('a form that came after the session had run out', () => {
  const form = {
    title: '关于节约用水的通知',
    body: '<p>正文</p>',
    themes: ['水利', '民生'],
    newPassword: 'Secret-1',
  }

  it('is given back to the person who posted it, once, without passwords', async () => {
    const browser = made.browser()
    await browser.signIn(shen)
    made.pass(31)
    const who = await browser.resolve()
    expect(who).toEqual({ expiredStaffId: shen.id })
    const kept = await keepForm(made.system, shen.id, '/publications/7/edit?tab=body', form)
    expect(await browser.send('GET', '/login', {}, { kept })).toMatchObject({ kind: 'page' })
    expect(await browser.signIn(shen, { kept })).toMatchObject({
      to: `/publications/7/edit?tab=body&kept=${kept}`,
    })
    expect(await takeKeptForm(made.system, shen.id, kept)).toEqual({
      path: '/publications/7/edit?tab=body',
      form: { title: form.title, body: form.body, themes: form.themes },
    })
    expect(await takeKeptForm(made.system, shen.id, kept)).toBeNull()
  })

  it('is nothing to anybody else', async () => {
    const other = await made.person('cuilijuan', '崔丽娟', made.slj)
    const kept = await keepForm(made.system, shen.id, '/publications/7/edit', form)
    expect(await made.browser().signIn(other, { kept })).toMatchObject({ to: '/' })
    expect(await takeKeptForm(made.system, other.id, kept)).toBeNull()
    expect(await takeKeptForm(made.system, shen.id, `${kept}x`)).toBeNull()
    expect(await takeKeptForm(made.system, shen.id, kept)).not.toBeNull()
  })

  it('is gone after a day, and never larger than 2 MB, and never leads elsewhere', async () => {
    const kept = await keepForm(made.system, shen.id, '/publications/7/edit', form)
    made.pass(24 * 60 + 1)
    expect(await takeKeptForm(made.system, shen.id, kept)).toBeNull()
    await people.jobs?.[0]?.run(made.system, {})
    expect(await made.connection.db.selectFrom('keptForms').selectAll().execute()).toEqual([])
    await expect(keepForm(made.system, shen.id, '/x', { body: '水'.repeat(800_000) })).rejects.toThrow('2MB')
    await expect(keepForm(made.system, shen.id, '//evil.example', form)).rejects.toThrow('没有保留')
  })

  it('fills no disk: the newest twenty are kept', async () => {
    for (let number = 0; number < 25; number++) await keepForm(made.system, shen.id, '/x', form)
    expect(await made.connection.db.selectFrom('keptForms').select('path').execute()).toHaveLength(20)
  })
})

describe('the login key', () => {
  it('is never in the database', async () => {
    const key = await loginKey()
    for (const table of ['loginRules', 'staffSecondFactors', 'staffLogins'] as const) {
      const rows = await made.connection.db.selectFrom(table).selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(key)
    }
  })

  it('of another installation is named as the fault, instead of refusing every code', async () => {
    const { db } = made.connection
    await db.updateTable('loginRules').set({ keyDigest: 'of another key' }).execute()
    await expect(made.browser().signIn(shen)).rejects.toThrow('登录密钥与这个数据库的不是同一个')
    const said: string[] = []
    const command = people.commands?.find(one => one.name === 'new-login-key')
    await command?.run(made.system, [], { print: line => said.push(line), error: line => said.push(line) })
    expect(said.join()).toContain('已改用新的登录密钥')
    expect(await made.browser().signIn(shen)).toMatchObject({ kind: 'redirect' })
  })
})

it('reset-password lets the administrator who lost access in again', async () => {
  const person = await made.person('lostall', '吴失', made.slj, ['window-clerk'])
  await giveSecondFactor(made.system, person.id)
  await lockStaff(made.system, person.id, { reason: '测试' })
  const said: string[] = []
  const out = { print: (line: string) => said.push(line), error: (line: string) => said.push(line) }
  const command = people.commands?.find(one => one.name === 'reset-password')
  expect(await command?.run(made.system, ['nobody-here'], out)).toBe(2)
  expect(await command?.run(made.system, ['lostall', '--second-factor', '--json'], out)).toBe(0)
  const { username, password } = JSON.parse(said.at(-1) ?? '') as { username: string; password: string }
  expect(await made.browser('192.0.2.50').signIn({ username, password })).toMatchObject({
    to: '/account/password?first=1&to=%2F',
  })
})

function base32Decode(text: string): string {
  let bits = ''
  for (const letter of text)
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')
  return (bits.match(/.{8}/g) ?? []).map(byte => String.fromCharCode(Number.parseInt(byte, 2))).join('')
}
