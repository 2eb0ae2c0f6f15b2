import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#platform/root'

const folder = join(root, 'dist', 'assets')

/** Address of a built file by its plain name: `main.css` → `/assets/main-3f9a1c.css`. */
export type AssetAddress = (name: string) => string

/** @throws when the program was not built. */
export function openAssets(): { folder: string; address: AssetAddress } {
  const manifest = join(folder, 'manifest.json')
  if (!existsSync(manifest)) throw new Error('还没有构建界面文件。请用 npm start 启动，它会先构建。')
  const names = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>
  return { folder, address: name => `/assets/${names[name] ?? name}` }
}
