import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './axe.ts'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'
import { atDesk } from './desk-login.ts'
import { clear, send } from './desk-writing.ts'

let site: BuiltSite
let browser: Browser
let drafter: Page
let head: Page
let reader: Page
let plan: string
let policy: string
let id: string

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  drafter = await atDesk(browser, site, 'shenxiaolan')
  head = await atDesk(browser, site, 'cuilijuan')
  reader = await openPage(browser, { baseURL: site.publicUrl, javaScriptEnabled: false })
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

describe('an interpretation', () => {
  it('is planned for a policy that has none: who, how, when, where (R-INT-01, R-INT-03)', async () => {
    await drafter.goto('/interpretation-plans')
    expect(await seriousFaults(drafter)).toEqual([])
    // The county's own site carries drafts of this bureau too; their interpretation would stand there.
    const link = drafter
      .locator('#without a[href^="/interpretation-plans/"]')
      .filter({ hasNotText: /冬季农村供水保障|供水工程管护办法/ })
      .first()
    policy = await link.innerText()
    plan = (await link.getAttribute('href')) ?? ''
    await drafter.goto(plan)
    await drafter.getByRole('button', { name: '保存方案' }).click()
    await drafter.getByRole('heading', { name: /需要改一改/ }).waitFor()
    await drafter.getByRole('textbox', { name: '解读人' }).fill('罗建平 局长\n供水股')
    await drafter.getByRole('checkbox', { name: '由单位主要负责人亲自解读' }).check()
    await drafter.getByRole('checkbox', { name: '访谈' }).check()
    expect(await seriousFaults(drafter)).toEqual([])
    await drafter.getByRole('button', { name: '保存方案' }).click()
    await drafter.waitForURL(/done=saved/)
    expect(await drafter.getByRole('button', { name: '审定方案' }).count()).toBe(0)
  })

  it('the head approves the plan', async () => {
    await head.goto(plan)
    await head.getByRole('button', { name: '审定方案' }).click()
    await head.waitForURL(/done=approved/)
    expect(await head.getByRole('main').innerText()).toContain('崔丽娟')
  })

  it('is begun out of the plan, and what it leaves open is told before review (R-INT-04)', async () => {
    await drafter.goto(plan)
    await drafter.getByRole('button', { name: '起草解读稿' }).click()
    await drafter.waitForURL(/\/publications\/[a-z0-9]{10}\/edit/)
    expect(await drafter.getByRole('textbox', { name: '标题' }).inputValue()).toContain(policy)
    expect(await drafter.getByRole('textbox', { name: /^解读人(必填)?$/ }).inputValue()).toBe('罗建平')
    await drafter.locator('.editor-text').click()
    await drafter.keyboard.type('一、出台背景')
    await drafter.getByRole('button', { name: '一级标题 一、', exact: true }).click()
    await drafter.keyboard.press('End')
    await drafter.keyboard.press('Enter')
    await drafter.keyboard.type('原来的规定到期，需要重新明确管护责任。')
    await drafter.keyboard.press('Enter')
    await drafter.keyboard.type('二、适用范围')
    await drafter.getByRole('button', { name: '一级标题 一、', exact: true }).click()
    await drafter.keyboard.press('End')
    await drafter.keyboard.press('Enter')
    await drafter.keyboard.type('全县农村集中供水工程。')
    await drafter.getByRole('textbox', { name: '关键词诠释' }).fill('无：没有专门名词')
    await drafter.getByRole('combobox', { name: '主栏目' }).selectOption({ label: '水利政策' })
    id = await send(drafter, '保存并送审')
    const words = await drafter.getByRole('main').innerText()
    expect(words).toContain('还没有说明')
    expect(words).toContain('没有专门名词')
    expect(await seriousFaults(drafter)).toEqual([])
  })

  it('the reviewer sees the same list, and publishes', async () => {
    const reviewer = await atDesk(browser, site, 'pengzhiwen')
    await reviewer.goto(`/publications/${id}/review`)
    expect(await reviewer.getByRole('main').innerText()).toContain('惠民利民举措')
    expect(await seriousFaults(reviewer)).toEqual([])
    await clear(reviewer, id)
    await reviewer.context().close()
    await drafter.goto(plan)
    expect(await drafter.getByRole('main').innerText()).toContain('已公开')
  })

  it('a reader without scripts reads what it explains, and rates it', async () => {
    // The policy is on the site of its organ, and so is what explains it
    await reader.goto(`/s/shuili/interpretations/${id}`)
    expect(await reader.getByRole('main').innerText()).toContain('这篇解读说明')
    await reader.getByRole('link', { name: '评价这篇解读' }).click()
    await reader.getByRole('button', { name: '提交评价' }).click()
    expect(await reader.getByRole('main').innerText()).toContain('请选择一项')
    await reader.getByRole('radio', { name: '基本看懂，有帮助' }).check()
    await reader.getByRole('textbox', { name: '还想说的' }).fill('例子再多一点')
    await reader.getByRole('button', { name: '提交评价' }).click()
    await reader.waitForURL(/done=rated/)
    expect(await reader.getByRole('main').innerText()).toContain('您的评价已经收下')
    expect(await reader.context().cookies()).toEqual([])
    await drafter.goto(`/interpretation-ratings/${id}`)
    expect(await drafter.getByRole('main').innerText()).toContain('例子再多一点')
  })

  it('stands in the column of leaders and in the selection of the year before', async () => {
    const seeing = await openPage(browser, { baseURL: site.publicUrl })
    for (const path of [
      `/s/shuili/interpretations/${id}`,
      `/s/shuili/interpretations/${id}/rating`,
      '/interpretations/leaders',
      '/interpretations/selections',
      '/interpretations/selections/2025',
    ]) {
      await seeing.goto(path)
      expect(await seriousFaults(seeing), path).toEqual([])
    }
    expect(await seeing.getByRole('main').innerText()).toContain('2025年度优秀解读')
    await seeing.goto('/interpretations/leaders')
    expect(await seeing.getByRole('main').innerText()).toContain('局长 罗建平')
    expect(await seeing.locator(`main a[href="/interpretations/${id}"]`).count()).toBe(1)
  })
})
