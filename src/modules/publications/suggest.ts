import { sql } from 'kysely'
import { suggestTerms } from '#modules/search'
import type { Database } from '#platform/db/database'
import { isPublic } from './visibility.ts'

/** Something to search for, and what it is. */
export interface Suggestion {
  text: string
  kind: '词语' | '标题' | '文号' | '机构'
}

const mostOrgans = 2
const mostWords = 5

/** What somebody may mean who has typed the beginning of a word, a title, a number or an organ's name, or its pinyin. */
export async function suggestWords(
  db: Database,
  now: Date,
  siteId: string,
  typed: string,
  limit = 8,
): Promise<Suggestion[]> {
  const text = typed.trim().slice(0, 40)
  if (text === '') return []
  const [{ words, entries }, organs] = await Promise.all([
    suggestTerms(db, now, siteId, text),
    organsNamed(db, now, siteId, text),
  ])
  const titles = await titlesOf(
    db,
    now,
    entries.map(entry => entry.editionId),
  )
  const byNumber = /\d/.test(text)
  const found: Suggestion[] = [
    ...words.slice(0, mostWords).map(word => ({ text: word, kind: '词语' as const })),
    ...organs.map(name => ({ text: name, kind: '机构' as const })),
    ...titles.map(({ title, docNo }) =>
      byNumber && docNo ? { text: docNo, kind: '文号' as const } : { text: title, kind: '标题' as const },
    ),
  ]
  const seen = new Set<string>()
  return found.filter(one => !seen.has(one.text) && seen.add(one.text)).slice(0, limit)
}

async function titlesOf(
  db: Database,
  now: Date,
  editionIds: readonly string[],
): Promise<{ title: string; docNo: string | null }[]> {
  if (editionIds.length === 0) return []
  const { rows } = await sql<{ title: string; docNo: string | null }>`
    select e.title, e.doc_no from unnest(${[...editionIds]}::uuid[]) with ordinality as chosen (id, place)
    join editions e on e.id = chosen.id
    where ${isPublic(now)} order by chosen.place`.execute(db)
  return rows
}

/** Organs by any part of their name; only those of whom the site shows something, so that the suggestion leads somewhere. */
async function organsNamed(db: Database, now: Date, siteId: string, text: string): Promise<string[]> {
  if ([...text].length < 2) return []
  const { rows } = await sql<{ name: string }>`
    select o.name from organ_names o
    where o.abolished_on is null and (strpos(o.name, ${text}) > 0 or strpos(o.short_name, ${text}) > 0)
      and exists (select from publications p join editions e on e.publication_id = p.id
        where p.organ_id = o.id and p.site_id = ${siteId} and ${isPublic(now)})
    order by o.sort_order, o.name limit ${mostOrgans}`.execute(db)
  return rows.map(row => row.name)
}
