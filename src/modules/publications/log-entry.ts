import { sql } from 'kysely'
import { canonical } from '#lib/canonical-json'
import { toBase64, utf8 } from '#lib/tlog/bytes'
import type { Hash } from '#lib/tlog/merkle'
import type { Database } from '#platform/db/database'

/** A publishing act as the log tells it: ids and hashes, no names, no reasons, no text. */
export interface LoggedAct {
  id: string
  act: string
  site: string
  kind: string
  publicId: string
  editionId: string | null
  edition: number | null
  textWithheld: boolean | null
  actedAt: Date
  publicAt: Date
}

/** These acts in the order in which they are given. */
export async function readActs(db: Database, actIds: readonly string[]): Promise<LoggedAct[]> {
  const { rows } = await sql<LoggedAct>`
    select a.id, a.act, s.key as site, p.kind, p.public_id, a.edition_id, e.number as edition, e.text_withheld, a.acted_at, a.public_at
    from unnest(${actIds}::uuid[]) with ordinality as asked(id, place) join publishing_acts a on a.id = asked.id
    join publications p on p.id = a.publication_id join site_names s on s.id = p.site_id
    left join editions e on e.id = a.edition_id order by asked.place`.execute(db)
  return rows
}

/** The entry of an act: canonical JSON. `root` stands for all that the edition says; absent where no text came along. */
export const entryOf = (act: LoggedAct, root: Hash | undefined): Uint8Array =>
  utf8(
    canonical({
      v: 1,
      log: 'publication',
      act: act.act,
      site: act.site,
      kind: act.kind,
      id: act.publicId,
      edition: act.edition,
      at: act.actedAt,
      publicAt: act.publicAt,
      root: root && toBase64(root),
    }),
  )

export const subjectOf = (publicId: string): string => `publication ${publicId}`
