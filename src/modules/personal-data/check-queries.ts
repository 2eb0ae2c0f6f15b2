import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { Subject, Trace } from './subject.ts'

export interface CheckRow {
  editionId: string
  publicationId: string
  siteId: string
  organId: string
  title: string
  deskAddress: string
  standing: 'draft' | 'public' | 'past'
  revision: number
  publicSince: Date | null
  checkedAt: Date
  readWith: string
  waiting: number
}

/** A finding with the newest decision about it, where there is one. */
export interface FindingRow extends Trace {
  number: number
  decision: string | null
  reason: string | null
  decidedBy: string | null
  decidedAt: Date | null
}

export async function saveCheck(
  db: Database,
  subject: Subject,
  known: { checkedAt: Date; readWith: string; waiting: number },
  traces: readonly Trace[],
): Promise<void> {
  const { editionId, publicationId, siteId, organId, title, deskAddress, standing, revision, publicSince } =
    subject
  const row = {
    publicationId,
    siteId,
    organId,
    title,
    deskAddress,
    standing,
    revision,
    publicSince,
    ...known,
  }
  await db
    .insertInto('personalDataChecks')
    .values({ editionId, ...row })
    .onConflict(conflict => conflict.column('editionId').doUpdateSet(row))
    .execute()
  await db.deleteFrom('personalDataFindings').where('editionId', '=', editionId).execute()
  await insertMany(
    db,
    'personalDataFindings',
    traces.map((trace, at) => ({ editionId, number: at + 1, ...trace })),
  )
}

export async function findCheck(db: Database, editionId: string): Promise<CheckRow | null> {
  const { rows } =
    await sql<CheckRow>`select * from personal_data_checks where edition_id = ${editionId}`.execute(db)
  return rows[0] ?? null
}

/** Every finding of an edition. A decision counts for the same value at the same kind of place of the publication. */
export async function findingsOf(db: Database, editionId: string): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`
    select f.number, f.kind, f.certainty, f.place, f.place_kind, f.masked, f.value_hash, f.note, f.file_id,
      d.decision, d.reason, d.decided_by, d.decided_at
    from personal_data_findings f join personal_data_checks c on c.edition_id = f.edition_id
    left join lateral (select * from personal_data_decisions d where d.publication_id = c.publication_id
      and d.value_hash = f.value_hash and d.place_kind = f.place_kind and d.kind = f.kind
      order by d.decided_at desc, d.id desc limit 1) d on true
    where f.edition_id = ${editionId} order by f.number`.execute(db)
  return rows
}

/** Whether it still keeps the edition back: “masked” promises that the value is gone, so a value that is there is undecided. */
export const isUndecided = (finding: Pick<FindingRow, 'decision' | 'certainty'>): boolean =>
  finding.certainty !== 'warn' && (finding.decision === null || finding.decision === 'masked')
