import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './axe.ts'
import { type BuiltSite, openBrowser, startBuiltSite } from './browser.ts'
import { atDesk } from './desk-login.ts'

let site: BuiltSite
let browser: Browser
let office: Page
let drafter: Page

const title = '关于做好冬季供水保障工作的通知'

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  office = await atDesk(browser, site, 'hemin')
  drafter = await atDesk(browser, site, 'shenxiaolan')
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

describe('a document', () => {
  it('that was signed elsewhere is not taken in without attribute, signature and secrecy review, and keeps what was typed', async () => {
    await office.goto('/documents/received/new')
    await office.getByRole('combobox', { name: '种类' }).selectOption({ label: '政策文件' })
    await office.getByRole('textbox', { name: '标题' }).fill(title)
    await office.getByRole('button', { name: '登记' }).click()
    await office
      .getByText(/请选择公开属性|公开属性/)
      .first()
      .waitFor()
    expect(await office.getByRole('textbox', { name: '标题' }).inputValue()).toBe(title)
    expect(await seriousFaults(office)).toEqual([])
  })

  it('is registered whole, and only then goes public by an act of its own (R-SRC-01, R-EXC-09)', async () => {
    await office.getByRole('combobox', { name: /^栏目/ }).selectOption({ index: 1 })
    await office.getByRole('combobox', { name: /^主题分类/ }).selectOption({ index: 1 })
    await office.getByRole('textbox', { name: '文号' }).fill('云政发〔2026〕901号')
    await office.getByRole('textbox', { name: '发文机关署名' }).fill('云溪县人民政府')
    await office.getByRole('textbox', { name: '正文' }).fill('各单位：\n请提前检修管网。\n请公布抢修电话。')
    await office.getByLabel(/^签发日期/).fill('2026-11-20')
    await office.getByRole('textbox', { name: /^签发人/ }).fill('李文博')
    await office.getByRole('radio', { name: '主动公开' }).check()
    await office.getByRole('textbox', { name: /^理由/ }).fill('涉及群众用水，应当主动公开。')
    await office.getByRole('textbox', { name: '保密审查意见' }).fill('经审查不涉密。')
    await office.getByRole('textbox', { name: /^审查人/ }).fill('彭志文')
    await office.getByLabel(/^审查日期/).fill('2026-11-19')
    await office.getByRole('textbox', { name: '不作解读的理由' }).fill('例行通知、事务性安排')
    await office.getByRole('button', { name: '登记' }).click()
    await office.waitForURL(/\/documents\/[0-9a-f-]{36}/)
    const search = () => fetch(`${site.publicUrl}/search?q=${encodeURIComponent('冬季供水保障')}`)
    expect(await (await search()).text()).not.toContain('云政发〔2026〕901号')
    expect(await seriousFaults(office)).toEqual([])

    await office.locator('summary', { hasText: /^公开 / }).click()
    await office.getByRole('button', { name: '公开', exact: true }).click()
    await office.waitForURL(/done=/)
    await expect
      .poll(async () => (await (await search()).text()).includes('云政发〔2026〕901号'), { timeout: 5000 })
      .toBe(true)
  })

  it('under draft says what may be done, and why the rest may not yet', async () => {
    await drafter.goto('/documents/new')
    await drafter.getByRole('combobox', { name: '种类' }).selectOption({ label: '政策文件' })
    await drafter.getByRole('textbox', { name: '标题' }).fill('关于春季检修供水管网的通知')
    await drafter.getByRole('button', { name: '开始起草' }).click()
    await drafter.waitForURL(/\/documents\/[0-9a-f-]{36}/)
    await drafter.getByText(/还没有标明公开属性（R-SRC-01）/).waitFor()
    expect(await seriousFaults(drafter)).toEqual([])
  })
})
