import type { Database } from '#platform/db/database'
import { figuresOf, type RatingFigures } from './rating.ts'

/** [C] Unless a site sets another number. */
const usualMinimum = 10

export async function ratingMinimum(db: Database, siteId: string): Promise<number> {
  const row = await db
    .selectFrom('interpretationSettings')
    .select('ratingMinimum')
    .where('siteId', '=', siteId)
    .executeTakeFirst()
  return row?.ratingMinimum ?? usualMinimum
}

/** What readers said, by publication; those nobody rated are not there. */
export async function ratingsOf(db: Database, ids: readonly string[]): Promise<Map<string, RatingFigures>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('ratingCounts')
    .select(['publicationId', 'grade', 'count'])
    .where('publicationId', 'in', [...ids])
    .execute()
  return new Map([...Map.groupBy(rows, row => row.publicationId)].map(([id, own]) => [id, figuresOf(own)]))
}

/** The figures as readers may see them: null until enough have rated. */
export async function shownRating(
  db: Database,
  siteId: string,
  publicationId: string,
): Promise<RatingFigures | null> {
  const figures = (await ratingsOf(db, [publicationId])).get(publicationId)
  return figures && figures.total >= (await ratingMinimum(db, siteId)) ? figures : null
}

export interface RatingWords {
  id: string
  grade: number
  words: string
  saidOn: string
}

export const listWords = (db: Database, publicationId: string): Promise<RatingWords[]> =>
  db
    .selectFrom('ratingWords')
    .select(['id', 'grade', 'words', 'saidOn'])
    .where('publicationId', '=', publicationId)
    .orderBy('saidOn', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()

/** Rated publications, the most rated first. */
export async function listRated(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('ratingCounts')
    .select('publicationId')
    .groupBy('publicationId')
    .having(({ fn }) => fn.sum('count'), '>', 0)
    .orderBy(({ fn }) => fn.sum('count'), 'desc')
    .limit(500)
    .execute()
  return rows.map(row => row.publicationId)
}
