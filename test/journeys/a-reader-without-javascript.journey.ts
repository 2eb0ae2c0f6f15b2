import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'

let site: BuiltSite
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  page = await openPage(browser, { baseURL: site.publicUrl, javaScriptEnabled: false })
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const titles = () => page.locator('.pub-title').allTextContents()
const click = (name: string | RegExp) => page.getByRole('link', { name }).first().click()
const fontSize = () =>
  page
    .locator('main li')
    .first()
    .evaluate(it => Number.parseFloat(getComputedStyle(it).fontSize))

describe('a reader without JavaScript', () => {
  it('searches from the home page, narrows, widens, and limits the days', async () => {
    await page.goto('/')
    await page.getByRole('main').getByRole('searchbox').fill('供水')
    await page.getByRole('main').getByRole('button', { name: '搜索' }).click()
    const all = await page.getByRole('status').innerText()
    await page
      .locator('#filters')
      .getByRole('link', { name: /^通知公告/ })
      .click()
    expect(await page.getByRole('status').innerText()).not.toBe(all)
    await page.goBack()
    await page.goto('/policies')
    await page.getByText('限定发布日期').click()
    await page.locator('[name=from]').fill('2026-11-01')
    await page.locator('[name=to]').fill('2026-11-12')
    await page.getByRole('main').getByRole('button', { name: '查找' }).click()
    expect(await titles()).toContain('云溪县水利局关于做好汛后水库蓄水保水和冬修水利工作的通知')
    expect(await titles()).not.toContain('云溪县农村饮水安全运行管理办法')
  })

  it('turns the pages of a list and comes back', async () => {
    await page.goto('/policies')
    const first = await titles()
    await click('下一页')
    const second = await titles()
    expect(second.filter(title => first.includes(title))).toEqual([])
    await click('上一页')
    expect(await titles()).toEqual(first)
  })

  it('reads the disclosure platform, an organ, a column, a policy and its interpretation', async () => {
    await page.goto('/')
    await page.getByRole('navigation').getByRole('link', { name: '政府信息公开', exact: true }).click()
    await page.getByRole('main').getByRole('link', { name: '县水利局' }).first().click()
    expect(page.url()).toMatch(/slj/)
    await page.goto('/organs')
    await click('云溪县水利局')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('云溪县水利局')
    await page.goto('/columns/notices')
    expect((await titles()).length).toBeGreaterThan(5)
    await page.goto('/policies')
    await click('云溪县农村饮水安全运行管理办法')
    await page
      .locator('aside')
      .getByRole('link', { name: /政策解读/ })
      .click()
    await click('云溪县农村饮水安全运行管理办法')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('云溪县农村饮水安全运行管理办法')
  })

  it('is offered no button that would do nothing', async () => {
    const buttons = await page.locator('button:visible').allTextContents()
    expect(buttons.filter(label => !/搜索|查找|看这一天/.test(label))).toEqual([])
  })

  it('reads larger, in high contrast, in the elder-friendly version, by links alone (S-ACC-03)', async () => {
    await page.goto('/reading')
    await page.goto('/organs/slj')
    const usual = await fontSize()
    for (const [link, attribute, value] of [
      ['长辈版', 'data-elder', 'on'],
      ['高对比度', 'data-contrast', 'high'],
      ['大', 'data-size', 'large'],
      ['特大', 'data-size', 'extra'],
    ] as const) {
      await page
        .getByRole('navigation', { name: '浏览方式' })
        .getByRole('link', { name: link, exact: true })
        .click()
      expect(await page.locator('html').getAttribute(attribute)).toBe(value)
      if (attribute !== 'data-contrast') expect(await fontSize()).toBeGreaterThan(usual)
      await click('恢复普通显示')
      expect(await page.locator('html').getAttribute(attribute)).toBeNull()
    }
  })

  it('is told about a page that does not exist, and searches on from there', async () => {
    await page.goto('/policies/aaaaaaaaaa')
    expect(await page.getByRole('main').innerText()).toMatch(/没有|找不到/)
    await page.locator('[name=q]').last().fill('水价')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search/)
    expect((await titles()).length).toBeGreaterThan(0)
  })

  it('leaves the site by a link, after reading where it leads (S-ID-04)', async () => {
    await page.goto('/leaving?to=https%3A%2F%2Fwww.example.com%2F')
    expect(await page.getByRole('main').innerText()).toContain('https://www.example.com/')
    await page.getByRole('link', { name: '返回本站' }).click()
    expect(new URL(page.url()).pathname).toBe('/')
  })
})
