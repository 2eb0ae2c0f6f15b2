import { type Browser, chromium } from 'playwright-core'
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
