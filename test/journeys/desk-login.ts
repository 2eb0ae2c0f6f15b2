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

/** A browser in which one of the sample's people has logged in, administrators with the code of their authenticator. */
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
  await page.waitForURL(url => url.pathname !== '/login')
  if (person.secondFactor) {
    await page.getByRole('textbox', { name: '验证码' }).fill(totp(person.secondFactor.secret))
    await page.getByRole('button', { name: '继续' }).click()
    await page.waitForURL(url => url.pathname !== '/login/code')
  }
  return page
}
