import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { dateInBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'
import { addressOf, allKinds, kindOf } from './kind.ts'
import type { Listed } from './public-view.ts'
import { type EffectOnIt, type Validity, validities, validityOn } from './validity.ts'
import { isPublic } from './visibility.ts'

export interface ListFilter {
  siteId: string
  kinds?: readonly string[]
  /** A column and everything below it. */
  columnPath?: string | undefined
  organId?: string | undefined
  organKey?: string | undefined
  theme?: string | undefined
  year?: number | undefined
  /** First and last day of publishing; of archive items, by their source. */
  from?: PlainDate | undefined
  to?: PlainDate | undefined
  genre?: string | undefined
  /** A field of its kind, such as the form of an interpretation. */
  field?: { name: string; value: string } | undefined
  validity?: Validity | undefined
  /** tsquery literal (search). */
  tsquery?: string | undefined
  /** Leave out archive items, which are never “newest”. */
  withoutArchive?: boolean
  order?: 'newest' | 'relevance'
  /** With `relevance`: what the reader typed; an item of exactly this title or number goes before all others. */
  exact?: string | undefined
}

export type ListedRow = Omit<Listed, 'validity' | 'address'> & {
  repealedFrom: PlainDate | null
  amendedFrom: PlainDate | null
  partlyFrom: PlainDate | null
}

export const listedColumns = sql`
  p.id, p.public_id, p.kind, e.title, e.summary, e.doc_no, e.issuers, e.theme, e.genre, p.index_no, e.signed_on, e.effective_from,
  e.valid_until, e.fields, o.key as organ_key, o.short_name as organ_name, p.archive, p.source_published_on, p.first_public_at, p.sort_at,
  x.repealed_from, x.amended_from, x.partly_from, i.interpretations`

/** Effects that public editions have on the publication, and how often it is interpreted. */
export const aboutIt = (now: Date) => sql`
  left join works w on w.publication_id = p.id
  left join lateral (
    select min(f.effective_from) filter (where f.type = 'repeals') as repealed_from,
           min(f.effective_from) filter (where f.type = 'amends') as amended_from,
           min(f.effective_from) filter (where f.type = 'partly-repeals') as partly_from
    from effects f join editions by_e on by_e.id = f.edition_id
    where f.work_id = w.id and ${isPublic(now, 'by_e')}) x on true
  left join lateral (
    select count(*)::int as interpretations from links l join editions by_l on by_l.id = l.edition_id
    where l.work_id = w.id and l.type = 'interprets' and ${isPublic(now, 'by_l')}) i on true`

/** The same rule as `validityOf`, in the database (their agreement is tested). */
export function validityIn(day: PlainDate): RawBuilder<Validity | null> {
  const without = allKinds().flatMap(kind => (kind.hasValidity ? [] : [kind.name]))
  return sql`case when p.kind = any(${without}) then null
    when p.archive and coalesce(e.signed_on, e.effective_from, e.valid_until, x.repealed_from, x.partly_from, x.amended_from) is null then null
    when coalesce(x.repealed_from <= ${day}, false) then 'repealed'
    when coalesce(e.valid_until < ${day}, false) then 'expired'
    when coalesce(coalesce(e.effective_from, e.signed_on) > ${day}, false) then 'not-yet'
    when coalesce(x.partly_from <= ${day}, false) then 'partly-lapsed'
    when coalesce(x.amended_from <= ${day}, false) then 'amended' else 'in-force' end`
}

const hasValidity = (validity: Validity, day: PlainDate): RawBuilder<SqlBool> =>
  sql<SqlBool>`${validityIn(day)} = ${validity}`

/** Of the site itself, or placed there. */
export const shownOn = (siteId: string) => sql<SqlBool>`(p.site_id = ${siteId} or exists
  (select 1 from placements pl where pl.publication_id = p.id and pl.site_id = ${siteId}))`

function conditions(filter: ListFilter, now: Date): RawBuilder<SqlBool> {
  const all = [isPublic(now)]
  if (filter.kinds) all.push(sql`p.kind = any(${filter.kinds})`)
  if (filter.columnPath !== undefined)
    all.push(sql`exists (select 1 from placements pl join columns c on c.id = pl.column_id
      where pl.publication_id = p.id and c.site_id = ${filter.siteId}
        and (c.path = ${filter.columnPath} or starts_with(c.path, ${`${filter.columnPath}/`})))`)
  else all.push(shownOn(filter.siteId))
  if (filter.organId) all.push(sql`p.organ_id = ${filter.organId}`)
  if (filter.organKey) all.push(sql`o.key = ${filter.organKey}`)
  if (filter.theme) all.push(sql`e.theme = ${filter.theme}`)
  if (filter.genre) all.push(sql`e.genre = ${filter.genre}`)
  if (filter.year)
    all.push(sql`p.sort_at >= ${new Date(`${filter.year}-01-01T00:00:00+08:00`)}
      and p.sort_at < ${new Date(`${filter.year + 1}-01-01T00:00:00+08:00`)}`)
  if (filter.from) all.push(sql`p.sort_at >= ${new Date(`${filter.from}T00:00:00+08:00`)}`)
  if (filter.to) all.push(sql`p.sort_at < ${nextMidnight(new Date(`${filter.to}T00:00:00+08:00`))}`)
  if (filter.field) all.push(sql`e.fields ->> ${filter.field.name} = ${filter.field.value}`)
  if (filter.validity) all.push(hasValidity(filter.validity, dateInBeijing(now)))
  if (filter.withoutArchive) all.push(sql`not p.archive`)
  if (filter.tsquery)
    all.push(sql`exists (select 1 from search_words s where s.edition_id = e.id and s.site_id = ${filter.siteId}
      and s.tsv @@ ${filter.tsquery}::tsquery)`)
  return sql.join(all, sql` and `)
}

export const from = sql`
  from publications p
  join editions e on e.publication_id = p.id
  join organ_names o on o.id = p.organ_id`

/** What others say of an item is looked up for every row, so a count or a choice of rows asks only when it filters by it. */
const fromFor = (filter: ListFilter, now: Date) => (filter.validity ? sql`${from} ${aboutIt(now)}` : from)

/** Public items, newest first; `relevance`: exact title or number, then those with all words in title or number. */
export async function listPublic(
  db: Database,
  now: Date,
  filter: ListFilter,
  paging: { page: number; pageSize: number },
): Promise<PageOf<Listed>> {
  const [rows, total] = await Promise.all([
    rowsOf(db, now, filter, paging.pageSize, (paging.page - 1) * paging.pageSize),
    countPublic(db, now, filter),
  ])
  return { rows, total, ...paging }
}

/** The first few of a list, for a page that does not say how many there are. */
export const newestPublic = (db: Database, now: Date, filter: ListFilter, limit: number): Promise<Listed[]> =>
  rowsOf(db, now, filter, limit, 0)

/** First the rows are chosen, then only for these it is looked up what others say of them. */
async function rowsOf(
  db: Database,
  now: Date,
  filter: ListFilter,
  limit: number,
  offset: number,
): Promise<Listed[]> {
  const { rows } = await sql<ListedRow>`
    select ${listedColumns}
    from (
      select p.id as chosen_id, e.id as edition_id, ${rank(filter)} as rank
      ${fromFor(filter, now)} where ${conditions(filter, now)}
      order by rank desc, p.sort_at desc, p.id desc
      limit ${limit} offset ${offset}) as chosen
    join publications p on p.id = chosen.chosen_id
    join editions e on e.id = chosen.edition_id
    join organ_names o on o.id = p.organ_id
    ${aboutIt(now)}
    order by chosen.rank desc, p.sort_at desc, p.id desc`.execute(db)
  return rows.map(row => listed(row, now))
}

export async function countPublic(db: Database, now: Date, filter: ListFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total ${fromFor(filter, now)} where ${conditions(filter, now)}`.execute(db)
  return rows[0]?.total ?? 0
}

function rank(filter: ListFilter): RawBuilder<number> {
  if (filter.order !== 'relevance' || !filter.tsquery) return sql`0`
  const exact = filter.exact?.trim() ?? ''
  return sql`case when e.title = ${exact} or e.doc_no = ${exact} then 2
    when exists (select 1 from search_words s where s.edition_id = e.id and s.site_id = ${filter.siteId}
      and s.tsv @@ ${onlyTitle(filter.tsquery)}::tsquery) then 1 else 0 end`
}

const onlyTitle = (tsquery: string) => tsquery.replace(/'(?=( [&|] |$))/g, "':A")

export function listed(row: ListedRow, now: Date): Listed {
  const { repealedFrom, amendedFrom, partlyFrom, ...item } = row
  return {
    ...item,
    address: addressOf(row),
    validity: validityOf(row, effectsOf(row), dateInBeijing(now)),
  }
}

/** Null for kinds without validity, and where an old document states no day at all: nothing can honestly be said of it. */
function validityOf(row: ListedRow, effects: readonly EffectOnIt[], day: PlainDate): Validity | null {
  if (!kindOf(row.kind).hasValidity) return null
  const saysNothing =
    row.archive && !row.signedOn && !row.effectiveFrom && !row.validUntil && effects.length === 0
  return saysNothing ? null : validityOn(row, effects, day)
}

function effectsOf(row: Pick<ListedRow, 'repealedFrom' | 'amendedFrom' | 'partlyFrom'>): EffectOnIt[] {
  const dates = {
    repeals: row.repealedFrom,
    amends: row.amendedFrom,
    'partly-repeals': row.partlyFrom,
  } as const
  return (Object.keys(dates) as (keyof typeof dates)[]).flatMap(type => {
    const effectiveFrom = dates[type]
    return effectiveFrom ? [{ type, effectiveFrom }] : []
  })
}

export interface Facet {
  value: string
  label: string
  count: number
}

const facetColumns = {
  organKey: sql`o.key as value, o.short_name as label`,
  theme: sql`e.theme as value, e.theme as label`,
  genre: sql`e.genre as value, e.genre as label`,
  kind: sql`p.kind as value, p.kind as label`,
  year: sql`extract(year from p.sort_at at time zone 'Asia/Shanghai')::int::text as value,
    extract(year from p.sort_at at time zone 'Asia/Shanghai')::int::text as label`,
} as const
export type FacetName = keyof typeof facetColumns | 'validity' | `field.${string}`

/** How many items each value of a facet would leave; the facet's own choice does not narrow itself. */
export async function countFacet(
  db: Database,
  now: Date,
  filter: ListFilter,
  facet: FacetName,
): Promise<Facet[]> {
  const others = withoutChoiceOf(facet, filter)
  const rows = facet === 'validity' ? sql`${from} ${aboutIt(now)}` : fromFor(others, now)
  const found = await sql<Facet>`
    select value, label, count(*)::int as count
    from (select ${facetValue(facet, now)} ${rows} where ${conditions(others, now)}) as found
    where value is not null group by value, label
    order by ${facet === 'year' ? sql`value desc` : sql`count(*) desc, label`} limit 60`.execute(db)
  return facet === 'validity'
    ? found.rows.map(row => ({ ...row, label: validities[row.value as Validity] }))
    : found.rows
}

function withoutChoiceOf(facet: FacetName, filter: ListFilter): ListFilter {
  const others: ListFilter = { ...filter }
  if (facet === 'kind') delete others.kinds
  else if (facet.startsWith('field.')) delete others.field
  else delete others[facet as Exclude<keyof typeof facetColumns, 'kind'> | 'validity']
  return others
}

function facetValue(facet: FacetName, now: Date) {
  if (facet === 'validity')
    return sql`${validityIn(dateInBeijing(now))} as value, ${validityIn(dateInBeijing(now))} as label`
  if (!facet.startsWith('field.')) return facetColumns[facet as keyof typeof facetColumns]
  const name = facet.slice('field.'.length)
  return sql`e.fields ->> ${name} as value, e.fields ->> ${name} as label`
}
