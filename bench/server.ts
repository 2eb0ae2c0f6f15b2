import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openServer } from '../src/platform/db/server.ts'
import type { Asked } from './arguments.ts'

/** A database server for one bench, with the folder that belongs to it. */
export interface BenchServer {
  url: string
  dataDir: string
  /** 自带 PostgreSQL 18 */
  name: string
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
  stop(): Promise<void>
}

/**
 * The server asked for, with the settings of the embedded one, on a folder named after what is loaded into it: with --keep the
 * next run finds it there.
 */
export async function startServer(
  asked: Pick<Asked, 'scale' | 'seed' | 'server' | 'keep'>,
): Promise<BenchServer> {
  // Not in the project: as root the database runs as another user, who may not enter a closed folder
  const home = join(tmpdir(), `mingtang-bench-${process.getuid?.() ?? 'user'}`)
  const dataDir = join(home, `${asked.server}-${asked.scale}-${asked.seed}`)
  await mkdir(dataDir, { recursive: true })
  for (const folder of [home, dataDir]) await chmod(folder, 0o711)
  const databaseUrl = process.env.DATABASE_URL
  const binaries = asked.server === 'system' && !databaseUrl ? await systemBinaries() : undefined
  const server = await openServer({ databaseUrl, dataDir, say: console.error, binaries })
  const pool = new pg.Pool({ connectionString: server.url, max: 2 })
  pool.on('error', () => {})
  return {
    url: server.url,
    dataDir,
    name: `${databaseUrl ? 'DATABASE_URL 的' : asked.server === 'system' ? '本机安装的' : '自带'} PostgreSQL ${server.version}`,
    query: async text => (await pool.query(text)).rows,
    async stop() {
      await pool.end()
      await server.stop()
      if (!asked.keep) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const installed = '/usr/lib/postgresql'

/** Where Debian puts them; the newest. */
async function systemBinaries(): Promise<string> {
  const versions = existsSync(installed) ? await readdir(installed) : []
  const found = versions
    .map(Number)
    .sort((a, b) => b - a)
    .map(version => join(installed, String(version), 'bin'))
    .find(folder => existsSync(join(folder, 'initdb')))
  if (!found)
    throw new Error(
      `${installed} 里没有 PostgreSQL。请安装 postgresql，或设置 DATABASE_URL，或用 --server embedded。`,
    )
  return found
}
