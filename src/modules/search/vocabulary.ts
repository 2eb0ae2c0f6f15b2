import { sql } from 'kysely'
import { pinyin } from 'pinyin-pro'
import { dateInBeijing } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import { knownWordsIn } from './synonyms.ts'
import { placesToAsk } from './tokens.ts'

export interface KnownWord {
  term: string
  documents: number
}

/** Syllables without tones, and their first letters: `yinshui`, `ys`. */
export function spelled(term: string): { pinyin: string; initials: string } {
  const syllables = pinyin(term, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
  return {
    pinyin: syllables.join('').toLowerCase(),
    initials: syllables
      .map(syllable => syllable[0] ?? '')
      .join('')
      .toLowerCase(),
  }
}

/** Longer is a sentence, not something to suggest. */
const longest = 10
/** Beyond so many words of a site, those of a single title are not worth keeping. */
const manyWords = 50_000

const isWord = (text: string) => /^\p{Script=Han}{2,}$/u.test(text) && text.length <= longest

/** Words of a title that stand for something, pairs that stand side by side, and the keywords that its author gave it. */
export function termsOf(heading: string, keywords: string): string[] {
  const places = placesToAsk(heading).filter(({ token }) => isWord(token))
  const terms = new Set([
    ...places.map(place => place.token),
    ...knownWordsIn(heading),
    ...keywords.split(/[,，、;；\s]+/),
  ])
  for (const [index, { token, at }] of places.entries()) {
    const next = places[index + 1]
    if (next && next.at === at + token.length) terms.add(token + next.token)
  }
  return [...terms].filter(isWord)
}

/**
 * Learns the words of titles that readers can see: those that came since, and once a day everything anew, so that what was
 * withdrawn is forgotten. @returns how many titles were read
 */
export async function learnWords(db: Database, now: Date, options: { anew?: boolean } = {}): Promise<number> {
  const state = await db.selectFrom('searchLearning').selectAll().executeTakeFirst()
  const today = dateInBeijing(now)
  const anew = options.anew || state?.countedOn !== today
  let last = anew ? 0 : (state?.lastEntry ?? 0)
  const counts = new Map<string, Map<string, number>>()
  let read = 0
  for (;;) {
    const { rows } = await sql<{ entryNo: number; siteId: string; heading: string; keywords: string }>`
      select entry_no, site_id, heading, keywords from search_entries where entry_no > ${last}
        and public_from <= ${now} and (public_until is null or public_until > ${now}) order by entry_no limit 2000`.execute(
      db,
    )
    for (const row of rows) {
      const site = counts.get(row.siteId) ?? new Map<string, number>()
      counts.set(row.siteId, site)
      for (const term of termsOf(row.heading, row.keywords)) site.set(term, (site.get(term) ?? 0) + 1)
    }
    read += rows.length
    last = rows.at(-1)?.entryNo ?? last
    if (rows.length < 2000) break
  }
  if (!anew && read === 0) return 0
  await db.transaction().execute(async inside => {
    if (anew) await sql`delete from search_vocabulary`.execute(inside)
    for (const [siteId, site] of counts) await keepWords(inside, siteId, site)
    await sql`insert into search_learning (last_entry, counted_on) values (${last}, ${today})
      on conflict (learned) do update set last_entry = excluded.last_entry, counted_on = excluded.counted_on`.execute(
      inside,
    )
  })
  return read
}

async function keepWords(db: Database, siteId: string, counts: ReadonlyMap<string, number>): Promise<void> {
  const worth = counts.size > manyWords ? 2 : 1
  const rows = [...counts]
    .filter(([, n]) => n >= worth)
    .map(([term, documents]) => ({ term, documents, ...spelled(term) }))
  for (let at = 0; at < rows.length; at += 5000)
    await sql`insert into search_vocabulary (site_id, term, documents, pinyin, initials)
      select ${siteId}, term, documents, pinyin, initials
      from json_to_recordset(${JSON.stringify(rows.slice(at, at + 5000))}::json) as r (term text, documents int, pinyin text, initials text)
      on conflict (site_id, term) do update set documents = search_vocabulary.documents + excluded.documents`.execute(
      db,
    )
}

const most = 8

/** Words that begin so, the most frequent first; letters are read as pinyin, whole or initials. */
export async function wordsBeginning(db: Database, siteId: string, typed: string): Promise<KnownWord[]> {
  const like = `${typed.replace(/[\\%_]/g, '')}%`
  if (like.length < 2) return []
  const columns = /^[a-z]+$/.test(typed) ? ['pinyin', 'initials'] : ['term']
  const { rows } = await sql<KnownWord>`
    select term, documents from search_vocabulary where site_id = ${siteId}
      and (${sql.join(
        columns.map(column => sql`${sql.ref(column)} like ${like}`),
        sql` or `,
      )})
    order by documents desc, term limit ${most}`.execute(db)
  return rows
}

/** Words that are spelled so; `initials` where nothing is spelled so in full. */
export async function wordsSpelled(
  db: Database,
  siteId: string,
  letters: readonly string[],
  by: 'pinyin' | 'initials',
): Promise<(KnownWord & { letters: string })[]> {
  const column = sql.ref(by)
  const { rows } = await sql<KnownWord & { letters: string }>`
    select term, documents, letters from (
      select term, documents, ${column} as letters, row_number() over (partition by ${column} order by documents desc, term) as place
      from search_vocabulary where site_id = ${siteId} and ${column} = any(${[...letters]})) as w
    where place <= ${most} order by documents desc, term`.execute(db)
  return rows
}

/** Words that share one half with others: among them is every word that differs from one of these in one character. */
export async function wordsLike(
  db: Database,
  siteId: string,
  words: readonly string[],
): Promise<(KnownWord & { like: string })[]> {
  const backwards = (text: string) => [...text].reverse().join('')
  const asked = words.map(word => {
    const half = Math.floor(word.length / 2)
    return {
      word,
      begins: word.slice(0, half),
      ends: backwards(word.slice(half)),
      // One character may be too many just there
      endsLate: word.length > 2 ? backwards(word.slice(half + 1)) : null,
    }
  })
  const one = sql`select v.term, v.documents from search_vocabulary v where v.site_id = ${siteId}`
  // As ranges, because a pattern out of a column uses no index
  const { rows } = await sql<KnownWord & { like: string }>`
    select found.term, found.documents, a.word as like
    from json_to_recordset(${JSON.stringify(asked)}::json) as a (word text, begins text, ends text, "endsLate" text)
    cross join lateral (
      select * from (
        ${one} and v.term ~>=~ a.begins and v.term ~<~ (a.begins || ${lastCharacter})
        union ${one} and reverse(v.term) ~>=~ a.ends and reverse(v.term) ~<~ (a.ends || ${lastCharacter})
        union ${one} and reverse(v.term) ~>=~ a."endsLate" and reverse(v.term) ~<~ (a."endsLate" || ${lastCharacter})) as near
      where char_length(near.term) between char_length(a.word) - 1 and char_length(a.word) + 1 and near.term <> a.word
      order by near.documents desc limit 300) as found`.execute(db)
  return rows
}

const lastCharacter = '\u{10ffff}'
