import { sql } from 'kysely'
import { setValidityDates, type ValidityDates } from '#modules/search'
import type { Database } from '#platform/db/database'
import { isPublic } from './visibility.ts'

/** The first days from which public effects repeal, amend or partly repeal publications, one row for each. */
async function validityDatesOf(
  db: Database,
  now: Date,
  publicationIds: readonly string[],
): Promise<ValidityDates[]> {
  const { rows } = await sql<ValidityDates>`
    select p.id as publication_id,
      min(f.effective_from) filter (where f.type = 'repeals') as repealed_from,
      min(f.effective_from) filter (where f.type = 'amends') as amended_from,
      min(f.effective_from) filter (where f.type = 'partly-repeals') as partly_from
    from unnest(${[...publicationIds]}::uuid[]) as p (id)
    left join works w on w.publication_id = p.id
    left join (effects f join editions by_e on by_e.id = f.edition_id and ${isPublic(now, 'by_e')}) on f.work_id = w.id
    group by p.id`.execute(db)
  return rows
}

/**
 * Brings the copies in the search table in step with the effects: after the effects of `publicationIds` have become public or
 * stopped being so. It concerns whatever any of their editions speaks of, and themselves, who may have arrived after others spoke of them.
 */
export async function refreshValidityDates(
  db: Database,
  now: Date,
  publicationIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select unnest(${[...publicationIds]}::uuid[]) as id
    union
    select w.publication_id from editions e join effects f on f.edition_id = e.id join works w on w.id = f.work_id
    where e.publication_id = any(${[...publicationIds]}::uuid[]) and w.publication_id is not null`.execute(db)
  const concerned = rows.map(row => row.id)
  await setValidityDates(db, await validityDatesOf(db, now, concerned))
}
