import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onDatabase } from '../make/on-server.ts'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'
import { atDesk, fillLogin } from './desk-login.ts'
import { beginNotice } from './desk-writing.ts'

let site: BuiltSite
let browser: Browser
let page: Page
/** The login page to which the form was sent, with the token of what was kept. */
let loginAddress: string

const title = '关于开展节水宣传活动的通知'
const words = '活动时间为12月1日至7日，请各单位提前准备宣传材料。'

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  page = await atDesk(browser, site, 'shenxiaolan')
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** As if everybody had gone to lunch and stayed away. */
const letSessionsExpire = () =>
  onDatabase(site.databaseUrl, `update staff_sessions set last_seen_at = last_seen_at - interval '3 days'`)

describe('a session expires in a long form', () => {
  it('and the form is sent to the login page, which says that the text is kept', async () => {
    await beginNotice(page, title, words)
    await letSessionsExpire()
    await page.getByRole('button', { name: '保存稿子' }).click()
    await page.waitForURL(/\/login\?kept=/)
    loginAddress = page.url()
    expect(await page.getByRole('main').innerText()).toContain('您刚才填写的内容保留着')
  })

  it('and nobody else gets it, even with the same address', async () => {
    const other = await openPage(browser, { baseURL: site.deskUrl })
    await other.goto(loginAddress)
    await fillLogin(other, site.account('cuilijuan'))
    await other.waitForURL(url => url.pathname !== '/login')
    expect(await other.content()).not.toContain(title)
    const token = new URL(loginAddress).searchParams.get('kept')
    await other.goto(`/publications/new?kept=${token}`)
    expect(await other.content()).not.toContain(title)
    await other.context().close()
  })

  it('and its owner has it back after the login, saves it, and gets it once only', async () => {
    await fillLogin(page, site.account('shenxiaolan'))
    await page.waitForURL(/\/publications\/new/)
    expect(await page.getByRole('main').innerText()).toContain('您登录前填写的内容已经恢复')
    expect(await page.getByRole('textbox', { name: '标题' }).inputValue()).toBe(title)
    expect(await page.locator('.editor-text').innerText()).toContain(words)
    const again = page.url()
    await page.getByRole('button', { name: '保存稿子' }).click()
    await page.waitForURL(/done=saved/)
    await page.goto(again)
    expect(await page.content()).not.toContain(words)
  })

  it('and a page that was only looked at is there again after the login', async () => {
    await page.goto('/publications?q=水')
    await letSessionsExpire()
    await page.reload()
    await page.waitForURL(/\/login\?to=/)
    await fillLogin(page, site.account('shenxiaolan'))
    await page.waitForURL(/\/publications\?q=/)
  })
})
