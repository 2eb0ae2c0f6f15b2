import { rm } from 'node:fs/promises'
import { makeTestFolder } from '../make/test-folder.ts'
import { sampleDatabase } from './sample-database.ts'
import { type Account, type SiteProcess, startProcess } from './site-process.ts'

export type { Account } from './site-process.ts'

export type BuiltSite = Omit<SiteProcess, 'end'> & {
  /** Empty for the embedded database. */
  databaseUrl: string
  dataDir: string
  /** Who the sample's person of this username is. */
  account(username: string): Account
  /** Another process on the same data, for the roles named. */
  beside(roles: readonly string[]): Promise<SiteProcess>
  stop(): Promise<void>
  /** As a power cut for the process: no farewell. The data stays, `startBuiltSite({ dataDir, databaseUrl })` goes on with it. */
  kill9(): Promise<void>
}

type Options = {
  /** Default: a fresh database of the test server with the sample in it. 'embedded': the site brings its own, in dataDir. */
  databaseUrl?: string
  /** Default: a new folder, removed by stop(). */
  dataDir?: string
  env?: Record<string, string>
}

/** The built site as a process of its own, with the sample government. */
export async function startBuiltSite(options: Options = {}): Promise<BuiltSite> {
  const dataDir = options.dataDir ?? (await makeTestFolder())
  const database = options.databaseUrl === undefined ? await sampleDatabase(dataDir) : undefined
  const given = options.databaseUrl === 'embedded' ? '' : options.databaseUrl
  const databaseUrl = given ?? database?.url ?? ''
  const env = options.env ?? {}
  const { end, ...site } = await startProcess({ databaseUrl, dataDir, env })
  return {
    ...site,
    databaseUrl,
    dataDir,
    account(username) {
      const found = site.accounts.find(one => one.username === username)
      if (!found) throw new Error(`the sample has nobody called ${username}`)
      return found
    },
    beside: roles => startProcess({ databaseUrl, dataDir, roles, env }),
    async stop() {
      await end('SIGTERM')
      await database?.drop()
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
    kill9: () => end('SIGKILL'),
  }
}
