import { isAbsolute } from 'node:path'
import type { DatabaseServer, ServerOptions } from './database-server.ts'
import { openEmbeddedServer } from './embedded/embedded-server.ts'
import { openExternalServer } from './external-server.ts'
import { ServerProblem } from './server-problem.ts'

/** A PostgreSQL server to work on: the one at `databaseUrl`, or our own in the data folder. */
export async function openServer(options: ServerOptions): Promise<DatabaseServer> {
  if (options.databaseUrl) return openExternalServer(options.databaseUrl)
  if (!isAbsolute(options.dataDir)) throw new ServerProblem(`数据目录必须是绝对路径：${options.dataDir}`)
  return openEmbeddedServer({ say: () => {}, durable: true, ...options })
}
