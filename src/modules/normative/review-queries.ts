import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import type { Answers, Outcome } from './definition.ts'
import type { Material, Opinion, ReviewKind } from './reviews.ts'

export interface DeterminationRow {
  revision: number
  answers: Answers
  outcome: Outcome
  rules: string[]
  reason: string
  /** By the legality officer, where the answers did not settle it. */
  decided: boolean
  recordedBy: string
  recordedAt: Date
}

/** What was found last about a draft; null: nobody has asked yet. */
export async function findDetermination(
  db: Database,
  publicationId: string,
): Promise<DeterminationRow | null> {
  const row = await db
    .selectFrom('normativeDeterminations')
    .select(['revision', 'answers', 'outcome', 'rules', 'reason', 'decided', 'recordedBy', 'recordedAt'])
    .where('publicationId', '=', publicationId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row as DeterminationRow | undefined) ?? null
}

export interface PointAnswer {
  held: boolean
  note: string
}

export interface Review {
  id: string
  publicationId: string
  siteId: string
  kind: ReviewKind
  organId: string
  organName: string
  textMark: string
  materials: Material[]
  note: string
  days: number
  urgentReason: string | null
  askedBy: string
  askedById: string | null
  askedAt: Date
  opinion: Opinion | null
  points: Record<string, PointAnswer> | null
  words: string | null
  givenBy: string | null
  givenAt: Date | null
}

const select = sql`
  select r.id, r.publication_id, r.site_id, r.kind, r.organ_id, g.short_name as organ_name, r.text_mark, r.materials, r.note, r.days,
    r.urgent_reason, r.asked_by, r.asked_by_id, r.asked_at, o.opinion, o.points, o.words, o.given_by, o.given_at
  from normative_reviews r join organ_names g on g.id = r.organ_id left join normative_opinions o on o.review_id = r.id`

/** Reviews of a document, the newest first. */
export async function reviewsOf(db: Database, publicationId: string): Promise<Review[]> {
  const { rows } = await sql<Review>`${select} where r.publication_id = ${publicationId}
    order by r.asked_at desc, r.id desc`.execute(db)
  return rows
}

export async function findReview(db: Database, id: string): Promise<Review | null> {
  const { rows } = await sql<Review>`${select} where r.id::text = ${id}`.execute(db)
  return rows[0] ?? null
}

/** What waits for an opinion of these organs, the oldest first. */
export async function waitingReviews(db: Database, organIds: readonly string[]): Promise<Review[]> {
  if (organIds.length === 0) return []
  const { rows } =
    await sql<Review>`${select} where r.organ_id = any(${[...organIds]}::uuid[]) and o.review_id is null
    order by r.asked_at, r.id limit 200`.execute(db)
  return rows
}

export interface Consultation {
  revision: number
  market: boolean
  fromOn: PlainDate | null
  untilOn: PlainDate | null
  place: string
  received: number | null
  adopted: number | null
  feedback: string
  feedbackOn: PlainDate | null
  exemptReason: string | null
  recordedBy: string
  recordedAt: Date
}

/** What was recorded last about asking the public; null: nothing yet. */
export async function findConsultation(db: Database, publicationId: string): Promise<Consultation | null> {
  const row = await db
    .selectFrom('normativeConsultations')
    .selectAll()
    .where('publicationId', '=', publicationId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const { publicationId: _, recordedById: __, ...consultation } = row
  return consultation
}
