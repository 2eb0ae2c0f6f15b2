import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { triesDigest } from './secrets.ts'

const spanStart = (now: Date, minutes: number): Date => {
  const span = minutes * 60_000
  return new Date(Math.floor(now.getTime() / span) * span)
}

/** Counts one more try; who tries is kept as a keyed digest only. @returns how many there are in this span of time. */
export async function noteTry(
  db: Database,
  now: Date,
  what: 'sent' | 'look-up',
  who: string,
  minutes: number,
): Promise<number> {
  const { rows } = await sql<{ tries: number }>`
    insert into request_tries as t (what, who, since, tries)
    values (${what}, ${await triesDigest(who)}, ${spanStart(now, minutes)}, 1)
    on conflict (what, who, since) do update set tries = t.tries + 1 returning tries`.execute(db)
  return rows[0]?.tries ?? 1
}

export async function countTries(
  db: Database,
  now: Date,
  what: 'sent' | 'look-up',
  who: string,
  minutes: number,
): Promise<number> {
  const row = await db
    .selectFrom('requestTries')
    .select('tries')
    .where('what', '=', what)
    .where('who', '=', await triesDigest(who))
    .where('since', '=', spanStart(now, minutes))
    .executeTakeFirst()
  return row?.tries ?? 0
}

export async function forgetTries(db: Database, before: Date): Promise<void> {
  await db.deleteFrom('requestTries').where('since', '<', before).execute()
}
