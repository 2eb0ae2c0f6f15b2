import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { FoundEntry } from './find.ts'
import { readQuestion, termOf, termsQuery } from './question.ts'
import { headingOf, plain, readNumber } from './tokens.ts'
import { quoted } from './vectors.ts'
import { type KnownWord, wordsBeginning } from './vocabulary.ts'

/** Words in so few titles may have left with one of them since the vocabulary was made. */
const rare = 5
/** In more titles than this the newest few would not be what somebody means. */
const tooCommon = 2000

/** What somebody who has typed so much may mean: words of titles that readers can see, and entries of such titles or numbers. */
export async function suggestTerms(
  db: Database,
  now: Date,
  siteId: string,
  typed: string,
): Promise<{ words: string[]; entries: FoundEntry[] }> {
  const text = plain(typed).trim()
  const heading = headingOf(text)
  if (heading.length === 0) return { words: [], entries: [] }
  const number = readNumber(text)
  if (number)
    return {
      words: [],
      entries: await newestWith(db, now, siteId, quoted(`no:${number.code}${number.serial}`)),
    }
  const words = await wordsBeginning(db, siteId, heading)
  const [seen, titles] = await Promise.all([
    stillSeen(db, now, siteId, words),
    titlesWith(db, now, siteId, text, heading, words),
  ])
  return { words: seen, entries: titles }
}

async function titlesWith(
  db: Database,
  now: Date,
  siteId: string,
  text: string,
  heading: string,
  words: readonly KnownWord[],
): Promise<FoundEntry[]> {
  const question = readQuestion(text)
  const common = words.some(word => word.term === heading && word.documents > tooCommon)
  const [beginning, holding] = await Promise.all([
    heading.length < 2 ? [] : titlesBeginning(db, now, siteId, heading),
    question && heading.length > 1 && !common ? newestWith(db, now, siteId, termsQuery(question)) : [],
  ])
  const seen = new Set(beginning.map(entry => entry.publicationId))
  return [...beginning, ...holding.filter(entry => !seen.has(entry.publicationId))]
}

const open = (siteId: string, now: Date) => sql`
  s.site_id = ${siteId} and s.public_from <= ${now} and (s.public_until is null or s.public_until > ${now})`

async function titlesBeginning(
  db: Database,
  now: Date,
  siteId: string,
  heading: string,
): Promise<FoundEntry[]> {
  const { rows } = await sql<FoundEntry>`
    select s.publication_id, s.edition_id from search_entries s
    where s.heading like ${`${heading}%`} and ${open(siteId, now)} limit 5`.execute(db)
  return rows
}

async function newestWith(db: Database, now: Date, siteId: string, query: string): Promise<FoundEntry[]> {
  const { rows } = await sql<FoundEntry>`
    select s.publication_id, s.edition_id from search_titles_found(${query}::tsquery) as f (entry_no)
    join search_entries s on s.entry_no = f.entry_no
    where ${open(siteId, now)}
    order by s.sort_at desc, s.entry_no desc limit 5`.execute(db)
  return rows
}

async function stillSeen(
  db: Database,
  now: Date,
  siteId: string,
  words: readonly KnownWord[],
): Promise<string[]> {
  const doubtful = words.filter(word => word.documents <= rare).map(word => word.term)
  if (doubtful.length === 0) return words.map(word => word.term)
  const { rows } = await sql<{ term: string }>`
    select t.term from unnest(${doubtful}::text[], ${doubtful.map(queryOf)}::text[]) as t (term, query)
    where exists (select from search_titles_found(t.query::tsquery) as f (entry_no)
      join search_entries s on s.entry_no = f.entry_no where ${open(siteId, now)})`.execute(db)
  const seen = new Set(rows.map(row => row.term))
  return words.filter(word => word.documents > rare || seen.has(word.term)).map(word => word.term)
}

const queryOf = (term: string) => {
  const { own } = termOf(term, false)
  return own.map(tokens => tokens.join(' & ')).join(' | ')
}
