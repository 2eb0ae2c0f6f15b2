import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/** What else an organ is called in documents, and who learned it where. */
export interface OrganAlias {
  id: string
  organId: string
  alias: string
  learnedFrom: string
  addedBy: string
  addedAt: Date
  removedAt: Date | null
  removedBy: string | null
  removedReason: string | null
}

/** In use first; those that were taken back after them. */
export const listAliases = (db: Database, organId: string): Promise<OrganAlias[]> =>
  db
    .selectFrom('organAliases')
    .selectAll()
    .where('organId', '=', organId)
    .orderBy('removedAt', order => order.desc().nullsFirst())
    .orderBy('alias')
    .limit(200)
    .execute()

export async function findAlias(db: Database, id: string): Promise<OrganAlias | null> {
  const row = await db
    .selectFrom('organAliases')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** @returns false when the organ has this alias already. */
export async function insertAlias(
  db: Database,
  alias: Omit<OrganAlias, 'removedAt' | 'removedBy' | 'removedReason'> & { addedById: string | null },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('organAliases')
    .values(alias)
    .onConflict(conflict => conflict.columns(['organId', 'alias']).where('removedAt', 'is', null).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function endAlias(
  db: Database,
  id: string,
  removed: { removedAt: Date; removedBy: string; removedReason: string },
): Promise<void> {
  await db.updateTable('organAliases').set(removed).where('id', '=', id).execute()
}

/** Names that organs had before and aliases in use: what documents may call them beside their name. */
export async function listOtherNames(
  db: Database,
): Promise<{ organId: string; name: string; how: 'former' | 'alias' }[]> {
  const { rows } = await sql<{ organId: string; name: string; how: 'former' | 'alias' }>`
    select organ_id, former_name as name, 'former' as how from restructurings where kind = 'renamed'
    union all
    select organ_id, alias, 'alias' from organ_aliases where removed_at is null`.execute(db)
  return rows
}
