import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { at } from './place.js'

export const stampFile = at('dist', '.sources')

/** A hash of everything that is built: by content, so that neither a clone nor a checkout of old files fools it. */
export function hashOfSources() {
  const hash = createHash('sha256')
  const files = ['package.json', 'package-lock.json', join('bin', 'build.js'), ...filesUnder('src')]
  for (const file of files) {
    hash.update(`${file}\0`)
    hash.update(readFileSync(at(file)))
  }
  return hash.digest('hex')
}

export function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfSources()
}

function filesUnder(folder) {
  if (!existsSync(at(folder))) return []
  return readdirSync(at(folder), { withFileTypes: true })
    .flatMap(entry => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesUnder(path) : /\.test\.tsx?$/.test(path) ? [] : [path]
    })
    .sort()
}
