import type { PlainDate } from '#lib/beijing-time'

/** A yearly selection of the best interpretations (I4). */
export interface Round {
  id: string
  siteId: string
  year: number
  note: string
  juryWeight: number
  readerWeight: number
  /** How many are chosen. */
  chosen: number
  votesFrom: PlainDate
  votesUntil: PlainDate
  publishedAt: Date | null
  revision: number
  changedBy: string
  changedAt: Date
}

export const roundStates = {
  preparing: '正在提名',
  voting: '正在投票',
  judging: '投票结束，等待结果',
  published: '已公布',
} as const
export type RoundState = keyof typeof roundStates

/** Where a round stands on a day; derived, never stored. The last day of voting counts whole. */
export function roundStateOn(
  round: Pick<Round, 'votesFrom' | 'votesUntil' | 'publishedAt'>,
  today: PlainDate,
): RoundState {
  if (round.publishedAt) return 'published'
  if (today < round.votesFrom) return 'preparing'
  return today <= round.votesUntil ? 'voting' : 'judging'
}

export interface Nominee {
  id: string
  /** Of the jury, 0 to 100. */
  scores: readonly number[]
  votes: number
}

export interface Ranked {
  id: string
  place: number
  isChosen: boolean
  juryPoints: number
  readerPoints: number
  total: number
  votes: number
  scores: number
}

const cents = (points: number) => Math.round(points * 100) / 100

/**
 * Jury points are the mean of the scores; reader points the votes as a share of the most voted, times 100; the total weighs both.
 * Who has the same total shares the place, and is chosen together.
 */
export function rank(
  nominees: readonly Nominee[],
  weights: Pick<Round, 'juryWeight' | 'readerWeight' | 'chosen'>,
): Ranked[] {
  const mostVotes = Math.max(0, ...nominees.map(one => one.votes))
  const { juryWeight, readerWeight } = weights
  const counted = nominees.map(({ id, scores, votes }) => {
    const jury = scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : 0
    const reader = mostVotes > 0 ? (votes / mostVotes) * 100 : 0
    return {
      id,
      juryPoints: cents(jury),
      readerPoints: cents(reader),
      total: cents((jury * juryWeight + reader * readerWeight) / (juryWeight + readerWeight)),
      votes,
      scores: scores.length,
    }
  })
  return counted
    .toSorted((a, b) => b.total - a.total || b.juryPoints - a.juryPoints || (a.id < b.id ? -1 : 1))
    .map(one => {
      const place = 1 + counted.filter(other => other.total > one.total).length
      return { ...one, place, isChosen: place <= weights.chosen && one.total > 0 }
    })
}

export const markOf = (year: number) => `${year}年度优秀解读`
