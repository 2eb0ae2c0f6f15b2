import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { EntryFacet, EntryFilter, ValueCount } from './entry-filter.ts'
import type { Listing, Part } from './listing.ts'
import { type Question, questionQuery, someQuery, termsQuery } from './question.ts'
import { worthIn } from './worth.ts'

/** A listing by the database alone: for small installations, inside transactions, and until memory is loaded. */
export async function sqlListing(
  db: Database,
  now: Date,
  filter: EntryFilter,
  question: Question | null,
  some: boolean,
): Promise<Listing> {
  const words = question ? (some ? someQuery(question) : questionQuery(question)) : null
  const titleWords = question ? (some ? someQuery(question) : termsQuery(question)) : null
  const inTitle: RawBuilder<SqlBool> = titleWords ? sql`s.title_tsv @@ ${titleWords}::tsquery` : sql`false`
  const from = words
    ? sql`from search_found(${words}::tsquery) as f (entry_no) join search_entries s on s.entry_no = f.entry_no`
    : sql`from search_entries s`
  const where = (left: EntryFilter) => sql`where ${conditions(left, now)}`
  const counted = await sql<{ total: number; inTitle: number }>`
    select count(*)::int as total, count(*) filter (where ${inTitle})::int as in_title ${from} ${where(filter)}`.execute(
    db,
  )
  const { total = 0, inTitle: titles = 0 } = counted.rows[0] ?? {}
  const partOf: Record<Part, RawBuilder<SqlBool>> = {
    all: sql`true`,
    titles: inTitle,
    texts: sql`not ${inTitle}`,
  }
  return {
    total,
    inTitle: titles,
    async facets(names) {
      const found = await Promise.all(
        names.map(async name => {
          const { rows } = await sql<ValueCount>`
            select value::text, count(*)::int as count from (select ${facetValue(name, filter)} as value ${from} ${where(withoutChoice(name, filter))}) as v
            where value is not null group by value`.execute(db)
          return [name, rows] as const
        }),
      )
      return Object.fromEntries(found)
    },
    async walk({ part, limit, offset, without }) {
      const { rows } = await sql<{ entryNo: number }>`
        select s.entry_no ${from} ${where(filter)} and ${partOf[part]} and s.entry_no <> all(${[...(without ?? [])]}::int[])
        order by s.sort_at desc, s.entry_no desc limit ${limit} offset ${offset}`.execute(db)
      return rows.map(row => row.entryNo)
    },
    async among(entries) {
      const { rows } = await sql<{ entryNo: number }>`
        select s.entry_no ${from} ${where(filter)} and ${inTitle} and s.entry_no = any(${[...entries]}::int[])
        order by s.sort_at desc, s.entry_no desc`.execute(db)
      return rows.map(row => row.entryNo)
    },
    weighed: null,
  }
}

function conditions(filter: EntryFilter, now: Date): RawBuilder<SqlBool> {
  const all: RawBuilder<SqlBool>[] = [
    sql`s.site_id = ${filter.siteId}`,
    sql`s.public_from <= ${now} and (s.public_until is null or s.public_until > ${now})`,
  ]
  if (filter.kinds) all.push(sql`s.kind = any(${[...filter.kinds]})`)
  if (filter.organIds) all.push(sql`s.organ_id = any(${[...filter.organIds]}::uuid[])`)
  if (filter.columnIds) all.push(sql`s.column_ids && ${[...filter.columnIds]}::uuid[]`)
  if (filter.theme !== undefined) all.push(sql`s.theme = ${filter.theme}`)
  if (filter.genre !== undefined) all.push(sql`s.genre = ${filter.genre}`)
  if (filter.form !== undefined) all.push(sql`s.form = ${filter.form}`)
  if (filter.year !== undefined) all.push(sql`s.year = ${filter.year}`)
  if (filter.from) all.push(sql`s.sort_at >= ${filter.from}`)
  if (filter.before) all.push(sql`s.sort_at < ${filter.before}`)
  if (filter.worth) all.push(sql`${worthIn(filter.day, filter.kindsWithWorth)} = ${filter.worth}`)
  if (filter.withoutArchive) all.push(sql`not s.archive`)
  return sql.join(all, sql` and `)
}

const choiceOf = {
  kind: 'kinds',
  organ: 'organIds',
  theme: 'theme',
  genre: 'genre',
  form: 'form',
  year: 'year',
  worth: 'worth',
} as const satisfies Record<EntryFacet, keyof EntryFilter>

const withoutChoice = (name: EntryFacet, filter: EntryFilter): EntryFilter => ({
  ...filter,
  [choiceOf[name]]: undefined,
})

function facetValue(name: EntryFacet, filter: EntryFilter): RawBuilder<unknown> {
  if (name === 'worth') return worthIn(filter.day, filter.kindsWithWorth)
  return sql.ref(name === 'organ' ? 's.organ_id' : `s.${name}`)
}
