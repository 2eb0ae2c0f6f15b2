import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'

export interface Registration {
  id: string
  publicationId: string
  governmentId: string
  year: number
  serial: number | null
  number: string
  renewsId: string | null
  registeredAt: Date
  registeredBy: string
}

const columns = [
  'id',
  'publicationId',
  'governmentId',
  'year',
  'serial',
  'number',
  'renewsId',
  'registeredAt',
  'registeredBy',
] as const

/** Registrations of a document, the newest first: the first one is the number that it has. */
export const registrationsOf = (db: Database, publicationId: string): Promise<Registration[]> =>
  db
    .selectFrom('normativeRegistrations')
    .select(columns)
    .where('publicationId', '=', publicationId)
    .orderBy('registeredAt', 'desc')
    .orderBy(sql`renews_id is null`)
    .orderBy('id', 'desc')
    .execute()

/** The next serial of a government's year; the row is held until the act commits, so that none is lost and none is given twice. */
export async function takeSerial(db: Database, governmentId: string, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into normative_serials (government_id, year, last) values (${governmentId}, ${year}, 1)
    on conflict (government_id, year) do update set last = normative_serials.last + 1 returning last`.execute(
    db,
  )
  return rows[0]?.last ?? 1
}

/** A number from before the register counts: the next one follows it. */
export async function noteSerial(
  db: Database,
  governmentId: string,
  year: number,
  serial: number,
): Promise<void> {
  await sql`insert into normative_serials (government_id, year, last) values (${governmentId}, ${year}, ${serial})
    on conflict (government_id, year) do update set last = greatest(normative_serials.last, ${serial})`.execute(
    db,
  )
}

export interface FilingRow {
  revision: number
  filedTo: string
  filedOn: PlainDate
  receiptNo: string
  note: string
  reason: string | null
  recordedBy: string
  recordedAt: Date
}

/** How its filing was recorded, the newest revision first. */
export const filingsOf = (db: Database, publicationId: string): Promise<FilingRow[]> =>
  db
    .selectFrom('normativeFilings')
    .select(['revision', 'filedTo', 'filedOn', 'receiptNo', 'note', 'reason', 'recordedBy', 'recordedAt'])
    .where('publicationId', '=', publicationId)
    .orderBy('revision', 'desc')
    .execute()

export interface Renewal {
  id: string
  validUntil: PlainDate
  decision: 'continue' | 'amend' | 'lapse'
  validUntilThen: PlainDate | null
  reason: string
  assessedOn: PlainDate
  decidedBy: string
  decidedAt: Date
}

/** What was decided about its terms, the newest first. */
export async function renewalsOf(db: Database, publicationId: string): Promise<Renewal[]> {
  const rows = await db
    .selectFrom('normativeRenewals')
    .select([
      'id',
      'validUntil',
      'decision',
      'validUntilThen',
      'reason',
      'assessedOn',
      'decidedBy',
      'decidedAt',
    ])
    .where('publicationId', '=', publicationId)
    .orderBy('decidedAt', 'desc')
    .execute()
  return rows as Renewal[]
}
