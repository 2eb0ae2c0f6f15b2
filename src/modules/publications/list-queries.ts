import { type SqlBool, sql } from 'kysely'
import { dateInBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'
import type { PageOf } from '#lib/paging'
import {
  type Asked,
  countEntries,
  type EntryFilter,
  type FoundEntry,
  findEntries,
  type Understood,
} from '#modules/search'
import type { Database } from '#platform/db/database'
import { entryFacet, type Facet, type FacetName, facetOf, type OrganLabel, organLabels } from './facet.ts'
import { addressOf, allKinds, kindOf } from './kind.ts'
import type { Listed } from './public-view.ts'
import { type EffectOnIt, type Validity, validityOn } from './validity.ts'
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
  /** The form of an interpretation. */
  field?: { name: 'form'; value: string } | undefined
  validity?: Validity | undefined
  /** The day for which validity is told; default today. */
  on?: PlainDate | undefined
  /** What was typed: words, a number, pinyin; several texts are asked together. */
  words?: readonly string[] | undefined
  /** Leave out archive items, which are never “newest”. */
  withoutArchive?: boolean
  /** By time, or by how well it answers the words. */
  order?: 'newest' | 'relevance'
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

/** Of the site itself, or placed there. */
export const shownOn = (siteId: string) => sql<SqlBool>`(p.site_id = ${siteId} or exists
  (select 1 from placements pl where pl.publication_id = p.id and pl.site_id = ${siteId}))`

export const from = sql`
  from publications p
  join editions e on e.publication_id = p.id
  join organ_names o on o.id = p.organ_id`

/** What a page asks of a list: see `findPublic`. */
export interface FoundPublic extends PageOf<Listed> {
  facets: Partial<Record<FacetName, Facet[]>>
  /** How the words were read; says nothing where there are none. */
  understood: Understood
}

/**
 * Public items of one page, how many there are, and what each choice of the facets would leave. Filters and counts come from the
 * narrow search table; what is shown is read through the gate, and its validity from the effects themselves.
 */
export async function findPublic(
  db: Database,
  now: Date,
  filter: ListFilter,
  paging: { page: number; pageSize: number },
  facets: readonly FacetName[] = [],
): Promise<FoundPublic> {
  const { page, pageSize } = paging
  const asked = await askedBy(db, now, filter)
  const found = await findEntries(
    db,
    now,
    asked,
    { limit: pageSize, offset: (page - 1) * pageSize },
    facets.map(entryFacet),
  )
  const [rows, labels] = await Promise.all([
    rowsOf(db, now, found.entries, asked.filter.day),
    facets.includes('organKey') ? organLabels(db) : new Map<string, OrganLabel>(),
  ])
  return {
    rows,
    total: found.total,
    ...paging,
    facets: Object.fromEntries(
      facets.map(name => [name, facetOf(name, found.facets[entryFacet(name)] ?? [], labels)]),
    ),
    understood: found.understood,
  }
}

/** A page of public items. */
export const listPublic = (
  db: Database,
  now: Date,
  filter: ListFilter,
  paging: { page: number; pageSize: number },
): Promise<PageOf<Listed>> => findPublic(db, now, filter, paging)

/** The first few of a list, for a page that does not say how many there are. */
export const newestPublic = async (
  db: Database,
  now: Date,
  filter: ListFilter,
  limit: number,
): Promise<Listed[]> => (await findPublic(db, now, filter, { page: 1, pageSize: limit })).rows

export const countPublic = async (db: Database, now: Date, filter: ListFilter): Promise<number> =>
  countEntries(db, now, await askedBy(db, now, filter))

/** How many items each organ has in a list, by its id. */
export async function countOrgans(
  db: Database,
  now: Date,
  filter: ListFilter,
): Promise<{ value: string; count: number }[]> {
  const asked = await askedBy(db, now, filter)
  return (await findEntries(db, now, asked, { limit: 0, offset: 0 }, ['organ'])).facets.organ ?? []
}

/** How many items each value of a facet would leave; the facet's own choice does not narrow itself. */
export async function countFacet(
  db: Database,
  now: Date,
  filter: ListFilter,
  facet: FacetName,
): Promise<Facet[]> {
  const { facets } = await findPublic(db, now, filter, { page: 1, pageSize: 0 }, [facet])
  return facets[facet] ?? []
}

const midnightOf = (day: PlainDate) => new Date(`${day}T00:00:00+08:00`)

/** The filter in the terms of the search table: organs and columns by their ids. */
async function askedBy(db: Database, now: Date, filter: ListFilter): Promise<Asked> {
  const [organIds, columnIds] = await Promise.all([
    filter.organKey === undefined ? undefined : organIdsOf(db, filter.organKey),
    filter.columnPath === undefined ? undefined : columnIdsOf(db, filter.siteId, filter.columnPath),
  ])
  const both = filter.organId && organIds ? organIds.filter(id => id === filter.organId) : organIds
  const entry: EntryFilter = {
    siteId: filter.siteId,
    kinds: filter.kinds,
    organIds: both ?? (filter.organId ? [filter.organId] : undefined),
    columnIds,
    theme: filter.theme,
    genre: filter.genre,
    form: filter.field?.value,
    year: filter.year,
    from: filter.from ? midnightOf(filter.from) : undefined,
    before: filter.to ? nextMidnight(midnightOf(filter.to)) : undefined,
    worth: filter.validity,
    withoutArchive: filter.withoutArchive,
    day: filter.on ?? dateInBeijing(now),
    kindsWithWorth: allKinds().flatMap(kind => (kind.hasValidity ? [kind.name] : [])),
  }
  return { filter: entry, words: filter.words ?? [], order: filter.order ?? 'newest' }
}

async function organIdsOf(db: Database, key: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from organ_names where key = ${key}`.execute(db)
  return rows.map(row => row.id)
}

async function columnIdsOf(db: Database, siteId: string, path: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from columns where site_id = ${siteId} and (path = ${path} or starts_with(path, ${`${path}/`}))`.execute(
    db,
  )
  return rows.map(row => row.id)
}

/** What is shown of the entries that were chosen, in their order; the gate decides, the copies in the search table do not. */
async function rowsOf(
  db: Database,
  now: Date,
  entries: readonly FoundEntry[],
  day: PlainDate,
): Promise<Listed[]> {
  if (entries.length === 0) return []
  const { rows } = await sql<ListedRow>`
    select ${listedColumns}
    from editions e
    join publications p on p.id = e.publication_id
    join organ_names o on o.id = p.organ_id
    ${aboutIt(now)}
    where e.id = any(${entries.map(entry => entry.editionId)}::uuid[]) and ${isPublic(now)}`.execute(db)
  const byId = new Map(rows.map(row => [row.id, row]))
  return entries.flatMap(entry => {
    const row = byId.get(entry.publicationId)
    return row ? [listed(row, now, day)] : []
  })
}

/** @param day the day for which validity is told; default today */
export function listed(row: ListedRow, now: Date, day: PlainDate = dateInBeijing(now)): Listed {
  const { repealedFrom, amendedFrom, partlyFrom, ...item } = row
  return {
    ...item,
    address: addressOf(row),
    validity: validityOf(row, effectsOf(row), day),
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
