import { isAbsolute } from 'node:path'
import { openEmbeddedServer } from './embedded/embedded-server.ts'
import { openExternalServer } from './external-server.ts'
import { ServerProblem } from './server-problem.ts'

export type DatabaseServer = {
  /** A complete address with user, password and database. */
  url: string
  kind: 'embedded' | 'external'
  /** Major version: 18. */
  version: number
  /** The last process that leaves the embedded server stops it; a server of somebody else is left alone. */
  stop(): Promise<void>
}

export type ServerOptions = {
  databaseUrl?: string | undefined
  /** Absolute; the embedded server keeps its cluster in `postgres` inside it. */
  dataDir: string
  say?: (line: string) => void
  /** False only for tests: no fsync. */
  durable?: boolean
  /** Folder of other server binaries (initdb, pg_ctl, postgres) than those of the npm package. */
  binaries?: string | undefined
}

/** A PostgreSQL server to work on: the one at `databaseUrl`, or our own in the data folder. */
export async function openServer(options: ServerOptions): Promise<DatabaseServer> {
  if (options.databaseUrl) return openExternalServer(options.databaseUrl)
  if (!isAbsolute(options.dataDir)) throw new ServerProblem(`数据目录必须是绝对路径：${options.dataDir}`)
  return openEmbeddedServer({ say: () => {}, durable: true, ...options })
}
