import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/**
 * Next index number of an organ, `USCC/YYYYMM-NNNNN` (R-CATG-04). The row is locked until the act commits, so two
 * officers never get the same; a number once given is not given again, also after a withdrawal (S-IDX-02).
 */
export async function allocateIndexNumber(db: Database, organId: string, month: string): Promise<string> {
  const { last } = await db
    .insertInto('indexSerials')
    .values({ organId, month, last: 1 })
    .onConflict(conflict =>
      conflict.columns(['organId', 'month']).doUpdateSet({ last: sql`index_serials.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  const organ = await db
    .selectFrom('organNames')
    .select(['uscc', 'key'])
    .where('id', '=', organId)
    .executeTakeFirstOrThrow()
  return `${organ.uscc ?? organ.key}/${month}-${String(last).padStart(5, '0')}`
}
