import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

export interface Account {
  username: string
  password: string
  roles: string[]
}

export interface RunningSite {
  publicUrl: string
  deskUrl: string
  dataDir: string
  accounts: Account[]
  /** From the start of the process to its word that it is ready. */
  seconds: number
  rssMegabytes(): number
  pid: number
  stop(options?: { forget?: boolean }): Promise<void>
}

/** Starts the built site as a process of its own on free ports and waits until it is ready. */
export async function startSite(options: {
  dataDir?: string
  env?: Record<string, string>
}): Promise<RunningSite> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'mingtang-bench-'))
  const begun = performance.now()
  const child = spawn(process.execPath, [join(root, 'dist', 'main.js')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      DESK_PORT: '0',
      DATA_DIR: dataDir,
      MINGTANG_READY: 'json',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ready = await readyLine(child)
  return {
    publicUrl: ready.public,
    deskUrl: ready.desk,
    accounts: ready.accounts,
    dataDir,
    seconds: (performance.now() - begun) / 1000,
    pid: child.pid ?? 0,
    rssMegabytes: () => rssOf(child.pid ?? 0),
    async stop({ forget = false } = {}) {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      if (forget) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function readyLine(child: ChildProcess): Promise<{ public: string; desk: string; accounts: Account[] }> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', piece => {
      text += piece
      const line = text.split('\n').find(one => one.startsWith('{"ready"'))
      if (line) resolve(JSON.parse(line))
    })
    child.once('exit', code => reject(new Error(`网站没有起来（退出码 ${code}）。`)))
  })
}

function rssOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kilobytes) / 1024)
}
