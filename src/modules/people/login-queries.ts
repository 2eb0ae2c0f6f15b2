import { sql } from 'kysely'
import { uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import { firstLock, type LockOutKind, lockOut, longestLock } from './lock-out.ts'
import type { LoginRules, SecondFactorRule } from './login-rules.ts'

export async function getLoginRules(db: Database): Promise<LoginRules> {
  const row = await db
    .selectFrom('loginRules')
    .select(['secondFactor', 'idleMinutes', 'longestHours', 'passwordDays'])
    .executeTakeFirstOrThrow()
  return { ...row, secondFactor: row.secondFactor as SecondFactorRule }
}

export async function changeLoginRules(
  db: Database,
  rules: Partial<LoginRules>,
  by: string,
  at: Date,
): Promise<void> {
  await db
    .updateTable('loginRules')
    .set({ ...rules, changedBy: by, changedAt: at })
    .execute()
}

/** The digest that the installation knows; the first one offered becomes it. */
export async function knownKeyDigest(db: Database, offered: string): Promise<string> {
  const row = await db.selectFrom('loginRules').select('keyDigest').executeTakeFirstOrThrow()
  if (row.keyDigest !== null) return row.keyDigest
  await db.updateTable('loginRules').set({ keyDigest: offered }).where('keyDigest', 'is', null).execute()
  return knownKeyDigest(db, offered)
}

export async function changeKeyDigest(db: Database, digest: string): Promise<void> {
  await db.updateTable('loginRules').set({ keyDigest: digest }).execute()
}

/**
 * Takes one attempt, before the password is looked at: however many guesses come at the same moment, only as many are
 * looked at as may fail. Gives back the end of the lock when there is one, else null.
 */
export async function takeAttempt(
  db: Database,
  kind: LockOutKind,
  subject: string,
  now: Date,
): Promise<Date | null> {
  const { failures: limit, forgottenAfter } = lockOut[kind]
  const forgotten = new Date(now.getTime() - forgottenAfter * 60_000)
  const failures = sql`(case when f.locked_until is not null or f.last_failed_at < ${forgotten} then 0 else f.failures end + 1)`
  const locks = sql`(case when f.last_failed_at < ${forgotten} then 0 else f.locks end)`
  const minutes = sql`least(${longestLock}, ${firstLock} * power(2, least(${locks}, 20)))::integer`
  const taken = await sql`
    insert into login_failures as f (subject, failures, last_failed_at) values (${subject}, 1, ${now})
    on conflict (subject) do update set
      failures = ${failures},
      locks = ${locks} + case when ${failures} >= ${limit}::integer then 1 else 0 end,
      locked_until = case when ${failures} >= ${limit}::integer
        then ${now}::timestamptz + make_interval(mins => ${minutes}) end,
      last_failed_at = ${now}
    where f.locked_until is null or f.locked_until <= ${now}
    returning 1`.execute(db)
  return taken.rows.length > 0 ? null : findLock(db, subject)
}

async function findLock(db: Database, subject: string): Promise<Date | null> {
  const row = await db
    .selectFrom('loginFailures')
    .select('lockedUntil')
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.lockedUntil ?? null
}

/** Gives an attempt back that did not fail, with the lock that it would have set. */
export async function giveAttemptBack(db: Database, subject: string): Promise<void> {
  await sql`
    update login_failures set failures = greatest(0, failures - 1), locked_until = null,
      locks = case when locked_until is null then locks else greatest(0, locks - 1) end
    where subject = ${subject}`.execute(db)
}

export async function clearFailures(db: Database, subject: string): Promise<void> {
  await db.deleteFrom('loginFailures').where('subject', '=', subject).execute()
}

export async function findLockedUntil(db: Database, subject: string, now: Date): Promise<Date | null> {
  const until = await findLock(db, subject)
  return until && until > now ? until : null
}

export async function findPasswordHash(db: Database, staffId: string): Promise<string | null> {
  const row = await db
    .selectFrom('staffLogins')
    .select('password')
    .where('staffId', '=', staffId)
    .executeTakeFirst()
  return row?.password ?? null
}

export async function listFormerPasswords(db: Database, staffId: string, count: number): Promise<string[]> {
  const rows = await db
    .selectFrom('staffFormerPasswords')
    .select('password')
    .where('staffId', '=', staffId)
    .orderBy('setAt', 'desc')
    .limit(count)
    .execute()
  return rows.map(row => row.password)
}

/** Sets the password and remembers it among the last ones. */
export async function storePassword(
  db: Database,
  staffId: string,
  password: string,
  at: Date,
  remembered: number,
): Promise<void> {
  await db
    .insertInto('staffLogins')
    .values({ id: uuidv7(), staffId, accountId: staffId, password, createdAt: at, updatedAt: at })
    .onConflict(on => on.column('staffId').doUpdateSet({ password, updatedAt: at }))
    .execute()
  await db
    .insertInto('staffFormerPasswords')
    .values({ staffId, password, setAt: at })
    .onConflict(on => on.columns(['staffId', 'setAt']).doUpdateSet({ password }))
    .execute()
  await db
    .deleteFrom('staffFormerPasswords')
    .where('staffId', '=', staffId)
    .where('setAt', 'in', eb =>
      eb
        .selectFrom('staffFormerPasswords')
        .select('setAt')
        .where('staffId', '=', staffId)
        .orderBy('setAt', 'desc')
        .offset(remembered),
    )
    .execute()
}

/** False when this very code was the last one taken: it counts once (RFC 6238 §5.2). */
export async function takeCode(db: Database, staffId: string, digest: string): Promise<boolean> {
  const row = await db
    .updateTable('staffSecondFactors')
    .set({ lastCode: digest })
    .where('staffId', '=', staffId)
    .where('lastCode', 'is distinct from', digest)
    .executeTakeFirst()
  return Number(row.numUpdatedRows) === 1
}

export async function insertSecondFactor(
  db: Database,
  factor: { staffId: string; secret: string; backupCodes: string },
): Promise<void> {
  await db
    .insertInto('staffSecondFactors')
    .values({ id: uuidv7(), ...factor, verified: true })
    .execute()
}

export async function deleteSecondFactor(db: Database, staffId: string): Promise<void> {
  await db.deleteFrom('staffSecondFactors').where('staffId', '=', staffId).execute()
}

export async function clearCodeFailures(db: Database, staffId: string): Promise<void> {
  await db
    .updateTable('staffSecondFactors')
    .set({ failedVerificationCount: 0, lockedUntil: null })
    .where('staffId', '=', staffId)
    .execute()
}

/** Whose login a challenge belongs to. */
export async function findChallenged(db: Database, identifier: string): Promise<string | null> {
  const row = await db
    .selectFrom('staffLoginChallenges')
    .select('value')
    .where('identifier', '=', identifier)
    .executeTakeFirst()
  return row?.value ?? null
}

/** Everything that the lost login key had locked. */
export async function dropAllSecondFactors(db: Database): Promise<number> {
  const gone = await db.deleteFrom('staffSecondFactors').executeTakeFirst()
  await db
    .updateTable('staff')
    .set({ twoFactorEnabled: false })
    .where('twoFactorEnabled', '=', true)
    .execute()
  await db.deleteFrom('staffSessions').execute()
  await db.deleteFrom('staffLoginChallenges').execute()
  return Number(gone.numDeletedRows)
}
