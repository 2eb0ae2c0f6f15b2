import type { Insertable } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import type { DB } from '#platform/db/tables'
import type { BambooSlip } from './bamboo-slip.ts'

/** @returns false when the same form had been taken before. */
export async function insertBambooSlip(db: Database, row: Insertable<DB['bambooSlips']>): Promise<boolean> {
  const made = await db
    .insertInto('bambooSlips')
    .values(row)
    .onConflict(conflict => conflict.column('formKey').doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/** Of these organs, the newest first; `openOn`: only what is open on that day. */
export async function listBambooSlips(
  db: Database,
  filter: { organIds: readonly string[]; openOn?: PlainDate },
  { page, pageSize }: { page: number; pageSize: number },
): Promise<PageOf<BambooSlip>> {
  const { organIds, openOn } = filter
  let query = db.selectFrom('bambooSlips').where('organId', 'in', organIds)
  if (openOn !== undefined)
    query = query
      .where('opensOn', '<=', openOn)
      .where(where => where.or([where('closesOn', 'is', null), where('closesOn', '>=', openOn)]))
  const [rows, { total }] = await Promise.all([
    query
      .select(['id', 'organId', 'title', 'opensOn', 'closesOn'])
      .orderBy('opensOn', 'desc')
      .orderBy('id', 'desc')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    query.select(of => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { rows, page, pageSize, total }
}
