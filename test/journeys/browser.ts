import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { environmentFor, findChromium } from './chromium.ts'
import { writeFontConfig } from './fonts.ts'

export { type Account, type BuiltSite, startBuiltSite } from './built-site.ts'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium that reads Chinese on any machine; close it when the journey is over. */
export async function openBrowser(): Promise<Browser> {
  const found = await findChromium()
  return chromium.launch({
    executablePath: found.program,
    args: flags,
    env: { ...environmentFor(found), FONTCONFIG_FILE: writeFontConfig() },
  })
}

/** A page of a visitor of its own: 1280 px wide, and not patient. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(8000)
  return context.newPage()
}
