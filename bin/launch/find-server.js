import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const OLDEST = 15

/** A PostgreSQL server for the second run of the database tests: the one given, or programs on this machine to start one. */
export function findServer() {
  const url = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL
  if (url) return { name: '给出的 PostgreSQL 服务器', env: { TEST_DATABASE_URL: url } }
  const [best] = folders()
    .map(folder => ({ folder, version: versionOf(folder) }))
    .filter(({ version }) => version >= OLDEST)
    .sort((a, b) => b.version - a.version)
  return (
    best && {
      name: `本机的 PostgreSQL ${best.version}（临时实例）`,
      env: { TEST_DATABASE_BINARIES: best.folder },
    }
  )
}

/** Debian and Red Hat keep the server's programs off the path. */
function folders() {
  const debian = under('/usr/lib/postgresql').map(folder => join(folder, 'bin'))
  const redHat = under('/usr')
    .filter(folder => /\/pgsql-\d+$/.test(folder))
    .map(folder => join(folder, 'bin'))
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const asked = ask('pg_config', ['--bindir'])
  const all = [...debian, ...redHat, ...onPath, ...(asked ? [asked] : [])]
  return [...new Set(all)].filter(folder =>
    ['initdb', 'pg_ctl', 'postgres'].every(name => existsSync(join(folder, name))),
  )
}

function under(folder) {
  return existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []
}

function versionOf(folder) {
  return Number(/(\d+)/.exec(ask(join(folder, 'postgres'), ['--version']) ?? '')?.[1] ?? 0)
}

function ask(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
