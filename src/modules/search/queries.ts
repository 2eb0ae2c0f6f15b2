import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { tsvectorOf, type Words } from './tsvector.ts'

export interface SearchEntry {
  editionId: string
  publicationId: string
  organId: string
  kind: string
  theme: string | null
  year: number | null
  sortAt: Date
  words: Words
}

/** Keeps the row of an edition for each site that shows it. Part of the transaction that publishes. */
export async function indexEdition(
  db: Database,
  entry: SearchEntry,
  siteIds: readonly string[],
): Promise<void> {
  const { words, ...row } = entry
  const tsv = sql<string>`${tsvectorOf(words)}::tsvector`
  await db
    .insertInto('searchEntries')
    .values(siteIds.map(siteId => ({ ...row, siteId, tsv })))
    .onConflict(conflict =>
      conflict.columns(['siteId', 'editionId']).doUpdateSet(eb => ({
        kind: eb.ref('excluded.kind'),
        theme: eb.ref('excluded.theme'),
        year: eb.ref('excluded.year'),
        sortAt: eb.ref('excluded.sortAt'),
        tsv: eb.ref('excluded.tsv'),
      })),
    )
    .execute()
}

/** Forgets one edition: it will not open after all. */
export async function forgetEdition(db: Database, editionId: string): Promise<void> {
  await db.deleteFrom('searchEntries').where('editionId', '=', editionId).execute()
}

/** Forgets every edition of a publication. */
export async function forgetPublication(db: Database, publicationId: string): Promise<void> {
  await db.deleteFrom('searchEntries').where('publicationId', '=', publicationId).execute()
}
