import type { Selectable } from 'kysely'
import type { Database } from '#platform/db/database'
import type { StaffSessions } from '#platform/db/tables'

export type EndedWhy = 'logout' | 'revoked' | 'password' | 'state'
export type SessionRow = Pick<Selectable<StaffSessions>, (typeof columns)[number]>
const columns = ['id', 'staffId', 'startedAt', 'lastSeenAt', 'endedAt', 'ipAddress', 'userAgent'] as const

/** Puts our own times and the address on a session that the library has just made. */
export async function stampSession(
  db: Database,
  token: string,
  stamp: { at: Date; ip: string; userAgent: string },
): Promise<void> {
  await db
    .updateTable('staffSessions')
    .set({
      startedAt: stamp.at,
      lastSeenAt: stamp.at,
      ipAddress: stamp.ip.slice(0, 45),
      userAgent: stamp.userAgent.slice(0, 300),
    })
    .where('token', '=', token)
    .execute()
}

/** At most one write a minute, however often the person clicks. */
export async function touchSession(db: Database, id: string, at: Date): Promise<void> {
  await db
    .updateTable('staffSessions')
    .set({ lastSeenAt: at })
    .where('id', '=', id)
    .where('lastSeenAt', '<', new Date(at.getTime() - 60_000))
    .execute()
}

/** Sessions that could still be live, the newest first; who asks leaves out those that ran out. */
export async function listOpenSessions(db: Database, staffId: string): Promise<SessionRow[]> {
  return db
    .selectFrom('staffSessions')
    .select(columns)
    .where('staffId', '=', staffId)
    .where('endedAt', 'is', null)
    .orderBy('lastSeenAt', 'desc')
    .limit(100)
    .execute()
}

/** Ends sessions of a person: one, or all but one. */
export async function endSessions(
  db: Database,
  staffId: string,
  why: EndedWhy,
  at: Date,
  which: { only?: string; except?: string | undefined } = {},
): Promise<number> {
  let query = db
    .updateTable('staffSessions')
    .set({ endedAt: at, endedWhy: why })
    .where('staffId', '=', staffId)
    .where('endedAt', 'is', null)
  if (which.only) query = query.where('id', '=', which.only)
  if (which.except) query = query.where('id', '<>', which.except)
  return Number((await query.executeTakeFirst()).numUpdatedRows)
}

export async function endSessionByToken(db: Database, token: string, why: EndedWhy, at: Date): Promise<void> {
  await db
    .updateTable('staffSessions')
    .set({ endedAt: at, endedWhy: why })
    .where('token', '=', token)
    .where('endedAt', 'is', null)
    .execute()
}

/** Sessions nobody can use any more, challenges nobody can answer, failures nobody counts. */
export async function purgeLogins(db: Database, now: Date): Promise<{ sessions: number }> {
  const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  const gone = await db.deleteFrom('staffSessions').where('lastSeenAt', '<', before(48)).executeTakeFirst()
  await db.deleteFrom('staffLoginChallenges').where('expiresAt', '<', now).execute()
  await db.deleteFrom('loginFailures').where('lastFailedAt', '<', before(48)).execute()
  return { sessions: Number(gone.numDeletedRows) }
}

export async function keepFormRow(
  db: Database,
  row: { tokenHash: string; staffId: string; path: string; form: string; madeAt: Date },
): Promise<void> {
  await db.insertInto('keptForms').values(row).execute()
}

/** A person's newest forms only: nobody can fill the disk with a cookie that ran out. */
export async function dropOldKeptForms(db: Database, staffId: string, keep: number): Promise<void> {
  await db
    .deleteFrom('keptForms')
    .where('tokenHash', 'in', eb =>
      eb
        .selectFrom('keptForms')
        .select('tokenHash')
        .where('staffId', '=', staffId)
        .orderBy('madeAt', 'desc')
        .offset(keep),
    )
    .execute()
}

export async function takeKeptFormRow(db: Database, staffId: string, tokenHash: string, since: Date) {
  return db
    .deleteFrom('keptForms')
    .where('tokenHash', '=', tokenHash)
    .where('staffId', '=', staffId)
    .where('madeAt', '>', since)
    .returning(['path', 'form'])
    .executeTakeFirst()
}

export async function findKeptPath(
  db: Database,
  staffId: string,
  tokenHash: string,
  since: Date,
): Promise<string | null> {
  const row = await db
    .selectFrom('keptForms')
    .select('path')
    .where('tokenHash', '=', tokenHash)
    .where('staffId', '=', staffId)
    .where('madeAt', '>', since)
    .executeTakeFirst()
  return row?.path ?? null
}

export async function purgeKeptForms(db: Database, before: Date): Promise<number> {
  const gone = await db.deleteFrom('keptForms').where('madeAt', '<=', before).executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** The session of this very browser; the desk server has checked the cookie's signature already. */
export async function findSessionId(db: Database, cookie: string | undefined): Promise<string | undefined> {
  if (!cookie) return undefined
  const token = cookie.slice(0, cookie.lastIndexOf('.'))
  const row = await db.selectFrom('staffSessions').select('id').where('token', '=', token).executeTakeFirst()
  return row?.id
}
