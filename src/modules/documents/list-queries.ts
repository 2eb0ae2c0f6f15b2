import { type RawBuilder, sql } from 'kysely'
import type { PageOf } from '#lib/paging'
import type { Staff } from '#platform/actor'
import type { Database } from '#platform/db/database'
import { turnOf } from './acts.ts'
import { type Document, type DocumentState, stateNames } from './document.ts'
import { partiesOf, reachOf } from './policy.ts'

export interface DocumentFilter {
  words?: string | undefined
  state?: string | undefined
  organ?: string | undefined
  kind?: string | undefined
  /** Only what waits for this person. */
  mine?: boolean
}

export interface DocumentLine extends Document {
  organName: string
}

/** Of the organs in which this person has anything to do with documents, and what they issue together with others. */
function matching(actor: Staff, filter: DocumentFilter): RawBuilder<boolean> {
  const reach = reachOf(actor)
  const parts = [
    sql<boolean>`(d.organ_id = any(${reach}::uuid[]) or exists (select from document_co_organs c
      where c.document_id = d.id and c.organ_id = any(${reach}::uuid[])))`,
  ]
  if (filter.words)
    parts.push(
      sql`(position(${filter.words} in d.title) > 0 or position(${filter.words} in coalesce(d.doc_no, '')) > 0)`,
    )
  if (filter.state && stateNames.includes(filter.state as DocumentState))
    parts.push(sql`d.state = ${filter.state}`)
  if (filter.organ) parts.push(sql`d.organ_id::text = ${filter.organ}`)
  if (filter.kind) parts.push(sql`d.kind = ${filter.kind}`)
  if (filter.mine) parts.push(waitingFor(actor, reach))
  return sql.join(parts, sql` and `)
}

/** By the table: state and organ in which one of the person's parties has its turn. */
function waitingFor(actor: Staff, reach: readonly string[]): RawBuilder<boolean> {
  const turns = reach.flatMap(organId => {
    const own = partiesOf(actor, { organId, coOrganIds: [] })
    const states = stateNames.filter(state => (turnOf[state] ?? []).some(party => own.includes(party)))
    const joint = partiesOf(actor, { organId, coOrganIds: [organId] }).includes('co-signer')
    return [
      ...(states.length > 0 ? [sql`(d.organ_id = ${organId} and d.state = any(${states}::text[]))`] : []),
      ...(joint
        ? [
            sql`(d.state = 'signature' and exists (select from document_co_organs c
              where c.document_id = d.id and c.organ_id = ${organId} and c.co_signed_at is null))`,
          ]
        : []),
    ]
  })
  return turns.length > 0 ? sql`(${sql.join(turns, sql` or `)})` : sql`false`
}

export async function listDocuments(
  db: Database,
  actor: Staff,
  filter: DocumentFilter,
  page: number,
  pageSize = 30,
): Promise<PageOf<DocumentLine>> {
  const where = matching(actor, filter)
  const { rows } = await sql<DocumentLine>`
    select d.*, o.short_name as organ_name from documents d join organ_names o on o.id = d.organ_id where ${where}
    order by d.changed_at desc, d.id desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const counted = await sql<{
    total: number
  }>`select count(*)::int as total from documents d where ${where}`.execute(db)
  return { rows, page, pageSize, total: counted.rows[0]?.total ?? 0 }
}

export async function countMine(db: Database, actor: Staff): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from documents d where ${matching(actor, { mine: true })}`.execute(db)
  return rows[0]?.total ?? 0
}

/** In batches, for a file. */
export async function* eachDocument(db: Database, actor: Staff, filter: DocumentFilter) {
  for (let page = 1; ; page++) {
    const { rows } = await listDocuments(db, actor, filter, page, 500)
    if (rows.length > 0) yield rows
    if (rows.length < 500) return
  }
}

export interface Family {
  id: string
  organId: string
  code: string
  about: string
  retiredAt: Date | null
}

export async function listFamilies(db: Database, organIds: readonly string[]): Promise<Family[]> {
  if (organIds.length === 0) return []
  return db
    .selectFrom('letterCodes')
    .select(['id', 'organId', 'code', 'about', 'retiredAt'])
    .where('organId', 'in', [...organIds])
    .orderBy('code')
    .execute()
}

export interface Gap {
  letterCodeId: string
  code: string
  year: number
  serial: number
}

/** Numbers below the last one that nothing has and nobody has explained (R-LET-02). */
export async function listGaps(db: Database, organIds: readonly string[]): Promise<Gap[]> {
  const { rows } = await sql<Gap>`
    select s.letter_code_id, c.code, s.year, n.serial from letter_serials s join letter_codes c on c.id = s.letter_code_id,
      lateral generate_series(1, s.last) as n(serial)
    where c.organ_id = any(${[...organIds]}::uuid[]) and not exists (select from letter_numbers g
      where g.letter_code_id = s.letter_code_id and g.year = s.year and g.serial = n.serial)
    order by c.code, s.year desc, n.serial limit 200`.execute(db)
  return rows
}
