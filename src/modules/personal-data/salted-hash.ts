import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

export type HashOf = (kind: string, value: string) => string

/** By which the same value is known again in this house and nowhere else; the salt never leaves the database in an export. */
export async function hashWith(db: Database): Promise<HashOf> {
  const { rows } = await sql<{ salt: Buffer }>`select salt from personal_data_salt`.execute(db)
  const salt = rows[0]?.salt
  if (!salt) throw new Error('personal_data_salt is empty')
  return (kind, value) => createHmac('sha256', salt).update(`${kind} ${value}`).digest('hex').slice(0, 32)
}
