import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'
import { atDesk, fillLogin } from './desk-login.ts'
import { totp } from './totp.ts'

let site: BuiltSite
let browser: Browser
let system: Page
let security: Page
let audit: Page
/** Address of the new person's page, and what the person logs in with. */
let person: string
const newcomer = { username: 'liuqing', password: '' }
let secret: string

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  system = await atDesk(browser, site, 'guoxin')
  security = await atDesk(browser, site, 'yaojing')
  audit = await atDesk(browser, site, 'zhaizhen')
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const says = (page: Page) => page.getByRole('main').innerText()
const statusOf = async (page: Page, path: string) => (await page.request.get(path)).status()
/** Sends a form without having been shown it. */
const post = async (page: Page, path: string, form: Record<string, string>) =>
  (await page.request.post(path, { form, headers: { origin: site.deskUrl }, maxRedirects: 0 })).status()

async function logInAs(someone: { username: string; password: string }) {
  const page = await openPage(browser, { baseURL: site.deskUrl })
  await page.goto('/login')
  await fillLogin(page, someone)
  return page
}

describe('the three administrators (S-SEC-06)', () => {
  it('the system administrator makes an account, without any rights', async () => {
    await system.goto('/people/new')
    await system.getByRole('textbox', { name: '姓名' }).fill('刘青')
    await system.getByRole('textbox', { name: '用户名' }).fill(newcomer.username)
    await system.getByRole('combobox', { name: '机构' }).selectOption({ label: '云溪县水利局' })
    await system.getByRole('button', { name: '新建账号' }).click()
    await system.getByText('密码只显示这一次').waitFor()
    newcomer.password = await system.locator('dd code').last().innerText()
    await system.getByRole('link', { name: '查看这个账号' }).click()
    await system.waitForURL(/\/people\/[0-9a-f-]{36}/)
    person = new URL(system.url()).pathname
    expect(await says(system)).toContain('角色由安全管理员添加和撤销')
  })

  it('the security administrator gives the role', async () => {
    await security.goto(person)
    await security.getByRole('combobox', { name: '角色' }).selectOption({ label: '起草人' })
    await security.getByRole('button', { name: '添加角色' }).click()
    await security.waitForURL(/done=post-given/)
    expect(await says(security)).toContain('起草人')
  })

  it('the audit administrator sees both acts, and who did them', async () => {
    await audit.goto('/audit')
    const rows = await audit.getByRole('row').allInnerTexts()
    expect(rows.find(row => row.includes('刘青') && row.includes('郭鑫'))).toMatch(/账号/)
    expect(rows.find(row => row.includes('刘青') && row.includes('姚静'))).toMatch(/起草人/)
    await audit.getByRole('button', { name: '现在核对' }).click()
    await audit.getByText('审计链完整').waitFor()
  })

  it('none of them can do what belongs to another', async () => {
    const [role, organ] = ['openness-office', '云溪县水利局']
    expect(await statusOf(security, '/people/new')).toBe(403)
    expect(await statusOf(audit, '/people')).toBe(403)
    expect(await statusOf(audit, person)).toBe(403)
    expect(await statusOf(system, '/audit')).toBe(403)
    expect(await statusOf(security, '/audit')).toBe(403)
    const organId = await system
      .goto('/people/new')
      .then(() => system.getByRole('option', { name: organ }).getAttribute('value'))
    const account = { name: '某人', username: 'mouren', organId: organId ?? '' }
    for (const page of [security, audit]) expect(await post(page, '/people/new', account)).toBe(403)
    const right = { role, organId: organId ?? '' }
    for (const page of [system, audit]) expect(await post(page, `${person}/posts`, right)).toBe(403)
    for (const page of [system, security, audit]) {
      expect(await statusOf(page, '/publications/new')).toBe(403)
      expect(await statusOf(page, '/publications')).toBe(403)
    }
    await security.goto(person)
    expect(await security.getByRole('table').first().innerText()).not.toContain('政务公开办')
  })

  it('nor can one person hold two of these offices', async () => {
    await security.goto('/people')
    await security.getByRole('link', { name: '郭鑫' }).click()
    await security.getByRole('combobox', { name: '角色' }).selectOption({ label: '审计管理员' })
    await security.getByRole('button', { name: '添加角色' }).click()
    await security.getByRole('alert').waitFor()
    expect(await says(security)).toContain('三员分立')
  })
})

describe('a newcomer', () => {
  it('must take an own password first, and is told what a good one is (S-SEC-01)', async () => {
    const page = await logInAs(newcomer)
    await page.waitForURL(/\/account\/password/)
    await page.goto('/publications')
    expect(page.url()).toContain('/account/password')
    const fill = async (next: string) => {
      await page.getByLabel('现在的密码').fill(newcomer.password)
      await page.getByLabel('新密码', { exact: false }).first().fill(next)
      await page.getByLabel('再填一次新密码').fill(next)
      await page.getByRole('button', { name: '修改密码' }).click()
    }
    await fill('mima123')
    await page.getByRole('alert').waitFor()
    expect(await says(page)).toContain('密码太短')
    await fill('溪水东流-2026-Qing')
    await page.waitForURL(url => url.pathname !== '/account/password')
    newcomer.password = '溪水东流-2026-Qing'
    await page.context().close()
  })

  it('turns the authenticator on and is asked for its code from then on (S-SEC-04)', async () => {
    const page = await logInAs(newcomer)
    await page.waitForURL(url => url.pathname === '/')
    await page.goto('/account/second-factor')
    await page.getByLabel('登录密码').fill(newcomer.password)
    await page.getByRole('button', { name: '开始启用' }).click()
    secret = await page.locator('code').first().innerText()
    const code = page.getByRole('textbox', { name: '验证码' })
    await code.fill('000000')
    await page.getByRole('button', { name: '启用', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await code.fill(totp(secret, -1))
    await page.getByRole('button', { name: '启用', exact: true }).click()
    await page.waitForURL(/factor-on/)
    await page.context().close()

    const again = await logInAs(newcomer)
    await again.waitForURL(/\/login\/code/)
    await again.goto('/publications')
    expect(again.url()).toContain('/login')
    await again.goto('/login/code')
    await again.getByRole('textbox', { name: '验证码' }).fill(totp(secret))
    await again.getByRole('button', { name: '继续' }).click()
    await again.waitForURL(url => url.pathname === '/')
    await again.context().close()
  })

  it('is locked out after five wrong passwords, in plain words, until the security administrator helps (S-SEC-02)', async () => {
    const page = await openPage(browser, { baseURL: site.deskUrl })
    await page.goto('/login')
    for (let attempt = 1; attempt <= 6; attempt++) {
      await fillLogin(page, { ...newcomer, password: `wrong-Pass-${attempt}` })
      await page.getByRole('alert').waitFor()
      await page.waitForLoadState()
    }
    expect(await says(page)).toMatch(
      /连续输错次数太多，已暂时锁定。请在 \d{4}-\d\d-\d\d \d\d:\d\d 之后再试，或请安全管理员解锁/,
    )
    await fillLogin(page, newcomer)
    await page.waitForLoadState()
    expect(await says(page)).toContain('已暂时锁定')
    await security.goto(person)
    expect(await says(security)).toContain('连续输错密码')
    await security.getByRole('button', { name: '解锁' }).click()
    await security.waitForURL(/done=unlocked/)
    await fillLogin(page, newcomer)
    await page.waitForURL(/\/login\/code/)
  })
})
