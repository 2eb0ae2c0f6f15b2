import { randomBytes } from 'node:crypto'
import { migrate } from '#platform/db/migrate'
import { nameOf, onServer, withName } from './on-server.ts'
import type { TestDatabase } from './test-database.ts'

/** The migrated database that the tests' own are cloned from; dropping it drops what is left of them. */
export async function makeTemplate(serverUrl: string): Promise<TestDatabase> {
  const url = withName(
    serverUrl,
    `mingtang_test_${Date.now().toString(36)}_${randomBytes(2).toString('hex')}`,
  )
  await dropOldRuns(url)
  await onServer(url, `create database ${nameOf(url)} template template0 encoding 'UTF8'`)
  await migrate(url)
  return { url, drop: () => dropAll(url, name => name.startsWith(nameOf(url))) }
}

/** On a server that stays, runs that were killed hard leave their databases: those older than six hours go. */
async function dropOldRuns(url: string) {
  const limit = Date.now() - 6 * 3600_000
  await dropAll(url, name => Number.parseInt(name.split('_')[2] ?? '', 36) < limit)
}

async function dropAll(url: string, chosen: (name: string) => boolean) {
  const rows = await onServer(url, `select datname from pg_database where datname like 'mingtang\\_test\\_%'`)
  for (const { datname } of rows.filter(row => chosen(row.datname ?? '')))
    await onServer(url, `drop database if exists ${datname} with (force)`)
}
