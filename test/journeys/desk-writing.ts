import type { Page } from 'playwright-core'

/** Opens the form of a new notice on the county's site and writes title and text into it. */
export async function beginNotice(page: Page, title: string, text: string) {
  await page.goto('/publications/new')
  await page.getByRole('combobox', { name: '种类' }).selectOption({ label: '通知公告' })
  await page.getByRole('combobox', { name: '首先发布在哪个站点' }).selectOption({ label: '云溪县人民政府' })
  await page.getByRole('button', { name: '开始填写' }).click()
  await page.getByRole('textbox', { name: '标题' }).fill(title)
  await page.getByRole('combobox', { name: '主栏目' }).selectOption({ label: '通知公告' })
  await page.locator('.editor-text').click()
  await page.keyboard.type(text)
}

/** Sends the form of a draft with one of its buttons. @returns the id of the item, once its page is there. */
export async function send(page: Page, button: '保存稿子' | '保存并送审'): Promise<string> {
  await page.getByRole('button', { name: button }).click()
  await page.waitForURL(/\/publications\/[a-z0-9]{10}\?done=/)
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

/** Clears a draft that waits and publishes it: at once, or at `publishAt` (`2026-12-01T09:00`). */
export async function clear(page: Page, id: string, publishAt = '') {
  await page.goto(`/publications/${id}/review`)
  await page.getByRole('checkbox', { name: /我已逐字看过/ }).check()
  await page.getByRole('radio', { name: '主动公开' }).check()
  await page.getByRole('radio', { name: '通过并发布' }).check()
  await page.getByRole('textbox', { name: '审查意见' }).fill('经审查不涉密，同意主动公开。')
  await page.getByLabel('定时发布').fill(publishAt)
  await page.getByRole('button', { name: '提交审查结果' }).click()
  await page.waitForURL(/done=(published|scheduled)/)
}
