import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { isKeyInUse, lockStorageKeys } from '../queries.ts'

/**
 * Files that go by law, within the erasure that names them: name, fingerprint and the way to the bytes.
 * @returns the keys that no other file uses, whose bytes go once the transaction holds
 */
export async function eraseFiles(
  db: Database,
  erasureId: string,
  ids: readonly string[],
  at: Date,
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct storage_key as key from files where id = any(${ids}::uuid[]) and storage_key is not null`.execute(
    db,
  )
  const keys = rows.map(row => row.key)
  await lockStorageKeys(db, keys)
  await sql`select erase_files(${erasureId}, ${at})`.execute(db)
  const used = await Promise.all(keys.map(key => isKeyInUse(db, key)))
  return keys.filter((_, place) => !used[place])
}
