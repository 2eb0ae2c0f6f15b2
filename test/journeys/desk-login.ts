import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPage } from './browser.ts'
import type { BuiltSite } from './built-site.ts'
import { totp } from './totp.ts'

/** Fills in the form of the login page that is open. */
export async function fillLogin(page: Page, person: { username: string; password: string }) {
  await page.getByLabel('用户名').fill(person.username)
  await page.getByLabel('密码').fill(person.password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** A browser in which one of the sample's people has logged in; administrators enrol their second factor on the way. */
export async function atDesk(
  browser: Browser,
  site: BuiltSite,
  username: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await openPage(browser, { baseURL: site.deskUrl, ...options })
  const person = site.account(username)
  await page.goto('/login')
  await fillLogin(page, person)
  if (page.url().includes('/account/second-factor')) await enrol(page, person.password)
  return page
}

/** Turns the second factor on, on the page that asks for it. @returns its secret. */
export async function enrol(page: Page, password: string): Promise<string> {
  await page.getByLabel('登录密码').fill(password)
  await page.getByRole('button', { name: '开始启用' }).click()
  const secret = (await page.locator('code').first().textContent()) ?? ''
  await page.getByLabel('验证码').fill(totp(secret))
  await page.getByRole('button', { name: '启用', exact: true }).click()
  return secret
}
