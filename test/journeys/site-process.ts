import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '#platform/root'

/** What the sample says about each of its people. */
export type Account = {
  username: string
  password: string
  name: string
  /** Of an administrator. */
  secondFactor?: { secret: string; backupCodes: string[] }
}

export type SiteProcess = {
  /** Empty when the process has not this role. */
  publicUrl: string
  deskUrl: string
  accounts: Account[]
  pid: number
  end(signal: NodeJS.Signals): Promise<void>
}

type Ready = { ready: true; public: string; desk: string; accounts?: Account[] }

export type ProcessOptions = {
  databaseUrl: string
  dataDir: string
  /** All of them, unless named. */
  roles?: readonly string[]
  env?: Record<string, string>
}

/** Starts dist/main.js as a process of its own on free ports and waits until it says where it is. */
export async function startProcess({ databaseUrl, dataDir, roles = [], env = {} }: ProcessOptions) {
  const program = join(root, 'dist', 'main.js')
  if (!existsSync(program))
    throw new Error('dist/main.js 还没有构建，请先运行 npm run build（npm test 会自己构建）。')
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...roles], {
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
      DATABASE_URL: databaseUrl,
      ...env,
    },
  })
  const ready = await readiness(child)
  return {
    publicUrl: ready.public,
    deskUrl: ready.desk,
    accounts: ready.accounts ?? [],
    pid: child.pid ?? 0,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill(signal)
      await ended
    },
  } satisfies SiteProcess
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
