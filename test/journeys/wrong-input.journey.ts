import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onDatabase } from '../make/on-server.ts'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'
import { atDesk } from './desk-login.ts'
import { beginNotice, clear, send } from './desk-writing.ts'

let site: BuiltSite
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  page = await atDesk(browser, site, 'shenxiaolan')
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const says = () => page.getByRole('main').innerText()
const alert = () => page.getByRole('alert').first()
const howMany = async (title: string) => {
  const rows = await onDatabase(site.databaseUrl, `select from editions where title = '${title}'`)
  return rows.length
}

/** A file of this name in the site's own folder, which goes with it. */
async function fileOf(name: string, content: string, size?: number) {
  const path = join(site.dataDir, name)
  await writeFile(path, content)
  if (size !== undefined) await truncate(path, size)
  return path
}

describe('wrong input', () => {
  it('a file of 200 MB: said before it is sent and after, and the text stays', async () => {
    await beginNotice(page, '附件太大的通知', '正文一句。')
    await page
      .getByLabel('添加附件')
      .setInputFiles(await fileOf('预算表.pdf', '%PDF-1.7\n', 200 * 1024 * 1024))
    expect(await page.locator('.field-error').innerText()).toContain('太大')
    page.setDefaultTimeout(30_000)
    await page.getByRole('button', { name: '保存稿子' }).click()
    await page.locator('[data-error-summary]').waitFor()
    page.setDefaultTimeout(8000)
    expect(await alert().innerText()).toMatch(/预算表\.pdf.*(太大|超过)/s)
    expect(await page.getByRole('textbox', { name: '标题' }).inputValue()).toBe('附件太大的通知')
    expect(await page.locator('.editor-text').innerText()).toContain('正文一句。')
    expect(await howMany('附件太大的通知')).toBe(0)
  })

  it('a file that is not what its name says, and one that nobody takes', async () => {
    await page
      .getByLabel('添加附件')
      .setInputFiles([await fileOf('说明.pdf', '这不是一份 PDF'), await fileOf('程序.exe', 'MZ')])
    await page.getByRole('button', { name: '保存稿子' }).click()
    await page.locator('[data-error-summary]').getByText('说明.pdf').waitFor()
    expect(await alert().innerText()).toContain('程序.exe')
    expect(await page.locator('.editor-text').innerText()).toContain('正文一句。')
  })

  it('a day that does not exist, and a sign that is no number', async () => {
    await page.goto('/publications/new')
    await beginNotice(page, '日期不对的通知', '正文。')
    await page.locator('[name=signedOn]').evaluate((field: HTMLInputElement) => {
      field.type = 'text'
      field.value = '2026年2月30日'
    })
    await page.getByRole('textbox', { name: '文号' }).fill('云水〔2026〕😀号')
    await page.getByRole('button', { name: '保存稿子' }).click()
    await page.locator('[data-error-summary]').waitFor()
    expect(await alert().innerText()).toMatch(/成文日期.*(日期|不存在)/s)
    expect(await alert().innerText()).toMatch(/文号/)
    expect(await page.getByRole('textbox', { name: '文号' }).inputValue()).toBe('云水〔2026〕😀号')
    expect(await howMany('日期不对的通知')).toBe(0)
  })

  it('an emoji where a number belongs', async () => {
    const office = await atDesk(browser, site, 'hemin')
    await office.goto('/columns')
    await office.getByRole('link', { name: '通知公告' }).first().click()
    const limit = office.getByRole('textbox', { name: '更新期限' })
    await limit.fill('十四天😀')
    await office.getByRole('button', { name: '保存' }).click()
    await office.locator('[data-error-summary]').waitFor()
    expect(await office.getByRole('alert').first().innerText()).toMatch(/更新期限.*[天数整]/)
    expect(await limit.inputValue()).toBe('十四天😀')
    await office.context().close()
  })

  it('script in the text: not run, not kept, not shown, whoever looks', async () => {
    const plain = await atDesk(browser, site, 'shenxiaolan', { javaScriptEnabled: false })
    await plain.goto(page.url().replace(/\?.*/, ''))
    await plain.getByRole('combobox', { name: '种类' }).selectOption({ label: '通知公告' })
    await plain
      .getByRole('combobox', { name: '首先发布在哪个站点' })
      .selectOption({ label: '云溪县人民政府' })
    await plain.getByRole('button', { name: '开始填写' }).click()
    await plain.getByRole('textbox', { name: '标题' }).fill('<img src=x onerror=alert(1)>公告')
    await plain.getByRole('combobox', { name: '主栏目' }).selectOption({ label: '通知公告' })
    await plain
      .getByRole('textbox', { name: '正文' })
      .fill(
        '<p onclick="alert(1)">安全的一句。<script>alert(2)</script><img src="x" onerror="alert(3)"></p>' +
          '<p><a href="javascript:alert(4)">链接</a><iframe src="https://a.example"></iframe><svg onload="alert(5)"></svg></p>',
      )
    const id = await send(plain, '保存并送审')
    const reviewer = await atDesk(browser, site, 'pengzhiwen')
    const reader = await openPage(browser, { baseURL: site.publicUrl })
    const ran: string[] = []
    for (const one of [reviewer, reader]) {
      one.on('dialog', dialog => {
        ran.push(dialog.message())
        void dialog.dismiss()
      })
      one.on('console', message => {
        if (message.text().includes('Content Security Policy')) ran.push(message.text())
      })
    }
    await clear(reviewer, id)
    await reader.goto(`/notices/${id}`)
    expect(await reader.getByText('安全的一句。').isVisible()).toBe(true)
    expect(await reader.getByRole('heading', { level: 1 }).innerText()).toBe(
      '<img src=x onerror=alert(1)>公告',
    )
    for (const path of [`/notices/${id}`, `/notices/${id}.json`]) {
      const body = await (await fetch(site.publicUrl + path)).text()
      expect(body).not.toMatch(/javascript:|<iframe|<svg onload|alert\([2-5]\)/)
    }
    await reader.goto('/columns/notices')
    await reviewer.goto('/publications')
    expect(ran).toEqual([])
    for (const one of [plain, reviewer, reader]) await one.context().close()
  })

  it('a form that another site sends with our cookies is refused', async () => {
    for (const origin of ['http://evil.example', site.publicUrl]) {
      const form = `<form method="post" action="${site.deskUrl}/logout"><button>免费领奖</button></form>`
      await page.route(`${origin}/trap`, route => route.fulfill({ contentType: 'text/html', body: form }))
      await page.goto(`${origin}/trap`)
      const [answer] = await Promise.all([
        page.waitForResponse(`${site.deskUrl}/logout`),
        page.getByRole('button').click(),
      ])
      expect(answer.status(), origin).toBe(403)
      await page.getByText('不是从工作台的页面发出的').waitFor()
    }
    const bare = await page.request.post(`${site.deskUrl}/logout`, { headers: { origin: 'null' } })
    expect(bare.status()).toBe(403)
    await page.goto(site.deskUrl)
    expect(await says()).toContain('我的工作')
  })

  it('two clicks on save make one item, with scripts and without', async () => {
    await beginNotice(page, '点了两次的通知', '正文。')
    const form = await page
      .locator('form[enctype]')
      .evaluate((one: HTMLFormElement) =>
        Object.fromEntries([...new FormData(one)].filter(([, value]) => typeof value === 'string')),
      )
    await page.getByRole('button', { name: '保存稿子' }).dblclick()
    await page.waitForURL(/done=saved/)
    const sent = {
      multipart: form as Record<string, string>,
      headers: { origin: site.deskUrl },
      maxRedirects: 0,
    }
    const again = await page.request.post('/publications/new', sent)
    expect(again.headers().location).toContain(new URL(page.url()).pathname)
    expect(await howMany('点了两次的通知')).toBe(1)
  })
})
