import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/**
 * Next index number of an organ, `USCC/YYYYMM-NNNNN` (R-CATG-04). The row is locked until the act commits, so two
 * officers never get the same; a number once given is not given again, also after a withdrawal (S-IDX-02).
 */
export async function allocateIndexNumber(db: Database, organId: string, month: string): Promise<string> {
  const { prefix, counter } = await counterOf(db, organId)
  for (;;) {
    const { last } = await db
      .insertInto('indexSerials')
      .values({ organId: counter, month, last: 1 })
      .onConflict(conflict =>
        conflict.columns(['organId', 'month']).doUpdateSet({ last: sql`index_serials.last + 1` }),
      )
      .returning('last')
      .executeTakeFirstOrThrow()
    const indexNo = `${prefix}/${month}-${String(last).padStart(5, '0')}`
    // An organ whose code was corrected may come upon numbers that another has given
    const given = await db
      .selectFrom('publications')
      .select('id')
      .where('indexNo', '=', indexNo)
      .executeTakeFirst()
    if (!given) return indexNo
  }
}

/** Organs of one code (an office and its government) share the count of the oldest of them. */
async function counterOf(db: Database, organId: string): Promise<{ prefix: string; counter: string }> {
  const { rows } = await sql<{ prefix: string; counter: string }>`
    select coalesce(o.uscc, o.key) as prefix,
      (select same.id from organ_names same where same.id = o.id or same.uscc = o.uscc order by same.id limit 1) as counter
    from organ_names o where o.id = ${organId}`.execute(db)
  if (!rows[0]) throw new Error(`no organ ${organId}`)
  return rows[0]
}
