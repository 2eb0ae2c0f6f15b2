import { load } from 'cheerio'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './axe.ts'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'
import { atDesk } from './desk-login.ts'

let site: BuiltSite
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** Opens an address and asks axe twice: on a desk's screen and on a telephone's. */
async function faultsAt(page: Page, address: string, status?: number): Promise<string[]> {
  await page.setViewportSize({ width: 1280, height: 900 })
  const answer = await page.goto(address)
  const wrong = status !== undefined && answer?.status() !== status ? [`${address}: ${answer?.status()}`] : []
  const wide = await seriousFaults(page)
  await page.setViewportSize({ width: 390, height: 844 })
  const narrow = await seriousFaults(page)
  const tooWide = await page.evaluate(() =>
    document.documentElement.scrollWidth <= 390
      ? []
      : [...document.querySelectorAll('main *')]
          .filter(one => one.getBoundingClientRect().right > 391)
          .map(one => one.outerHTML.slice(0, 200)),
  )
  return [
    ...wrong,
    ...wide.map(fault => `${address} at 1280: ${fault}`),
    ...narrow.map(fault => `${address} at 390: ${fault}`),
    ...tooWide.map(html => `${address} scrolls sideways at 390: ${html}`),
  ]
}

const firstItem = (page: Page, segment: string) =>
  page.locator(`.pub-title[href^="/${segment}/"]`).first().getAttribute('href')

describe('axe finds nothing', () => {
  it('on any public page', async () => {
    const page = await openPage(browser, { baseURL: site.publicUrl })
    const pages = [
      '/',
      '/policies',
      '/interpretations',
      '/disclosure',
      '/disclosure?organ=slj',
      '/organs',
      '/organs/slj',
    ]
    pages.push(
      '/columns/notices',
      '/columns/policies/normative',
      '/search',
      '/search?q=水价',
      '/search?q=查无此词甲乙丙',
      '/search?q=停车场&on=2025-12-01',
      '/search?q=停车厂',
      '/policies?on=2025-12-01&validity=in-force',
    )
    pages.push('/history', '/feeds', '/api')
    pages.push('/obligations', '/deadline', '/deadline?from=2025-09-22&amount=20&unit=working-days')
    pages.push(
      '/interpretations/leaders',
      '/interpretations/selections/2025',
      '/catalogue',
      '/catalogue/E-01',
    )
    pages.push('/site-map', '/reading', '/leaving?to=https%3A%2F%2Fwww.example.com%2F', '/s/shuili')
    for (const [list, segment] of [
      ['/policies', 'policies'],
      ['/interpretations', 'interpretations'],
      ['/columns/notices', 'notices'],
    ] as const) {
      await page.goto(list)
      pages.push((await firstItem(page, segment)) ?? '')
    }
    const policy = pages.find(address => address.startsWith('/policies/')) ?? ''
    pages.push(`${policy}?on=2026-11-20`, `${policy}/versions`, `${policy}/related?type=interprets`)
    for (const view of ['elder', 'contrast', 'extra']) pages.push(`/policies?view=${view}`)
    const faults: string[] = []
    for (const address of pages) faults.push(...(await faultsAt(page, address, 200)))
    faults.push(...(await faultsAt(page, '/nothing-here', 404)))
    expect(faults).toEqual([])
  })

  it('on the page that stands where something was', async () => {
    const reader = await openPage(browser, { baseURL: site.publicUrl })
    await reader.goto('/columns/notices')
    const address = (await firstItem(reader, 'notices')) ?? ''
    const page = await atDesk(browser, site, 'hemin')
    await page.goto('/publications')
    await page.goto(`/publications/${address.split('/').at(-1)}/take-down`)
    await page.getByLabel('撤下', { exact: true }).check()
    await page.getByRole('textbox', { name: '理由' }).fill('内容有误')
    await page.getByRole('checkbox', { name: '我确认' }).check()
    await page.getByRole('button', { name: '停止公开' }).click()
    await page.waitForURL(/done=taken-down/)
    expect(await faultsAt(reader, address, 410)).toEqual([])
    expect(await faultsAt(page, page.url())).toEqual([])
    await page.context().close()
  })

  it('on any page of the desk that somebody of the sample can reach', async () => {
    const faults: string[] = []
    const looked = new Set<string>()
    const login = await openPage(browser, { baseURL: site.deskUrl })
    faults.push(...(await faultsAt(login, '/login')))
    await login.context().close()
    for (const { username } of site.accounts) {
      const page = await atDesk(browser, site, username)
      faults.push(...(await walkDesk(page, username, looked)))
      await page.context().close()
    }
    expect(faults).toEqual([])
    const some = [
      '/publications',
      '/publications/:id',
      '/publications/new',
      '/columns',
      '/organs/:key',
      '/organs/new',
    ]
    some.push('/sites/:key', '/people', '/people/:id', '/people/new', '/audit', '/account')
    some.push(
      '/notifications',
      '/reposts',
      '/repost-feeds/new',
      '/interpretation-plans',
      '/selections',
      '/catalogue',
    )
    some.push(
      '/catalogue/standard',
      '/catalogue/import',
      '/site-health',
      '/duties',
      '/supervision',
      '/calendar/new',
    )
    expect([...looked]).toEqual(expect.arrayContaining(some))
  })
})

/** Follows every link of the desk that one person sees; axe looks once at each kind of page, and at everybody's first page. */
async function walkDesk(page: Page, username: string, looked: Set<string>): Promise<string[]> {
  const faults: string[] = []
  const visited = new Set<string>()
  const waiting = ['/']
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const kind = kindOf(address)
    if (visited.has(kind)) continue
    visited.add(kind)
    const looks = kind === '/' ? `/ of ${username}` : kind
    if (!looked.has(looks)) faults.push(...(await faultsAt(page, address, 200)))
    looked.add(looks)
    const html = load(await (await page.request.get(address)).text())
    const links = html('a[href^="/"]')
      .toArray()
      .map(link => link.attribs.href ?? '')
    waiting.push(
      ...links.filter(
        link =>
          !/^\/(?:files|ledger-files|filing-files|plan-report-files)\/|\.(?:csv|xlsx|docx|pdf)\b/.test(link),
      ),
    )
  }
  return faults
}

/** `/people/0197…/` → `/people/:id`, questions left out. */
const kindOf = (address: string) =>
  address
    .replace(/[?#].*$/, '')
    .replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}(?=\/|$)/g, '/:id')
    .replace(/^\/columns\/(?!new$).+/, '/columns/:path')
    .replace(/^\/publications\/(?!new$)[a-z0-9]{10}/, '/publications/:id')
    .replace(/^\/(organs|sites)\/(?!new$)[a-z]+/, '/$1/:key')
