import { randomBytes } from 'node:crypto'
import {
  appendFile,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ServerProblem } from '../server-problem.ts'
import { findBinaries } from './binaries.ts'
import { exists, makeFolder, placeOutside } from './folders.ts'
import { mayEnter, type OsUser, userFor, userWithName } from './operating-system-user.ts'
import { run } from './run.ts'

export type Cluster = {
  /** The real folder, links followed. */
  folder: string
  /** Whom its programs run as; undefined: as ourselves. */
  user: OsUser | undefined
  binaries: string
  /** Major version. */
  version: number
  password: string
}

type Wishes = {
  dataDir: string
  durable: boolean
  binaries?: string | undefined
  say: (line: string) => void
}
type Making = Omit<Cluster, 'folder' | 'password'> & { place: string; durable: boolean }

// Kept inside the cluster, so that both appear and move together.
const IDENTITY = 'mingtang.json'

/** The cluster of a data folder, created if there is none. */
export async function getCluster({ dataDir, durable, binaries: given, say }: Wishes): Promise<Cluster> {
  const place = join(dataDir, 'postgres')
  const user = await userFor(place)
  const binaries = given ?? (await findBinaries(user, say))
  const version = await versionOf(binaries)
  if (!(await exists(place))) await create({ place, user, binaries, version, durable }, say)
  const folder = await follow(place)
  await checkVersion(folder, version)
  const { password } = await identify(folder, place)
  return { folder, user, binaries, version, password }
}

async function create(making: Making, say: (line: string) => void) {
  const { place, user } = making
  const dataDir = dirname(place)
  await makeFolder(dataDir, user ? 0o711 : 0o700)
  say('第一次启动，正在建立数据库…')
  const inside = await mayEnter(dataDir, user)
  const home = inside ? dataDir : await placeOutside()
  await clearHalfMade(home)
  const folder = inside ? place : join(home, `postgres-${randomBytes(5).toString('hex')}`)
  const half = await initialise(`${folder}.new-${process.pid}`, making)
  try {
    // Another process that starts at this moment may have been quicker: then its cluster is used.
    await rename(half, folder)
    if (inside) return
    await symlink(folder, place)
    say(`数据库放在 ${folder}（自带数据库的运行用户进不了 ${dataDir}；那里的 postgres 是指向它的链接）`)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    if (!(await exists(place))) throw error
    if (!inside) await rm(folder, { recursive: true, force: true })
  }
}

/** Made beside its final place and renamed when whole: a kill in between leaves nothing that looks like a cluster. */
async function initialise(folder: string, { place, user, binaries, version, durable }: Making) {
  const maker = user && userWithName()
  const password = randomBytes(24).toString('base64url')
  const passwordFile = `${folder}.password`
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (maker) for (const path of [folder, passwordFile]) await chown(path, maker.uid, maker.gid)
  const flags = [...initdbFlags(folder, passwordFile, version), ...(durable ? [] : ['--no-sync'])]
  const { code, output } = await run(join(binaries, 'initdb'), flags, maker)
  await rm(passwordFile, { force: true })
  if (code !== 0) {
    await rm(folder, { recursive: true, force: true })
    throw new ServerProblem(whyNoCluster(output))
  }
  await appendFile(join(folder, 'postgresql.conf'), "\ninclude 'mingtang.conf'\n")
  await writeFile(join(folder, IDENTITY), JSON.stringify({ password, place }), { mode: 0o600 })
  if (user) await handOver(folder, user)
  return folder
}

/** The order of text is the same on every system: code points, with Unicode's rules for upper and lower case. */
function initdbFlags(folder: string, passwordFile: string, version: number) {
  const locale =
    version >= 17
      ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C.UTF-8']
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  return [`--pgdata=${folder}`, '--encoding=UTF8', '--no-instructions', ...locale, ...access]
}

function whyNoCluster(output: string) {
  if (/could not look up effective user ID/.test(output))
    return '当前用户在本机没有用户名（/etc/passwd 里没有这一条），自带数据库无法建立。请换一个有名字的用户，或设置 DATABASE_URL。'
  if (/No space left/.test(output)) return '磁盘已满，无法建立数据库。'
  return `建立数据库失败：\n${output}`
}

async function handOver(folder: string, { uid, gid }: OsUser) {
  await chown(folder, uid, gid)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chown(join(entry.parentPath, entry.name), uid, gid)
}

/** What a process killed while creating has left; what a living one is at work on stays. */
async function clearHalfMade(home: string) {
  for (const name of await readdir(home)) {
    const pid = /^postgres[^.]*\.new-(\d+)/.exec(name)?.[1]
    if (pid && Number(pid) !== process.pid && !alive(Number(pid)))
      await rm(join(home, name), { recursive: true, force: true })
  }
}

export function alive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

async function follow(place: string) {
  return realpath(place).catch(() => {
    throw new ServerProblem(
      `${place} 是一个链接，它指向的数据库文件夹不见了。请恢复那个文件夹，或删除这个链接后从头开始。`,
    )
  })
}

async function versionOf(binaries: string) {
  const { output } = await run(join(binaries, 'postgres'), ['--version'], undefined)
  const major = /(\d+)/.exec(output)?.[1]
  if (!major) throw new ServerProblem(`${binaries} 里的 PostgreSQL 程序无法运行：${output}`)
  return Number(major)
}

async function checkVersion(folder: string, version: number) {
  const made = Number(await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(cannotRead))
  if (made !== version)
    throw new ServerProblem(
      `${folder} 由 PostgreSQL ${made} 建立，现在的程序是 ${version} 版，不能直接打开。请先按升级说明导出再导入。`,
    )
}

async function identify(folder: string, place: string) {
  const file = join(folder, IDENTITY)
  const identity = JSON.parse(await readFile(file, 'utf8').catch(cannotRead)) as {
    password: string
    place: string
  }
  if (identity.place !== place && (await lstat(place)).isSymbolicLink()) {
    // The data folder was moved, or copied together with the link: a copy must not work on the original's database.
    const original = await realpath(identity.place).catch(() => undefined)
    if (original === folder)
      throw new ServerProblem(
        `${place} 和 ${identity.place} 指向同一个数据库。复制数据目录时，请把 ${folder} 也复制一份（放到 ${dirname(place)}/${basename(place)}）。`,
      )
    await writeFile(file, JSON.stringify({ ...identity, place }))
  }
  return identity
}

function cannotRead(error: NodeJS.ErrnoException): never {
  if (error.code === 'EACCES')
    throw new ServerProblem('数据库是由另一个用户（例如 root）建立的，请仍以那个用户启动。')
  throw new ServerProblem(`数据库文件夹不完整：${error.message}`)
}
