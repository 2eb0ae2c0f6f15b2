import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The project's folder, found from the code that runs (source or bundle), not from where it was started. */
export const root = findRoot(import.meta.dirname)

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'db', 'migrations'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('找不到项目目录（package.json）。')
  return findRoot(parent)
}
