import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerKinds } from '#modules/publications'
import { clockAt } from '#platform/clock'
import { applicationRole, connect } from '#platform/db/database'
import { kinds } from '../../src/app/kinds.ts'
import { correctPublic } from '../make/corrected.ts'
import { staffWith, systemContext } from '../make/government.ts'
import { seriousFaults } from './axe.ts'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'

let site: BuiltSite
let browser: Browser
let page: Page

const old = '云溪县城区公共停车场管理暂行办法'
const fresh = '云溪县城区公共停车场管理办法'
/** The old one was in force; the new one, which repealed it from 2026-10-15 on, was not yet written. */
const day = '2025-12-01'

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  page = await openPage(browser, { baseURL: site.publicUrl })
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const main = () => page.getByRole('main').innerText()
const titles = () => page.locator('.pub-title').allTextContents()
async function open(title: string) {
  await page.goto(`/policies?q=${encodeURIComponent(title)}`)
  await page.locator('.pub-title').filter({ hasText: title }).first().click()
  await page.waitForURL(/policies\/[a-z0-9]{10}$/)
}

describe('what was in force that day', () => {
  it('a repealed document says by what and since when, and leads there', async () => {
    await open(old)
    expect(await main()).toContain('这份文件已经废止。')
    expect(await main()).toContain('2026年10月15日起被')
    await page.getByRole('main').getByRole('link', { name: fresh }).first().click()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(fresh)
    expect(await page.getByRole('complementary').innerText()).toMatch(/废止了[\s\S]*暂行办法/)
  })

  it('asked about a day, its page shows that day, why, and the way back to today (R-NOR)', async () => {
    await open(old)
    const plain = page.url()
    await page.getByLabel('看哪一天是否有效').fill(day)
    await page.getByRole('button', { name: '看这一天' }).click()
    await page.waitForURL(/on=2025-12-01/)
    expect(await main()).toContain('2025年12月1日：现行有效。')
    expect(await main()).toContain('2025年2月15日起施行；2026年10月15日起被')
    expect(await page.locator('link[rel=canonical]').getAttribute('href')).toBe(plain)
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toContain('noindex')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('link', { name: '看今天的页面' }).click()
    expect(page.url()).toBe(plain)
  })

  it('a day that does not exist gets a message, a day before the document an honest word', async () => {
    await open(old)
    const plain = page.url()
    expect((await page.goto(`${plain}?on=2025-02-30`))?.status()).toBe(422)
    expect(await main()).toContain('没有这一天')
    expect(await seriousFaults(page)).toEqual([])
    await page.goto(`${plain}?on=2019-05-01`)
    expect(await main()).toContain('还不存在')
    await page.goto(`${plain}?on=2036-05-01`)
    expect(await main()).toContain('按目前公开的文件推算')
  })

  it('the library asked about a day tells which documents were in force then', async () => {
    await page.goto('/policies?q=停车场')
    await page.getByText('看某一天的有效性').click()
    await page.getByLabel('有效性按哪一天').fill(day)
    await page.getByRole('main').getByRole('button', { name: '查找' }).click()
    await page.getByRole('link', { name: /^现行有效/ }).click()
    expect(await titles()).toContain(old)
    expect(await titles()).not.toContain(fresh)
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('link', { name: /取消：.*有效性按2025年12月1日/ }).click()
    expect(await titles()).toContain(fresh)
    expect(await titles()).not.toContain(old)
  })

  it('two editions are compared, in one text or side by side, on a phone one below the other', async () => {
    await open(fresh)
    const address = new URL(page.url()).pathname
    await correct(address.split('/').at(-1) ?? '')
    await expect
      .poll(async () => {
        await page.goto(`${address}/versions`)
        return main()
      })
      .toContain('更正收费的规定')
    expect(await page.locator('ins').first().isVisible()).toBe(true)
    await page.getByRole('link', { name: '左右对照' }).click()
    expect(await page.locator('.diff-sides td').first().isVisible()).toBe(true)
    expect(await seriousFaults(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    const [left, right] = await Promise.all(
      [0, 1].map(at => page.locator('.diff-sides tr:not(.diff-row-same) td').nth(at).boundingBox()),
    )
    expect(left?.x).toBe(right?.x)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await seriousFaults(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  it('suggestions are chosen with the keyboard, and given up', async () => {
    await page.goto('/')
    const box = page.getByRole('main').getByRole('combobox')
    await box.pressSequentially('停车场')
    const options = page.getByRole('option')
    await options.first().waitFor()
    expect(await box.getAttribute('aria-expanded')).toBe('true')
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    const chosen = await box.inputValue()
    expect(await options.first().getAttribute('aria-selected')).toBe('true')
    expect(await box.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'))
    await page.keyboard.press('Escape')
    expect(await box.inputValue()).toBe('停车场')
    expect(await box.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('ArrowDown')
    await options.first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search\?q=/)
    expect(new URL(page.url()).searchParams.get('q')).toBe(chosen)
    expect((await titles()).length).toBeGreaterThan(0)
  })

  it('and all of it works without scripts', async () => {
    const reader = await openPage(browser, { baseURL: site.publicUrl, javaScriptEnabled: false })
    await reader.goto(`/policies?q=${encodeURIComponent(old)}`)
    await reader.locator('.pub-title').first().click()
    await reader.getByLabel('看哪一天是否有效').fill(day)
    await reader.getByRole('button', { name: '看这一天' }).click()
    expect(await reader.getByRole('main').innerText()).toContain('2025年12月1日：现行有效。')
    await reader.goto(`/search?q=停车场&on=${day}`)
    expect(await reader.getByRole('main').innerText()).toContain('有效性按2025年12月1日')
    await reader.getByRole('searchbox', { name: '搜索本站公开的信息' }).fill('停车')
    await reader.keyboard.press('Enter')
    expect(new URL(reader.url()).searchParams.get('on')).toBe(day)
    await reader.context().close()
  })
})

/** A corrected edition, through the real acts, on the site's own database. */
async function correct(publicId: string) {
  registerKinds(kinds)
  const connection = connect(site.databaseUrl, { role: applicationRole })
  const system = systemContext(
    connection.db,
    clockAt(() => new Date()),
  )
  const found = await connection.db
    .selectFrom('publications as p')
    .innerJoin('editions as e', 'e.publicationId', 'p.id')
    .select(['p.id', 'p.organId', 'e.bodyHtml'])
    .where('p.publicId', '=', publicId)
    .executeTakeFirstOrThrow()
  const by = (roles: Parameters<typeof staffWith>[1], name: string) => ({
    ...system,
    actor: staffWith({ id: found.organId }, roles, name),
  })
  const house = {
    connection,
    drafter: by(['drafter'], '林晓'),
    reviewer: by(['secrecy-reviewer', 'openness-office'], '何敏'),
  }
  await correctPublic(house, found.id, {
    bodyHtml: found.bodyHtml.replace('免费', '一律免费').replace('应当', '必须'),
    changeNote: '更正收费的规定',
    repeals: '云政办规〔2025〕1号 《云溪县城区公共停车场管理暂行办法》 @ 2026-10-15',
  })
  await connection.close()
}
