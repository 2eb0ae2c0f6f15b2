import { execFileSync } from 'node:child_process'
import { chown, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { alive, type Cluster } from './cluster.ts'
import { run } from './run.ts'
import { settings } from './settings.ts'

/** The port of the server that runs on this cluster, whoever started it; undefined if none does. */
export async function runningPort({ folder }: Cluster): Promise<number | undefined> {
  const file = join(folder, 'postmaster.pid')
  const [pid, , , port] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  if (!pid || !port) return undefined
  if (await isServerOf(Number(pid), folder)) return Number(port)
  // After kill -9 (often in a container, where ids start again from 1) the number may belong to some other program, and
  // PostgreSQL would refuse to start for ever. Its shared memory still guards the data if backends are left.
  await rm(file, { force: true })
  return undefined
}

async function isServerOf(pid: number, folder: string) {
  if (!alive(pid)) return false
  // A server's working directory is its cluster; a link we may not read is of another user's program.
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder
  if (process.platform === 'win32') return true
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(
      'postgres',
    )
  } catch {
    return false
  }
}

/**
 * Starts the server, as a daemon of its own: Ctrl-C in a terminal reaches the whole group of processes, and the server must
 * outlive the site's last requests. Its address is a loopback port with a random password, not a socket file, because that
 * works on every system and file system. The port of the last time is taken again if it is free.
 */
export async function startPostmaster(cluster: Cluster, durable: boolean, wantedPort?: number) {
  const { folder, user } = cluster
  const portFile = join(folder, 'mingtang.port')
  const port = await freePort(wantedPort ?? Number(await readFile(portFile, 'utf8').catch(() => 0)))
  for (const [file, text] of [
    [portFile, String(port)],
    [join(folder, 'mingtang.conf'), settings(durable)],
  ] as const) {
    await writeFile(file, text, { mode: 0o600 })
    if (user) await chown(file, user.uid, user.gid)
  }
  const log = logOf(cluster)
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size > 10_000_000) await rename(log, `${log}.1`)
  const { code } = await pgCtl(
    cluster,
    'start',
    '--wait',
    '--timeout=30',
    `--log=${log}`,
    `--options=-p ${port}`,
  )
  return code === 0
}

export async function stopPostmaster(cluster: Cluster, mode: 'fast' | 'immediate') {
  await pgCtl(cluster, 'stop', '--wait', '--timeout=60', `--mode=${mode}`)
}

function pgCtl(cluster: Cluster, ...args: string[]) {
  return run(join(cluster.binaries, 'pg_ctl'), [...args, `--pgdata=${cluster.folder}`], cluster.user)
}

export async function tailOfLog(cluster: Cluster) {
  const text = await readFile(logOf(cluster), 'utf8').catch(() => '（没有日志）')
  return text.trim().split('\n').slice(-8).join('\n')
}

function logOf({ folder }: Cluster) {
  return join(folder, 'server.log')
}

function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', error => (preferred ? resolve(freePort(0)) : reject(error)))
    probe.listen(preferred, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
