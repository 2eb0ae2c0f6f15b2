import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, inject } from 'vitest'
import { root } from '#platform/root'
import { nameOf, onServer, withName } from './on-server.ts'

export type TestDatabase = { url: string; drop(): Promise<void> }

/**
 * A fresh, migrated database of its own; give it back with `drop` (or leave it: the run clears up after itself).
 * @param like another database of the run to begin with, by its name
 */
export async function testDatabase(like?: string): Promise<TestDatabase> {
  noteWhoAsks()
  const template = inject('templateUrl')
  const url = withName(template, `${nameOf(template)}_${randomBytes(4).toString('hex')}`)
  await onServer(template, `create database ${nameOf(url)} template ${like ?? nameOf(template)}`)
  return {
    url,
    drop: async () => void (await onServer(template, `drop database if exists ${nameOf(url)} with (force)`)),
  }
}

/** `npm test` runs the files noted here once more, on a server of its own. */
function noteWhoAsks() {
  const file = expect.getState().testPath
  if (!file) return
  mkdirSync(join(root, '.cache', 'test'), { recursive: true })
  appendFileSync(join(root, '.cache', 'test', 'database-files.txt'), `${relative(root, file)}\n`)
}
