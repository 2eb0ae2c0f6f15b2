import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { DatabaseServer } from '#platform/db/database-server'
import { openServer } from '#platform/db/server'
import { makeTestFolder } from './test-folder.ts'

/**
 * The server of a test run: TEST_DATABASE_URL, or one started for this run alone from TEST_DATABASE_BINARIES or the embedded
 * package, without fsync.
 */
export async function openTestServer(): Promise<DatabaseServer> {
  const databaseUrl = process.env.TEST_DATABASE_URL
  if (databaseUrl) return openServer({ databaseUrl, dataDir: tmpdir() })
  const dataDir = await makeTestFolder()
  const server = await openServer({ dataDir, durable: false, binaries: process.env.TEST_DATABASE_BINARIES })
  return {
    ...server,
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
