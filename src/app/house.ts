import { join } from 'node:path'
import { filing } from '#modules/catalogue'
import { documentProcedure } from '#modules/documents'
import { registerUrged } from '#modules/duties'
import { tellUrgedPeople } from '#modules/notifications'
import { registerFileBytes, registerMask } from '#modules/personal-data'
import {
  itemRoutes,
  mayReadPublications,
  publicFileRoutes,
  registerAround,
  registerErasure,
  registerFiling,
  registerKinds,
  registerProcedure,
} from '#modules/publications'
import { maskPdf } from '#modules/redaction'
import { eraseRenditions, Press } from '#modules/renditions'
import { limitEntryMemory } from '#modules/search'
import { type Clock, systemClock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Log } from '#platform/context'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { type AssetAddress, openAssets } from '#platform/http/assets'
import { followChanges } from '#platform/http/cache-news'
import { PageCache } from '#platform/http/page-cache'
import type { ApiRoute, DeskRoute, PublicRoute } from '#platform/http/route'
import { openPostOffice } from '#platform/mail/post-office'
import type { Job } from '#platform/module'
import { Remembered } from '#platform/remembered'
import { type FileStorage, openStorage } from '#platform/storage/storage'
import { around } from './around.ts'
import { kinds } from './kinds.ts'
import { modulesWith } from './modules.ts'

/** Everything the roles of one process share. */
export interface House {
  config: Config
  clock: Clock
  log: Log
  connection: Connection
  storage: FileStorage
  cache: PageCache
  remembered: Remembered
  assets: { folder: string; address: AssetAddress }
  publicRoutes: readonly PublicRoute[]
  deskRoutes: readonly DeskRoute[]
  apiRoutes: readonly ApiRoute[]
  jobs: readonly Job[]
  /** Scheme, host and port of the public site and of the desk, known once they listen. */
  origin: { public: string; desk: string }
  close(): Promise<void>
}

export async function openHouse(parts: {
  config: Config
  databaseUrl: string
  log: Log
  clock?: Clock
}): Promise<House> {
  registerKinds(kinds)
  registerAround(around)
  registerUrged([tellUrgedPeople])
  registerFiling(filing)
  registerProcedure(documentProcedure)
  const { config, databaseUrl, log, clock = systemClock } = parts
  limitEntryMemory(config.searchMemoryMegabytes)
  const connection = connect(databaseUrl, { role: applicationRole })
  const cache = new PageCache(config.pageCacheBytes, () => clock.now().getTime())
  const remembered = new Remembered()
  const news = followChanges(databaseUrl, [cache, remembered])
  await news.ready
  const storage = openStorage(config.dataDir)
  registerFileBytes(storage)
  registerMask(maskPdf)
  registerErasure(eraseRenditions(storage))
  const press = new Press(storage, join(config.dataDir, 'fonts'))
  const origin = { public: config.publicUrl ?? '', desk: config.deskUrl ?? '' }
  const office = config.mail && openPostOffice(config.mail)
  const modules = modulesWith({
    storage,
    mayRead: async ctx => mayReadPublications(ctx.actor),
    press,
    outside: { office, deskUrl: () => origin.desk, digestAt: config.digestAt },
  })
  const segments = [...new Set(kinds.map(kind => kind.segment))]
  return {
    config,
    clock,
    log,
    connection,
    storage,
    cache,
    remembered,
    assets: openAssets(),
    publicRoutes: [
      ...modules.flatMap(module => module.publicRoutes ?? []),
      ...segments.flatMap(itemRoutes),
      ...publicFileRoutes(storage),
    ],
    deskRoutes: modules.flatMap(module => module.deskRoutes ?? []),
    apiRoutes: modules.flatMap(module => module.apiRoutes ?? []),
    jobs: modules.flatMap(module => module.jobs ?? []),
    origin,
    async close() {
      office?.close()
      await press.stop()
      await news.stop()
      await connection.close()
    },
  }
}
