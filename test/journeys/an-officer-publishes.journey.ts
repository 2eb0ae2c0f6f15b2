import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pngBytes } from '../make/file-bytes.ts'
import { seriousFaults } from './axe.ts'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'
import { atDesk } from './desk-login.ts'
import { beginNotice, clear, send } from './desk-writing.ts'
import type { SiteProcess } from './site-process.ts'

let site: BuiltSite
let second: SiteProcess
let browser: Browser
let drafter: Page
let reviewer: Page
let reader: Page
let id: string

const title = '关于溪湖路供水管网检修停水的通知'

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  second = await site.beside(['public'])
  drafter = await atDesk(browser, site, 'shenxiaolan')
  reviewer = await atDesk(browser, site, 'pengzhiwen')
  reader = await openPage(browser, { baseURL: site.publicUrl })
})
afterAll(async () => {
  await browser?.close()
  await second?.end('SIGTERM')
  await site?.stop()
})

const processes = () => [site.publicUrl, second.publicUrl]
const lists = ['/', '/columns/notices', '/search?q=检修停水', '/organs/slj']
const statusAt = async (url: string) => (await fetch(url)).status
/** What stands on a page, without its markup: search marks the words within a title. */
const textAt = async (url: string) => (await (await fetch(url)).text()).replace(/<[^>]+>/g, '')

/** Waits until every process says it, on every page named. @returns how long that took, in milliseconds. */
async function seenEverywhere(paths: readonly string[], says: (text: string) => boolean): Promise<number> {
  const began = Date.now()
  for (const origin of processes())
    for (const path of paths)
      while (!says(await textAt(origin + path))) {
        if (Date.now() - began > 5000) throw new Error(`${origin}${path} still does not say it`)
        await new Promise(resolve => setTimeout(resolve, 20))
      }
  return Date.now() - began
}

/** Everybody has just read the lists: they are in memory. */
const warm = () => Promise.all(processes().flatMap(origin => lists.map(path => textAt(origin + path))))

describe('an officer publishes', () => {
  it('writes a notice with a heading, a table and a picture that says what it shows (S-DES-05)', async () => {
    await beginNotice(drafter, title, '一、停水时间')
    const press = (label: string) => drafter.getByRole('button', { name: label, exact: true }).click()
    await press('一级标题 一、')
    await drafter.keyboard.press('End')
    await drafter.keyboard.press('Enter')
    await drafter.keyboard.type('11月28日9时至16时。')
    await drafter.keyboard.press('Enter')
    await drafter.keyboard.press('Control+k')
    await drafter.getByLabel('链接文字').fill('供水公司')
    await drafter.getByLabel('链接地址').fill('https://www.water.example/gong-gao')
    await drafter.keyboard.press('Enter')
    await drafter.waitForSelector('dialog', { state: 'detached' })
    await drafter.waitForTimeout(100)
    await drafter.keyboard.press('End')
    await drafter.keyboard.press('Enter')
    await press('表格')
    await drafter.keyboard.press('Enter')
    await drafter.waitForSelector('dialog', { state: 'detached' })
    for (const cell of ['路段', '户数', '恢复时间', '溪湖路']) {
      await drafter.keyboard.type(cell)
      await drafter.keyboard.press('Tab')
    }
    await press('图片')
    const map = { name: '示意图.png', mimeType: 'image/png', buffer: pngBytes(400, 200) }
    await drafter.locator('dialog input[type=file]').setInputFiles(map)
    await drafter.locator('dialog textarea').fill('停水范围示意图：溪湖路1号至88号')
    await press('上传并插入')
    await drafter.waitForSelector('dialog', { state: 'detached' })
    id = await send(drafter, '保存并送审')
    expect(await drafter.getByRole('main').innerText()).toContain('已送审')
    expect(await seriousFaults(drafter)).toEqual([])
    expect(await statusAt(`${site.publicUrl}/notices/${id}`)).toBe(404)
  })

  it('may not clear what she wrote herself (R-EXC-13)', async () => {
    const answer = await drafter.goto(`/publications/${id}/review`)
    expect(answer?.status()).toBe(403)
  })

  it('finds it public within a second of the review, on every list and on a second process', async () => {
    await warm()
    await reviewer.goto('/')
    expect(await reviewer.getByRole('main').innerText()).toContain(title)
    await reviewer.goto(`/publications/${id}/review`)
    expect(await seriousFaults(reviewer)).toEqual([])
    await clear(reviewer, id)
    const took = await seenEverywhere([`/notices/${id}`, ...lists], text => text.includes(title))
    expect(took).toBeLessThan(1000)
    await reader.goto(`/notices/${id}`)
    expect(await reader.getByRole('heading', { name: '一、停水时间' }).isVisible()).toBe(true)
    expect(await reader.getByRole('columnheader', { name: '路段' }).isVisible()).toBe(true)
    const picture = reader.getByRole('img', { name: '停水范围示意图：溪湖路1号至88号' })
    expect(await picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(400)
    expect(await seriousFaults(reader)).toEqual([])
  })

  it('and a link in it that leaves the site asks first (S-ID-04)', async () => {
    const link = reader.getByRole('link', { name: '供水公司' })
    const question = '您访问的链接即将离开“云溪县人民政府”门户网站，是否继续？'
    await link.click()
    await reader.getByRole('dialog', { name: question }).waitFor()
    await reader.getByRole('button', { name: '留在本站' }).click()
    await reader.goto((await link.getAttribute('href')) ?? '')
    expect(await reader.getByRole('heading', { level: 1 }).innerText()).toBe(question)
    expect(await reader.getByRole('link', { name: '继续访问' }).getAttribute('href')).toBe(
      'https://www.water.example/gong-gao',
    )
    await reader.goBack()
  })

  it('corrects it: readers get the second edition and what was changed, the first stays to be read', async () => {
    await warm()
    await drafter.goto(`/publications/${id}`)
    await drafter.getByRole('button', { name: '更正' }).click()
    await drafter.waitForURL(/edit/)
    await drafter.locator('.editor-text').getByText('11月28日9时至16时。').click()
    await drafter.keyboard.press('End')
    await drafter.keyboard.type('请提前储水。')
    await drafter.getByRole('button', { name: '保存并送审' }).click()
    await drafter.getByRole('heading', { name: /需要改一改|有 1 处/ }).waitFor()
    expect(await seriousFaults(drafter)).toEqual([])
    await drafter.getByRole('textbox', { name: '修改说明' }).fill('补充储水提示')
    await send(drafter, '保存并送审')
    await reviewer.goto(`/publications/${id}/review`)
    expect(await reviewer.locator('ins').allInnerTexts()).toContainEqual(
      expect.stringContaining('请提前储水。'),
    )
    await clear(reviewer, id)
    expect(await seenEverywhere([`/notices/${id}`], text => text.includes('请提前储水。'))).toBeLessThan(1000)
    await reader.goto(`/notices/${id}`)
    expect(await reader.getByRole('main').innerText()).toContain('补充储水提示')
    await reader.goto(`/notices/${id}/editions/1`)
    expect(await reader.getByText('这是第 1 版，不是现在的文字').isVisible()).toBe(true)
    expect(await reader.locator('.article-body').innerText()).not.toContain('请提前储水。')
    expect(await reader.getByText('11月28日9时至16时。').first().isVisible()).toBe(true)
    await reader.getByRole('link', { name: '看改了哪里' }).click()
    await reader.waitForURL(/versions/)
    expect(await reader.locator('ins').allInnerTexts()).toContainEqual(
      expect.stringContaining('请提前储水。'),
    )
    expect(await seriousFaults(reader)).toEqual([])
  })

  it('shows on the desk what the two editions say differently', async () => {
    await drafter.goto(`/publications/${id}?from=1&to=2`)
    expect(await drafter.locator('ins').allInnerTexts()).toContainEqual(
      expect.stringContaining('请提前储水。'),
    )
    expect(await seriousFaults(drafter)).toEqual([])
  })

  it('lets one open later: nobody sees it before, and it is taken back', async () => {
    await beginNotice(drafter, '关于元旦期间值班安排的通知', '元旦期间照常抢修。')
    const later = await send(drafter, '保存并送审')
    await clear(reviewer, later, '2030-01-01T09:00')
    for (const origin of processes()) {
      for (const path of [`/notices/${later}`, `/notices/${later}.json`])
        expect(await statusAt(origin + path)).toBe(404)
      for (const path of ['/columns/notices', '/search?q=值班安排', '/sitemap.xml'])
        expect(await textAt(origin + path)).not.toContain('关于元旦期间值班安排的通知')
    }
    const head = await atDesk(browser, site, 'cuilijuan')
    await head.goto(`/publications/${later}`)
    await head.getByText('取消定时', { exact: true }).click()
    await head.getByRole('button', { name: '确认取消定时' }).click()
    await head.waitForURL(/done=unscheduled/)
    await head.context().close()
    await drafter.goto(`/publications/${later}`)
    expect(await drafter.getByRole('link', { name: '修改稿子' }).isVisible()).toBe(true)
  })

  it('sees it taken down: 410, with the reason, everywhere (S-DOM-04)', async () => {
    await warm()
    const head = await atDesk(browser, site, 'cuilijuan')
    await head.goto(`/publications/${id}/take-down`)
    await head.getByRole('radio', { name: '撤下' }).check()
    await head.getByRole('textbox', { name: '理由' }).fill('检修改期，另行通知')
    await head.getByRole('checkbox', { name: '我确认' }).check()
    await head.getByRole('button', { name: '停止公开' }).click()
    await head.waitForURL(/done=taken-down/)
    expect(
      await seenEverywhere([`/notices/${id}`], text => text.includes('检修改期，另行通知')),
    ).toBeLessThan(1000)
    expect(await seenEverywhere(lists, text => !text.includes(title))).toBeLessThan(1000)
    for (const origin of processes())
      for (const path of [`/notices/${id}`, `/notices/${id}.json`, `/notices/${id}/editions/1`])
        expect(await statusAt(origin + path)).toBe(410)
    expect(await textAt(`${site.publicUrl}/notices/${id}`)).not.toContain('请提前储水')
  })
})
