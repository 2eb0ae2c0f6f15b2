import type { Database } from '#platform/db/database'
import type { Nominee, Round } from './selection.ts'

export async function listRounds(db: Database, siteId: string): Promise<Round[]> {
  return db
    .selectFrom('selectionRounds')
    .selectAll()
    .where('siteId', '=', siteId)
    .orderBy('year', 'desc')
    .execute()
}

export async function findRound(
  db: Database,
  where: { id: string } | { siteId: string; year: number },
  options: { lock?: boolean } = {},
): Promise<Round | null> {
  let query = db.selectFrom('selectionRounds').selectAll()
  query =
    'id' in where
      ? query.where('id', '=', where.id)
      : query.where('siteId', '=', where.siteId).where('year', '=', where.year)
  return (await (options.lock ? query.forUpdate() : query).executeTakeFirst()) ?? null
}

export interface Score {
  juror: string
  jurorId: string
  score: number
  comment: string
}

export interface Nomination extends Nominee {
  publicationId: string
  organId: string
  reason: string
  nominatedBy: string
  nominatedAt: Date
  judged: Score[]
  votesByDay: { day: string; count: number }[]
  result: Result | null
}

export interface Result {
  place: number
  isChosen: boolean
  juryPoints: number
  readerPoints: number
  total: number
  votes: number
  scores: number
}

/** What was nominated, with everything that counts for it; by place once there is one. */
export async function listNominations(db: Database, roundId: string): Promise<Nomination[]> {
  const rows = await db
    .selectFrom('selectionNominations')
    .selectAll()
    .where('roundId', '=', roundId)
    .orderBy('nominatedAt')
    .orderBy('id')
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  const [scores, votes, results] = await Promise.all([
    db
      .selectFrom('selectionScores')
      .selectAll()
      .where('nominationId', 'in', ids)
      // Not by who: a restored installation no longer knows
      .orderBy('scoredAt')
      .orderBy('score', 'desc')
      .orderBy('comment')
      .execute(),
    db.selectFrom('selectionVotes').selectAll().where('nominationId', 'in', ids).orderBy('day').execute(),
    db.selectFrom('selectionResults').selectAll().where('nominationId', 'in', ids).execute(),
  ])
  return rows
    .map(row => {
      const judged = scores.filter(one => one.nominationId === row.id)
      const votesByDay = votes.filter(one => one.nominationId === row.id && one.count > 0)
      const result = results.find(one => one.nominationId === row.id)
      return {
        ...row,
        judged,
        scores: judged.map(one => one.score),
        votesByDay: votesByDay.map(({ day, count }) => ({ day, count })),
        votes: votesByDay.reduce((sum, one) => sum + one.count, 0),
        result: result
          ? {
              ...result,
              juryPoints: Number(result.juryPoints),
              readerPoints: Number(result.readerPoints),
              total: Number(result.total),
            }
          : null,
      }
    })
    .sort((a, b) => (a.result?.place ?? 0) - (b.result?.place ?? 0))
}

/** The years in which publications were chosen, where the result is published. */
export async function yearsChosen(db: Database, ids: readonly string[]): Promise<Map<string, number[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('selectionResults as s')
    .innerJoin('selectionNominations as n', 'n.id', 's.nominationId')
    .innerJoin('selectionRounds as r', 'r.id', 'n.roundId')
    .select(['n.publicationId', 'r.year'])
    .where('n.publicationId', 'in', [...ids])
    .where('s.isChosen', '=', true)
    .orderBy('r.year', 'desc')
    .execute()
  return new Map(
    [...Map.groupBy(rows, row => row.publicationId)].map(([id, own]) => [id, own.map(row => row.year)]),
  )
}
