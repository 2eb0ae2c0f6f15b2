import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dateInBeijing } from '#lib/beijing-time'
import { readDocument } from '#modules/files'
import { root } from '#platform/root'
import { seriousFaults } from './axe.ts'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'
import { atDesk } from './desk-login.ts'
import { clear } from './desk-writing.ts'
import { realPlan, winterPlan } from './plan-files.ts'

let site: BuiltSite
let browser: Browser
let office: Page
let unit: Page
let head: Page
let reader: Page
let planId: string
let publicId: string

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
  office = await atDesk(browser, site, 'hemin')
  unit = await atDesk(browser, site, 'shenxiaolan')
  head = await atDesk(browser, site, 'cuilijuan')
  reader = await openPage(browser, { baseURL: site.publicUrl, javaScriptEnabled: false })
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const words = (page: Page) => page.getByRole('main').innerText()
const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()

/** Hands a document in on the desk. @returns the plan that is now under review. */
async function upload(file: { name: string; mimeType: string; buffer: Buffer }): Promise<string> {
  await office.goto('/plans/new')
  await office.getByLabel('文件', { exact: true }).setInputFiles(file)
  await press(office, '读取')
  await office.waitForURL(/\/plan-reviews\/[0-9a-f-]{36}\?done=taken/)
  return new URL(office.url()).pathname.split('/')[2] ?? ''
}

/** A key of the review page, and the page that follows. */
async function key(sign: string, done: string): Promise<void> {
  await Promise.all([office.waitForEvent('load'), office.keyboard.press(sign)])
  expect(new URL(office.url()).searchParams.get('done')).toBe(done)
}
const chosen = () => office.locator('.review-tasks [aria-current=true]').innerText()
const choose = (name: string) => office.locator('.review-tasks').getByRole('link', { name }).click()

/** Another person of the office lets out what waits. */
async function letOut(): Promise<void> {
  const other = await atDesk(browser, site, 'linjiahui')
  await other.goto(`/publications/${publicId}/review`)
  expect(await seriousFaults(other)).toEqual([])
  await clear(other, publicId)
  await other.context().close()
}

async function openTask(page: Page, name: string): Promise<void> {
  await page.goto(`/ledger-plans/${planId}`)
  await page.getByRole('main').getByRole('link', { name }).first().click()
  await page.waitForURL(/\/ledger-tasks\//)
}

describe('a plan becomes a ledger', () => {
  it('is uploaded and read: tasks beside the document, nothing in the ledger yet', async () => {
    planId = await upload(winterPlan())
    expect(await words(office)).toContain('共 6 项')
    expect(await office.locator('[data-lit]').innerText()).toContain('公布水质结果')
    expect(await seriousFaults(office)).toEqual([])
    await press(office, '列入台账')
    expect(await words(office)).toContain('还有 6 项没有确认')
  })

  it('is gone through with the keyboard: accept, split, merge, drop, take back', async () => {
    await office.goto(`/plan-reviews/${planId}`)
    expect(await chosen()).toContain('公布水质结果')
    await key('a', 'accepted')
    expect(await chosen()).toContain('公布停水安排')
    await key('u', 'undone')
    await key('a', 'accepted')
    await key('a', 'accepted')
    expect(await chosen()).toContain('更新办事指南')
    await office.keyboard.press('s')
    await office.getByLabel('第二项从这一句开始').selectOption({ label: '开设代办专窗，公布代办事项。' })
    await press(office, '从这一句分开')
    await office.waitForURL(/done=split/)
    await choose('公布收费标准')
    await office.waitForURL(url => !url.searchParams.has('done'))
    await key('m', 'merged')
    await choose('明确专人负责')
    await office.waitForURL(url => !url.searchParams.has('done'))
    await office.keyboard.press('d')
    await office.keyboard.type('是保障要求，不是任务')
    await office.keyboard.press('Enter')
    await office.waitForURL(/done=dropped/)
    for (let left = 3; left > 0; left--) await key('a', 'accepted')
    expect(await words(office)).toContain('还有 0 项待确认')
  })

  it('each printed name is decided once; then it comes into force', async () => {
    await press(office, '列入台账')
    expect(await words(office)).toContain('县供水公司')
    await office.goto(`/plan-names/${planId}`)
    expect(await seriousFaults(office)).toEqual([])
    await press(office, /采用全部确定的/)
    await office.waitForURL(/done=sure/)
    await office.getByLabel('“县供水公司”认定为').selectOption({ label: '县自来水公司' })
    await office.getByRole('checkbox', { name: /记住/ }).check()
    await press(office, '认定选好的')
    await office.waitForURL(/done=many/)
    await office.goto(`/plan-reviews/${planId}`)
    await press(office, '列入台账')
    await office.waitForURL(/ledger-plans\/.*done=in-force/)
    expect(await words(office)).toContain('5 行')
    expect(await seriousFaults(office)).toEqual([])
  })

  it('a unit reports with evidence, its head lets the report out, the office accepts', async () => {
    await head.goto('/task-reports')
    await press(head, '改为先审核')
    await head.waitForURL(/done=saved/)
    await reader.goto('/columns/notices')
    const evidence = await reader.locator('.pub-title').first().getAttribute('href')
    await openTask(unit, '公布水质结果')
    await unit.getByRole('link', { name: '报送进展' }).click()
    await unit.getByRole('combobox', { name: /^进展/ }).selectOption({ label: '已完成' })
    await unit.getByLabel('完成情况').fill('十二个水厂的检测结果都已公布。')
    await unit.getByLabel('佐证：已经公开的内容').fill(site.publicUrl + evidence)
    await unit
      .getByLabel('佐证：文件')
      .setInputFiles({ name: '检测表.txt', mimeType: 'text/plain', buffer: Buffer.from('合格') })
    expect(await seriousFaults(unit)).toEqual([])
    await press(unit, '报送')
    await unit.waitForURL(/ledger-tasks\/.*done=reported/)
    await openTask(head, '公布水质结果')
    expect(await words(head)).toContain('检测表.txt')
    await press(head, '同意报出')
    await head.waitForURL(/done=report-approve/)
    await office.goto('/task-reports')
    await office.getByRole('link', { name: /公布水质结果/ }).click()
    await press(office, '核定')
    await office.waitForURL(/done=report-accept/)
    expect(await words(office)).toContain('已完成')
    expect(await seriousFaults(office)).toEqual([])
  })

  it('the table goes to review, and another person publishes it (R-EXC-13)', async () => {
    await office.goto(`/plan-progress/${planId}`)
    expect(await seriousFaults(office)).toEqual([])
    await office.getByLabel('公开在哪个栏目').selectOption({ label: '监督检查' })
    await press(office, '送审')
    await office.waitForURL(/\/publications\/[a-z0-9]{10}\?done=submitted/)
    publicId = new URL(office.url()).pathname.split('/')[2] ?? ''
    expect((await office.goto(`/publications/${publicId}/review`))?.status()).toBe(403)
    expect((await reader.goto(`/plans/${publicId}`))?.status()).toBe(404)
    await letOut()
  })

  it('the public reads it without scripts: what, who, until when, how far; narrowed by unit and state', async () => {
    await reader.goto('/plans')
    await reader.getByRole('link', { name: '《2026年冬季政务公开重点任务》落实情况', exact: true }).click()
    const text = await words(reader)
    for (const said of ['公布水质结果', '牵头：县水利局', '十二个水厂的检测结果都已公布。', '完成 20%'])
      expect(text).toContain(said)
    for (const hidden of ['检测表.txt', '沈晓岚', '明确专人负责']) expect(text).not.toContain(hidden)
    expect(text.match(/牵头：/g), 'what was split off has the unit of its item').toHaveLength(5)
    await reader.getByLabel('责任单位').selectOption({ label: '县自来水公司' })
    await reader.getByRole('button', { name: '查看' }).click()
    expect(await words(reader)).toContain('下面是其中的 1 项')
    await reader.goto(`/plans/${publicId}`)
    await reader.getByRole('link', { name: /公布水质结果/ }).click()
    expect(await words(reader)).toContain('县水利局报送：已完成')
  })

  it('goes out as xlsx, csv and docx that open, with the same rows', async () => {
    for (const format of ['xlsx', 'csv', 'docx']) {
      const answer = await fetch(`${site.publicUrl}/plans/${publicId}/table.${format}`)
      expect(answer.headers.get('content-disposition')).toContain(`.${format}`)
      const bytes = Buffer.from(await answer.arrayBuffer())
      const opened =
        format === 'csv' ? bytes.toString('utf8') : JSON.stringify(await readDocument(`表.${format}`, bytes))
      for (const said of ['公布停水安排', '牵头：县水利局', '十二个水厂的检测结果都已公布。'])
        expect(opened, format).toContain(said)
    }
  })

  it('a task is changed with a reason; the history shows what became different', async () => {
    await openTask(office, '公布停水安排')
    await office.getByText('修改内容').first().click()
    await office.getByLabel('工作要求').fill('公布到每个小区。')
    await office.locator('#change').getByLabel('理由').fill('县长办公会第五次会议要求细化到小区')
    await office.locator('#change').getByRole('button').click()
    await office.waitForURL(/done=change/)
    expect(await words(office)).toContain('县长办公会第五次会议要求细化到小区')
    await office.goto(`/plan-progress/${planId}`)
    await office.getByLabel('更新说明').fill('停水安排细化到小区')
    await press(office, '送审')
    await office.waitForURL(/\/publications\/[a-z0-9]{10}\?done=submitted/)
    await letOut()
    await reader.goto(`/plans/${publicId}/versions`)
    expect(await words(reader)).toContain('停水安排细化到小区')
    expect((await reader.locator('ins').allInnerTexts()).join()).toContain('到每个小区')
    await reader.goto(`/plans/${publicId}/editions/1`)
    const before = await words(reader)
    expect(before).toContain('这是第 1 版，不是现在的文字')
    expect(before).toContain('公布停水安排')
    expect(before).not.toContain('公布到每个小区')
  })

  it('says what stood there on a day; of a day to come, or of none, it says so', async () => {
    const today = dateInBeijing(new Date())
    await reader.goto(`/plans/${publicId}`)
    await reader.getByRole('textbox', { name: /某天的进展/ }).fill(today)
    await reader.getByRole('button', { name: '看这一天' }).click()
    expect(await words(reader)).toContain('下面是今天公开的第 2 版')
    const asked = async (day: string) => {
      const answer = await reader.goto(`/plans/${publicId}?on=${day}`)
      return [answer?.status(), await words(reader)] as const
    }
    expect(await asked('2026-01-01')).toEqual([200, expect.stringContaining('还没有公开')])
    expect(await asked('2099-01-01')).toEqual([422, expect.stringContaining('这一天还没有到')])
    expect(await asked('2026-02-30')).toEqual([422, expect.stringContaining('没有这一天')])
  })

  it('its proof is taken from the page and holds, and does not hold for another text', async () => {
    await expect
      .poll(
        async () => {
          await reader.goto(`/plans/${publicId}`)
          return reader.getByRole('link', { name: '下载证明文件' }).count()
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toBe(1)
    const linked = async (name: string) => {
      const href = await reader.getByRole('link', { name }).getAttribute('href')
      return (await fetch(`${site.publicUrl}${href}`)).text()
    }
    const [proof, saved] = [await linked('下载证明文件'), await linked('保存这一版（JSON）')]
    expect(saved).toContain('每个小区')
    expect(await verify(proof, saved)).toContain('核验通过。')
    await expect(verify(proof, saved.replaceAll('每个小区', '部分小区'))).rejects.toMatchObject({ code: 1 })
  })

  it('axe finds nothing, and nothing scrolls sideways at 390 px', async () => {
    const seeing = await openPage(browser, { baseURL: site.publicUrl })
    await seeing.goto(`/plans/${publicId}/tasks`)
    const task = await seeing.locator('main table a').first().getAttribute('href')
    const pages = [
      '/plans',
      '/plans?organ=slj',
      `/plans/${publicId}`,
      `/plans/${publicId}/tasks?state=done`,
      `/plans/${publicId}/versions`,
      `/plans/${publicId}/editions/1`,
      `/plans/${publicId}?on=2099-01-01`,
      task ?? '',
    ]
    const desk = [
      `/ledger-plans/${planId}`,
      `/plan-progress/${planId}`,
      `/plan-facts/${planId}`,
      '/ledger',
      '/plans/new',
    ]
    for (const [page, addresses] of [
      [seeing, pages],
      [office, desk],
    ] as const)
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 })
        for (const address of addresses) {
          await page.goto(address)
          expect(await seriousFaults(page), `${address} at ${width}`).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        }
      }
  })
})

const s1 = 'the table of a real county (S1)'
describe.skipIf(!realPlan)(realPlan ? s1 : `${s1} (skipped: no ../shared)`, () => {
  it('becomes a ledger with a public table: as many tasks as counted by hand, units as printed', async () => {
    if (!realPlan) return
    const { tasks } = realPlan
    planId = await upload(realPlan.file)
    expect(await words(office)).toContain(`共 ${tasks.length} 项`)
    for (let left = tasks.length; left > 0; left--) {
      await office.goto(`/plan-reviews/${planId}?show=open`)
      await key('a', 'accepted')
    }
    expect(await words(office)).toContain('还有 0 项待确认')
    await office.goto(`/plan-names/${planId}`)
    // Of another county all units are outside, and are shown as printed
    const choices = office.locator('select[name^=as-]')
    for (let at = 0; at < (await choices.count()); at++) await choices.nth(at).selectOption('outside')
    await press(office, '认定选好的')
    await office.waitForURL(/done=many/)
    await office.goto(`/plan-reviews/${planId}`)
    await press(office, '列入台账')
    await office.waitForURL(/done=in-force/)
    expect(await words(office)).toContain('2023年')
    await office.goto(`/plan-progress/${planId}`)
    await office.getByLabel('公开在哪个栏目').selectOption({ label: '监督检查' })
    await press(office, '送审')
    await office.waitForURL(/\/publications\/[a-z0-9]{10}\?done=submitted/)
    publicId = new URL(office.url()).pathname.split('/')[2] ?? ''
    await letOut()
    await reader.goto(`/plans/${publicId}`)
    const rows = await reader.locator('main tbody tr').all()
    const units = await Promise.all(rows.map(row => row.locator('td').nth(1).innerText()))
    expect(units.map(namesIn)).toEqual(tasks.map(task => [...task.lead, ...task.responsible]))
  })
})

/** `牵头：甲、乙；责任：丙` → the names. */
const namesIn = (cell: string) =>
  cell === '文件未写明' ? [] : cell.split(/[、；]/).map(name => name.replace(/^(牵头|责任)：/, ''))

async function verify(proof: string, saved: string): Promise<string> {
  const [proofFile, savedFile] = [join(site.dataDir, 'plan.proof'), join(site.dataDir, 'plan.json')]
  await Promise.all([writeFile(proofFile, proof), writeFile(savedFile, saved)])
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'bin', 'mingtang.js'), 'verify', proofFile, '--file', savedFile],
    { env: { ...process.env, DATA_DIR: site.dataDir } },
  )
  return stdout
}
