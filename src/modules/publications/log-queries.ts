import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { addressOf } from './kind.ts'
import type { PublishingAct } from './publishing-acts.ts'
import { isPublic } from './visibility.ts'

/** An entry of the log as readers see it: what it is about only while that is public. */
export interface LoggedLine {
  index: number
  at: Date
  item: { act: PublishingAct; title: string; number: number | null; address: string } | null
}

/** Entries below a place, the newest first. */
export async function listLogged(
  db: Database,
  now: Date,
  below: number,
  many: number,
): Promise<LoggedLine[]> {
  const { rows } = await sql<{
    index: number
    at: Date
    act: PublishingAct
    number: number | null
    kind: string
    publicId: string
    base: string
    title: string | null
  }>`
    select l.entry as index, a.acted_at as at, a.act, e.number, p.kind, p.public_id,
      case when s.is_default then '' else '/s/' || s.key end as base, case when a.public_at <= ${now} then shown.title end as title
    from logged_acts l join publishing_acts a on a.id = l.act_id join publications p on p.id = a.publication_id
    join site_names s on s.id = p.site_id left join editions e on e.id = a.edition_id
    left join lateral (select o.title from editions o where o.publication_id = p.id and ${isPublic(now, 'o')} limit 1) shown on true
    where l.entry < ${below} order by l.entry desc limit ${many}`.execute(db)
  return rows.map(({ index, at, act, number, base, title, ...item }) => ({
    index,
    at,
    item: title === null ? null : { act, title, number, address: base + addressOf(item) },
  }))
}
