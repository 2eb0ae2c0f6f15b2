import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A machine without Chinese fonts shows boxes: the browser is pointed at the Noto fonts that npm brought. */
export function writeFontConfig() {
  const fonts = dirname(
    createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'),
  )
  const folder = join(tmpdir(), `mingtang-fonts-${process.getuid?.() ?? 'user'}`)
  const file = join(folder, 'fonts.conf')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Regular and Bold only: nine weights of 10 MB each would all be scanned.
  const folders = ['400Regular', '700Bold'].map(weight => `<dir>${join(fonts, weight)}</dir>`).join('')
  const families = ['sans-serif', 'serif', 'monospace', 'system-ui']
  const aliases = families.map(
    family => `<alias><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  )
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${folders}${aliases.join('')}<cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
  )
  return file
}
