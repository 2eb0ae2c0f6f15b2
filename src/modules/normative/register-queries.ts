import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import { isPublic, type Validity } from '#modules/publications'
import type { Database } from '#platform/db/database'

/** A public normative document as its register shows it. */
export interface RegisterRow {
  publicationId: string
  publicId: string
  siteId: string
  organId: string
  organKey: string
  organName: string
  title: string
  docNo: string | null
  number: string | null
  registeredAt: Date | null
  signedOn: PlainDate | null
  effectiveFrom: PlainDate | null
  validUntil: PlainDate | null
  validity: Validity
  archive: boolean
  firstPublicAt: Date
  filedOn: PlainDate | null
  filedTo: string | null
  receiptNo: string | null
}

export const filingStates = { filed: '已备案', open: '待备案', before: '系统建立前公布' } as const
export type FilingState = keyof typeof filingStates

/** How filing stands: what was published before there was this register owes none here. */
export const filingOf = (row: Pick<RegisterRow, 'filedOn' | 'archive'>): FilingState =>
  row.filedOn ? 'filed' : row.archive ? 'before' : 'open'

export interface RegisterFilter {
  siteId?: string | undefined
  organIds?: readonly string[] | undefined
  organKey?: string | undefined
  validity?: Validity | undefined
  /** In force in whatever way: also amended, partly lapsed, not yet. */
  inForce?: boolean | undefined
  /** Expires within so many days from the day. */
  expiresBy?: PlainDate | undefined
  filing?: FilingState | undefined
  registered?: boolean | undefined
  /** Year of the number, or of the signature where there is none. */
  year?: number | undefined
  /** Year in which it was first public here. */
  publishedIn?: number | undefined
  signedFrom?: PlainDate | undefined
  signedTo?: PlainDate | undefined
  /** Part of a title or a number. */
  words?: string | undefined
  ids?: readonly string[] | undefined
}

/** What a document is worth on the day; the same order as on its own page (validity.ts of publications). */
const worth = (day: PlainDate) => sql<Validity>`case
  when x.repealed_from <= ${day} then 'repealed'
  when d.valid_until < ${day} then 'expired'
  when coalesce(d.effective_from, d.signed_on) > ${day} then 'not-yet'
  when x.partly_from <= ${day} then 'partly-lapsed'
  when x.amended_from <= ${day} then 'amended'
  else 'in-force' end`

const from = (now: Date) => sql`
  from document_editions d join organ_names o on o.id = d.organ_id
  left join lateral (
    select min(f.effective_from) filter (where f.type = 'repeals') as repealed_from,
      min(f.effective_from) filter (where f.type = 'amends') as amended_from,
      min(f.effective_from) filter (where f.type = 'partly-repeals') as partly_from
    from document_effects f where f.publication_id = d.publication_id and ${isPublic(now, 'f')}) x on true
  left join lateral (
    select r.number, r.year, r.registered_at from normative_registrations r where r.publication_id = d.publication_id
    order by r.registered_at desc, r.renews_id is null, r.id desc limit 1) n on true
  left join lateral (
    select f.filed_on, f.filed_to, f.receipt_no from normative_filings f where f.publication_id = d.publication_id
    order by f.revision desc limit 1) b on true`

const escaped = (words: string) => `%${words.replace(/[\\%_]/g, '\\$&')}%`

function conditions(now: Date, day: PlainDate, filter: RegisterFilter): RawBuilder<SqlBool> {
  const all: RawBuilder<SqlBool>[] = [sql`d.kind = 'normative-document'`, isPublic(now, 'd')]
  if (filter.siteId) all.push(sql`d.site_id = ${filter.siteId}`)
  if (filter.organIds) all.push(sql`d.organ_id = any(${[...filter.organIds]}::uuid[])`)
  if (filter.organKey) all.push(sql`o.key = ${filter.organKey}`)
  if (filter.ids) all.push(sql`d.publication_id = any(${[...filter.ids]}::uuid[])`)
  if (filter.validity) all.push(sql`${worth(day)} = ${filter.validity}`)
  if (filter.inForce) all.push(sql`${worth(day)} not in ('repealed', 'expired')`)
  if (filter.expiresBy) all.push(sql`d.valid_until between ${day} and ${filter.expiresBy}`)
  if (filter.filing === 'filed') all.push(sql`b.filed_on is not null`)
  if (filter.filing === 'open') all.push(sql`b.filed_on is null and not d.archive`)
  if (filter.filing === 'before') all.push(sql`b.filed_on is null and d.archive`)
  if (filter.registered !== undefined)
    all.push(
      filter.registered
        ? sql`coalesce(n.number, d.unified_no) is not null`
        : sql`coalesce(n.number, d.unified_no) is null`,
    )
  if (filter.year) all.push(sql`coalesce(n.year, extract(year from d.signed_on)) = ${filter.year}`)
  if (filter.publishedIn)
    all.push(
      sql`extract(year from d.first_public_at at time zone 'Asia/Shanghai') = ${filter.publishedIn} and not d.archive`,
    )
  if (filter.signedFrom) all.push(sql`d.signed_on >= ${filter.signedFrom}`)
  if (filter.signedTo) all.push(sql`d.signed_on <= ${filter.signedTo}`)
  if (filter.words) {
    const like = escaped(filter.words)
    all.push(
      sql`(d.title ilike ${like} or d.doc_no ilike ${like} or n.number ilike ${like} or d.unified_no ilike ${like})`,
    )
  }
  return sql.join(all, sql` and `)
}

const columns = (day: PlainDate) => sql`
  d.publication_id, d.public_id, d.site_id, d.organ_id, o.key as organ_key, o.short_name as organ_name, d.title, d.doc_no,
  coalesce(n.number, d.unified_no) as number, n.registered_at, d.signed_on, d.effective_from, d.valid_until, ${worth(day)} as validity,
  d.archive, d.first_public_at, b.filed_on, b.filed_to, b.receipt_no`

/** The newest numbers first; what has none by the day of its signature. */
const order = sql`coalesce(n.year, extract(year from d.signed_on)) desc nulls last, n.number desc nulls last, d.signed_on desc nulls last, d.publication_id`

export interface RegisterPage extends PageOf<RegisterRow> {
  /** How many of the filter are worth what. */
  validities: { value: Validity; count: number }[]
}

export async function listRegister(
  db: Database,
  now: Date,
  day: PlainDate,
  filter: RegisterFilter,
  paging: { page: number; pageSize: number },
): Promise<RegisterPage> {
  const { page, pageSize } = paging
  const { validity: _, ...others } = filter
  const [rows, counted] = await Promise.all([
    rowsOf(db, now, day, filter, pageSize, (page - 1) * pageSize),
    sql<{ value: Validity; count: number }>`
      select ${worth(day)} as value, count(*)::int as count ${from(now)} where ${conditions(now, day, others)} group by 1`.execute(
      db,
    ),
  ])
  const validities = counted.rows
  const total = validities
    .filter(one => !filter.validity || one.value === filter.validity)
    .reduce((sum, one) => sum + one.count, 0)
  return { rows, total, ...paging, validities }
}

const mostAtOnce = 10_000

/** All of them, for a file or a round; a government has thousands at most. */
export const wholeRegister = (
  db: Database,
  now: Date,
  day: PlainDate,
  filter: RegisterFilter,
): Promise<RegisterRow[]> => rowsOf(db, now, day, filter, mostAtOnce, 0)

async function rowsOf(
  db: Database,
  now: Date,
  day: PlainDate,
  filter: RegisterFilter,
  limit: number,
  offset: number,
): Promise<RegisterRow[]> {
  const { rows } =
    await sql<RegisterRow>`select ${columns(day)} ${from(now)} where ${conditions(now, day, filter)}
    order by ${order} limit ${limit} offset ${offset}`.execute(db)
  return rows
}

/** The organs that have documents in the register of a site, with how many. */
export async function organsInRegister(
  db: Database,
  now: Date,
  siteId: string,
): Promise<{ id: string; key: string; name: string; count: number }[]> {
  const { rows } = await sql<{ id: string; key: string; name: string; count: number }>`
    select o.id, o.key, o.short_name as name, count(*)::int as count
    from document_editions d join organ_names o on o.id = d.organ_id
    where d.kind = 'normative-document' and d.site_id = ${siteId} and ${isPublic(now, 'd')}
    group by o.id, o.key, o.short_name order by count(*) desc, o.key`.execute(db)
  return rows
}
