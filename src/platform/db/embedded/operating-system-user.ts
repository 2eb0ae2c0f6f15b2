import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ServerProblem } from '../server-problem.ts'

export type OsUser = { uid: number; gid: number }

// PostgreSQL refuses to run as root, so root hands it to a user id of its own. The server itself needs no entry in
// /etc/passwd, so none is made: the machine stays as it is, with or without a user "postgres". The id lies between the
// ranges that useradd (to 60000) and systemd (60001-60705, from 61184) hand out.
const SERVER_USER: OsUser = { uid: 61_000, gid: 61_000 }

/** Whom to start the server as; undefined: as ourselves. An existing cluster keeps its owner. */
export async function userFor(cluster: string): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(cluster).catch(() => undefined)
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : SERVER_USER
}

/** `initdb`, unlike the server, looks its own user up by name: it borrows one, the files are handed over afterwards. */
export function userWithName(): OsUser {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(user => user.name && user.uid > 0 && user.gid > 0)
  const user = users.find(user => user.name === 'nobody') ?? users[0]
  if (!user)
    throw new ServerProblem(
      '本机 /etc/passwd 里除 root 外没有别的用户，无法建立自带数据库。请用普通用户启动，或设置 DATABASE_URL。',
    )
  return { uid: user.uid, gid: user.gid }
}

/** Whether this user may walk down to the folder (by the mode bits of every folder on the way). */
export async function mayEnter(folder: string, user: OsUser | undefined): Promise<boolean> {
  if (!user) return true
  for (let here = folder; ; here = dirname(here)) {
    const { mode, uid, gid } = await stat(here)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (here === dirname(here)) return true
  }
}
