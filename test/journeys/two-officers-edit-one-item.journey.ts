import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltSite, openBrowser, startBuiltSite } from './browser.ts'
import { atDesk } from './desk-login.ts'
import { beginNotice, send } from './desk-writing.ts'

let site: BuiltSite
let browser: Browser
let drafter: Page
let head: Page
let address: string

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  drafter = await atDesk(browser, site, 'shenxiaolan')
  head = await atDesk(browser, site, 'cuilijuan')
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const write = async (page: Page, text: string) => {
  await page.locator('.editor-text').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}
const text = async (page: Page) => (await page.getByRole('main').textContent()) ?? ''

describe('two officers edit one item', () => {
  it('and the one who comes later is told that somebody has it open', async () => {
    await beginNotice(drafter, '关于冬季供水安全的通知', '请做好防冻。')
    const id = await send(drafter, '保存稿子')
    address = `/publications/${id}/edit`
    await drafter.goto(address)
    await head.goto(address)
    expect(await text(head)).toContain('沈晓岚 1 分钟前也打开了这份稿子')
  })

  it('and the second to save is told who saved when, and sees both texts', async () => {
    await write(drafter, '水表加装保温层。')
    await send(drafter, '保存稿子')
    await head.getByRole('textbox', { name: '标题' }).fill('关于做好冬季供水安全工作的通知')
    await write(head, '夜间加强巡查。')
    await head.getByRole('button', { name: '保存稿子' }).click()
    await head.getByRole('heading', { name: '两边不同的地方' }).waitFor()
    const told = await text(head)
    expect(told).toMatch(/还没有保存：您打开之后，沈晓岚保存过这份稿子/)
    expect(told).toContain('水表加装保温层。')
    expect(told).toContain('夜间加强巡查。')
    expect(told).toContain('关于做好冬季供水安全工作的通知')
  })

  it('and loses nothing: what was typed stands in the form, what was saved stays saved until somebody decides', async () => {
    expect(await head.getByRole('textbox', { name: '标题' }).inputValue()).toBe(
      '关于做好冬季供水安全工作的通知',
    )
    expect(await head.locator('.editor-text').innerText()).toContain('夜间加强巡查。')
    await drafter.goto(address)
    expect(await drafter.locator('.editor-text').innerText()).toContain('水表加装保温层。')
  })

  it('and both texts go into one, by the one who was told', async () => {
    await write(head, '水表加装保温层。')
    await head.getByRole('button', { name: '以我的为准，保存' }).click()
    await head.waitForURL(/done=saved/)
    await drafter.goto(address)
    const both = await drafter.locator('.editor-text').innerText()
    expect(both).toContain('夜间加强巡查。')
    expect(both).toContain('水表加装保温层。')
  })

  it('and a reviewer is told that the text changed under his eyes', async () => {
    const id = address.split('/')[2]
    await drafter.goto(address)
    await send(drafter, '保存并送审')
    const reviewer = await atDesk(browser, site, 'pengzhiwen')
    await reviewer.goto(`/publications/${id}/review`)
    await drafter.goto(address)
    await write(drafter, '附联系电话。')
    await send(drafter, '保存并送审')
    await reviewer.getByRole('checkbox', { name: /我已逐字看过/ }).check()
    await reviewer.getByRole('radio', { name: '主动公开' }).check()
    await reviewer.getByRole('radio', { name: '通过并发布' }).check()
    await reviewer.getByRole('textbox', { name: '审查意见' }).fill('同意公开。')
    await reviewer.getByRole('button', { name: '提交审查结果' }).click()
    await reviewer.getByText('您打开之后，稿子又改过了').waitFor()
    expect(await text(reviewer)).toContain('附联系电话。')
    expect(await reviewer.getByRole('textbox', { name: '审查意见' }).inputValue()).toBe('同意公开。')
    expect((await fetch(`${site.publicUrl}/notices/${id}`)).status).toBe(404)
  })
})
