import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/** So many of the newest items are looked at: what is common now shows in them. */
const looked = 500

/** The keywords that most of the newer items carry. */
export async function commonKeywords(
  db: Database,
  now: Date,
  where: { siteId: string; kinds: readonly string[]; since: Date; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from (
      select trim(split.word) as word, newest.entry_no, newest.sort_at
      from (
        select entry_no, keywords, sort_at from search_entries
        where site_id = ${where.siteId} and kind = any(${[...where.kinds]}) and not archive and sort_at >= ${where.since}
          and public_from <= ${now} and (public_until is null or public_until > ${now})
        order by sort_at desc limit ${looked}) as newest
      cross join regexp_split_to_table(newest.keywords, '[,，、;；]') as split (word)) as words
    where char_length(word) between 2 and 10
    group by word order by count(distinct entry_no) desc, max(sort_at) desc, word limit ${where.limit}`.execute(
    db,
  )
  return rows.map(row => row.word)
}
