import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from '#platform/root'

/** A machine without Chinese fonts shows boxes: the browser is pointed at the Noto fonts that npm brought. */
export function writeFontConfig() {
  const fonts = dirname(
    createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'),
  )
  // In the project, not in the shared temporary folder: another copy has its fonts elsewhere, and may be removed.
  const folder = join(root, '.cache', 'fonts')
  const file = join(folder, 'fonts.conf')
  const half = `${file}.${process.pid}`
  mkdirSync(folder, { recursive: true })
  // Regular and Bold only: nine weights of 10 MB each would all be scanned.
  const folders = ['400Regular', '700Bold'].map(weight => `<dir>${join(fonts, weight)}</dir>`).join('')
  const families = ['sans-serif', 'serif', 'monospace', 'system-ui']
  const aliases = families.map(
    family => `<alias><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  )
  writeFileSync(
    half,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${folders}${aliases.join('')}<cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
  )
  renameSync(half, file)
  return file
}
