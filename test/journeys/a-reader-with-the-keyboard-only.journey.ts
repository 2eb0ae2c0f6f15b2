import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BuiltSite, openBrowser, openPage, startBuiltSite } from './browser.ts'

let site: BuiltSite
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startBuiltSite(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})
beforeEach(async () => {
  page = await openPage(browser, { baseURL: site.publicUrl })
})

const pages = [
  '/',
  '/policies',
  '/disclosure',
  '/organs/slj',
  '/search?q=水价',
  '/site-map',
  '/reading',
  '/leaving?to=https://a.example/',
]

async function policyAddress() {
  await page.goto('/policies')
  return (await page.locator('.pub-title').first().getAttribute('href')) ?? ''
}

const focused = () =>
  page.evaluate(() => {
    const stop = document.activeElement as HTMLElement
    return stop.getAttribute('aria-label') || stop.innerText || stop.getAttribute('name') || stop.tagName
  })

const stillInDate = (stop: number) =>
  page.evaluate(before => {
    const now = document.activeElement
    return now instanceof HTMLInputElement && now.type === 'date' && now.dataset.stop === String(before)
  }, stop)

/** Tabs once round the page. Each stop must be shown, on top, and look otherwise than without the focus. */
async function walk(): Promise<{ stops: number; faults: string[] }> {
  const expected = await page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      'a[href],button,input,select,textarea,summary,[tabindex="0"]',
    )
    const stops = [...all].filter(
      one => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0,
    )
    stops.forEach((one, index) => {
      one.dataset.stop = String(index)
    })
    return stops.length
  })
  const faults: string[] = []
  for (let stop = 0; stop < expected; stop++) {
    await page.keyboard.press('Tab')
    // A date is several stops in one: year, month, day, the calendar
    for (let part = 0; part < 4 && (await stillInDate(stop - 1)); part++) await page.keyboard.press('Tab')
    const fault = await page.evaluate(wanted => {
      const now = document.activeElement as HTMLElement
      const name = now.outerHTML.slice(0, 120)
      if (now.dataset.stop !== String(wanted)) return `${wanted} is not next, but ${name}`
      const box = now.getBoundingClientRect()
      if (box.width < 4 || box.height < 4) return `${name} is not to be seen`
      const onTop = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      if (!onTop || !(now.contains(onTop) || onTop.contains(now))) return `${name} is covered`
      const look = () => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor } = getComputedStyle(now)
        return `${outlineStyle === 'none' ? '' : outlineStyle + outlineWidth + outlineColor} ${boxShadow} ${backgroundColor}`
      }
      const withFocus = look()
      now.blur()
      const without = look()
      now.focus()
      return withFocus === without ? `${name} looks the same with the focus` : null
    }, stop)
    if (fault) faults.push(fault)
  }
  return { stops: expected, faults }
}

describe('a reader with the keyboard only', () => {
  it('sees where the focus is at every stop, in the order of the page (WCAG 2.4.3, 2.4.7, 2.4.11)', async () => {
    for (const address of [...pages, await policyAddress()]) {
      await page.goto(address)
      const { stops, faults } = await walk()
      expect(faults, address).toEqual([])
      expect(stops, address).toBeGreaterThan(5)
    }
  })

  it('jumps over the navigation to the text (WCAG 2.4.1)', async () => {
    for (const address of pages) {
      await page.goto(address)
      await page.keyboard.press('Tab')
      expect(await focused()).toBe('跳到正文')
      expect(
        await page.locator('.skip-link').evaluate(link => link.getBoundingClientRect().top),
      ).toBeGreaterThanOrEqual(0)
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.activeElement?.id === 'main')
    }
  })

  it('searches, filters, unfolds and turns the page', async () => {
    await page.goto('/policies')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const tabTo = async (words: RegExp) => {
      for (let step = 0; step < 120; step++) {
        await page.keyboard.press('Tab')
        if (words.test(await focused())) return
      }
      throw new Error(`no stop ${words}`)
    }
    await tabTo(/限定发布日期/)
    await page.keyboard.press('Enter')
    expect(await page.locator('[name=from]').isVisible()).toBe(true)
    await tabTo(/^尚未施行/)
    await Promise.all([page.waitForURL(/validity=not-yet/), page.keyboard.press('Enter')])
    await page.goto('/policies')
    await tabTo(/下一页/)
    await Promise.all([page.waitForURL(/page=2/), page.keyboard.press('Enter')])
    await tabTo(/q|搜索/)
    await page.keyboard.type('农村饮水')
    await Promise.all([page.waitForURL(/search/), page.keyboard.press('Enter')])
    expect(await page.locator('.pub-title').count()).toBeGreaterThan(0)
  })

  it('changes size and contrast, and finds them so on the next page', async () => {
    await page.goto('/')
    await page.locator('[data-set-size=extra]').focus()
    await page.keyboard.press('Enter')
    await page.locator('[data-set-contrast]').first().focus()
    await page.keyboard.press('Enter')
    await page.goto('/organs')
    expect(await page.locator('html').getAttribute('data-size')).toBe('extra')
    expect(await page.locator('html').getAttribute('data-contrast')).toBe('high')
    expect(await page.locator('[data-set-size=extra]').getAttribute('aria-current')).toBe('true')
  })

  it('reads at 400 % without scrolling sideways (WCAG 1.4.10), also in the largest letters', async () => {
    await page.setViewportSize({ width: 320, height: 256 })
    for (const address of [
      ...pages,
      '/interpretations',
      '/organs',
      '/columns/notices',
      await policyAddress(),
    ])
      for (const view of ['', 'elder', 'extra']) {
        await page.goto(`${address}${address.includes('?') ? '&' : '?'}view=${view}`)
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${address} ${view}`).toBe(
          320,
        )
      }
  })
})
