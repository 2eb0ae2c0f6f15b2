import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '#platform/root'
import { testDatabase } from '../make/test-database.ts'
import { makeTestFolder } from '../make/test-folder.ts'

export type BuiltSite = {
  publicUrl: string
  deskUrl: string
  /** What the site printed as its sample logins. */
  accounts: Account[]
  dataDir: string
  stop(): Promise<void>
  /** As a power cut for the process: no farewell. The data stays, `startBuiltSite({ dataDir, databaseUrl })` goes on with it. */
  kill9(): Promise<void>
}

export type Account = Record<string, string>

type Options = {
  /** Default: a fresh, migrated database of the test server. 'embedded': the site brings its own, in dataDir. */
  databaseUrl?: string
  /** Default: a new folder, removed by stop(). */
  dataDir?: string
  env?: Record<string, string>
}

type Ready = { ready: true; public: string; desk: string; accounts?: Account[] }

/** Starts dist/main.js as a process of its own on free ports and waits until it says where it is. */
export async function startBuiltSite(options: Options = {}): Promise<BuiltSite> {
  const program = join(root, 'dist', 'main.js')
  if (!existsSync(program))
    throw new Error('dist/main.js 还没有构建，请先运行 npm run build（npm test 会自己构建）。')
  const database = options.databaseUrl ? undefined : await testDatabase()
  const databaseUrl = options.databaseUrl ?? database?.url ?? ''
  const dataDir = options.dataDir ?? (await makeTestFolder())
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      MINGTANG_READY: 'json',
      HOST: '127.0.0.1',
      PORT: '0',
      DESK_PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl === 'embedded' ? '' : databaseUrl,
      ...options.env,
    },
  })
  const ready = await readiness(child)
  async function end(signal: NodeJS.Signals) {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  return {
    publicUrl: ready.public,
    deskUrl: ready.desk,
    accounts: ready.accounts ?? [],
    dataDir,
    async stop() {
      await end('SIGTERM')
      await database?.drop()
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
    kill9: () => end('SIGKILL'),
  }
}

function readiness(child: ChildProcess) {
  return new Promise<Ready>((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', chunk => {
      said = (said + chunk).slice(-4000)
    })
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`网站没有启动（退出码 ${code}）：\n${said}`)))
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', line => {
      said = `${said}${line}\n`.slice(-4000)
      if (line.startsWith('{"ready"')) resolve(JSON.parse(line))
    })
  })
}
