import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'

/** What happens to a draft before it is published; the publishing itself is a publishing act. */
export const reviewSteps = {
  submitted: '送审',
  'taken-back': '取回修改',
  returned: '退回',
} as const
export type ReviewStep = keyof typeof reviewSteps

/** Each step records person, time and opinion (R-EXC-13); it stays for good. */
export async function insertReviewStep(
  db: Database,
  ctx: Context,
  edition: { id: string; publicationId: string; number: number },
  step: ReviewStep,
  opinion: string | null = null,
): Promise<void> {
  await db
    .insertInto('reviewSteps')
    .values({
      id: uuidv7(),
      publicationId: edition.publicationId,
      editionId: edition.id,
      editionNumber: edition.number,
      step,
      opinion,
      actor: actorName(ctx.actor),
      actorId: actorId(ctx.actor),
      actedAt: ctx.clock.now(),
    })
    .execute()
}

export interface ReviewStepRow {
  step: ReviewStep
  editionId: string
  editionNumber: number
  opinion: string | null
  actor: string
  actedAt: Date
}

/** The newest first. */
export async function listReviewSteps(db: Database, publicationId: string): Promise<ReviewStepRow[]> {
  const rows = await db
    .selectFrom('reviewSteps')
    .select(['step', 'editionId', 'editionNumber', 'opinion', 'actor', 'actedAt'])
    .where('publicationId', '=', publicationId)
    .orderBy('actedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return rows.map(row => ({ ...row, step: row.step as ReviewStep }))
}
