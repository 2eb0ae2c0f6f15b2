import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'
import { columnTags, contentTags, pageTagsAt, siteTags } from './page-tags.ts'

let site: BuiltSite
let browser: Browser
let page: Page
/** Address of the policy on the county's site, found on the way. */
let policy: string

const number = '云政办规〔2026〕3号'
const title = '云溪县农村饮水安全运行管理办法'

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  page = await openPage(browser, { baseURL: site.publicUrl })
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const pathOf = (url: string) => new URL(url).pathname
async function searchFor(words: string) {
  await page.goto('/')
  await page.getByRole('main').getByRole('combobox').fill(words)
  await page.keyboard.press('Enter')
  await page.waitForURL(/search/)
}

describe('a citizen finds a policy', () => {
  it('by its number, as it is printed and as it is typed on a telephone', async () => {
    for (const typed of [number, '云政办规[2026]3号', '云政办规（2026）3号', '〔2026〕3号']) {
      await searchFor(typed)
      expect(await page.locator('.pub-title').first().textContent()).toBe(title)
    }
    await page.getByRole('link', { name: title }).first().click()
    policy = pathOf(page.url())
    expect(policy).toMatch(/^\/policies\/[a-z0-9]{10}$/)
  })

  it('by words, and narrows what was found', async () => {
    await searchFor('抢修时限')
    const found = await page.locator('.pub-title').count()
    await page.getByRole('link', { name: /^行政规范性文件/ }).click()
    expect(await page.locator('.pub-title').count()).toBeLessThan(found)
    expect(await page.getByRole('link', { name: title }).first().getAttribute('href')).toBe(policy)
  })

  it('and reads whether it holds, what it is, and where each chapter begins (S-PLT-08, S-IDX-04)', async () => {
    await page.goto(policy)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title)
    const notice = await page.getByText('2026年12月1日起施行').first().isVisible()
    expect(notice).toBe(true)
    const facts = await page.locator('dl').first().innerText()
    for (const label of ['索引号', '文号', '发文机关', '主题分类', '成文日期', '发布日期', '有效性'])
      expect(facts).toContain(label)
    expect(facts).toContain(number)
    expect(facts).toContain('2026-11-17 10:02')
    await page
      .getByRole('navigation', { name: '目录' })
      .first()
      .getByRole('link', { name: /第五章/ })
      .click()
    expect(await page.locator(':target').innerText()).toMatch(/第五章/)
  })

  it('and prints it like a paper document, without what leads about the site', async () => {
    await page.goto(policy)
    await page.emulateMedia({ media: 'print' })
    for (const gone of ['.utility-bar', 'header nav', 'footer .footer-links', 'form'])
      expect(await page.locator(gone).first().isVisible(), gone).toBe(false)
    expect(await page.getByText('第二十三条').isVisible()).toBe(true)
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toMatch(
      /rgba?\(255, 255, 255|rgba\(0, 0, 0, 0\)/,
    )
    await page.emulateMedia({ media: 'screen' })
  })

  it('on pages that carry every tag of the guideline once, none of them empty (S-META-01…03)', async () => {
    const columns = [
      '/',
      '/policies',
      '/columns/notices',
      '/disclosure',
      '/organs',
      '/organs/slj',
      '/search?q=水价',
    ]
    for (const path of columns) {
      const tags = await pageTagsAt(site.publicUrl + path)
      expect(Object.keys(tags), path).toEqual(expect.arrayContaining([...siteTags, ...columnTags]))
    }
    const tags = await pageTagsAt(site.publicUrl + policy)
    expect(Object.keys(tags)).toEqual(expect.arrayContaining([...siteTags, ...columnTags, ...contentTags]))
    expect(tags).toMatchObject({
      ArticleTitle: title,
      PubDate: '2026-11-17 10:02',
      Url: site.publicUrl + policy,
      SiteIDCode: '9900000001',
    })
  })

  it('under a footer that says whose site it is (S-ID-02)', async () => {
    await page.goto(policy)
    const footer = await page.getByRole('contentinfo').innerText()
    for (const words of [
      '主办：云溪县人民政府办公室',
      '0990-5550100',
      '网站标识码 9900000001',
      '备案号',
      '公网安备',
    ])
      expect(footer).toContain(words)
  })

  it('and is asked in the exact words before leaving the site (S-ID-04)', async () => {
    await page.goto('/leaving?to=https%3A%2F%2Fwww.example.com%2Fa')
    expect(await page.getByRole('main').innerText()).toContain(
      '您访问的链接即将离开“云溪县人民政府”门户网站，是否继续？',
    )
    expect(await page.getByRole('link', { name: '继续访问' }).getAttribute('href')).toBe(
      'https://www.example.com/a',
    )
  })

  it('on the second site too, under its own name, and is never led out of it', async () => {
    await page.goto(`/s/shuili${policy}`)
    expect(await page.getByRole('banner').innerText()).toContain('云溪县水利局')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title)
    expect(await page.locator('link[rel=canonical]').getAttribute('href')).toBe(site.publicUrl + policy)
    for (const path of ['', '/policies', '/organs', '/columns/notices', policy]) {
      await page.goto(`/s/shuili${path}`)
      const links = await page.$$eval('a[href^="/"]', all => all.map(link => link.getAttribute('href') ?? ''))
      expect(
        links.filter(link => !/^\/s\/shuili(\/|\?|$)/.test(link)),
        path,
      ).toEqual([])
    }
    // Each site keeps its own pages, whichever was asked for first
    await page.goto(policy)
    expect(await page.getByRole('banner').innerText()).toContain('云溪县人民政府')
  })
})
