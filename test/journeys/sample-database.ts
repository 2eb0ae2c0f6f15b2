import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { root } from '#platform/root'
import { nameOf, onServer, withName } from '../make/on-server.ts'
import { type TestDatabase, testDatabase } from '../make/test-database.ts'
import { startProcess } from './site-process.ts'

const kept = join(root, '.cache', 'test', 'samples')

/**
 * A database of its own that holds the sample; what belongs to it (logins, the key) is laid into `dataDir`. The first journey
 * of a run loads the sample (six seconds, most of them for passwords), the others clone what it loaded.
 */
export async function sampleDatabase(dataDir: string): Promise<TestDatabase> {
  const template = inject('templateUrl')
  const loaded = withName(template, `${nameOf(template)}_sample`)
  const folder = join(kept, nameOf(template))
  if (!existsSync(folder)) await load(template, loaded, folder)
  await cp(folder, dataDir, { recursive: true })
  return testDatabase(nameOf(loaded))
}

async function load(template: string, loaded: string, folder: string) {
  await forgetOldRuns()
  const half = `${folder}.${process.pid}`
  await mkdir(half, { recursive: true })
  await onServer(template, `drop database if exists ${nameOf(loaded)} with (force)`)
  await onServer(template, `create database ${nameOf(loaded)} template ${nameOf(template)}`)
  const site = await startProcess({ databaseUrl: loaded, dataDir: half, roles: ['public'] })
  await site.end('SIGTERM')
  await rename(half, folder)
}

async function forgetOldRuns() {
  for (const name of await readdir(kept).catch(() => [])) {
    const folder = join(kept, name)
    if (Date.now() - (await stat(folder)).mtimeMs > 6 * 3600_000) await rm(folder, { recursive: true })
  }
}
