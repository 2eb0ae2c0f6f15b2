import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'

export const publishingActs = {
  published: '发布',
  scheduled: '定时发布',
  corrected: '更正',
  withdrawn: '撤下',
  redirected: '转移',
  gone: '删除',
  superseded: '被取代',
  expired: '到期下线',
  unscheduled: '取消定时',
} as const
export type PublishingAct = keyof typeof publishingActs

/** Writes the act into the publication's history; it stays for good. @returns its id, for the log (`logLeaves`) */
export async function insertPublishingAct(
  db: Database,
  ctx: Context,
  act: {
    publication: { id: string; siteId: string }
    editionId: string | null
    act: PublishingAct
    reason?: string | null
    clearanceId?: string | null
    meets?: readonly string[]
    publicAt: Date
  },
): Promise<string> {
  const id = uuidv7()
  await db
    .insertInto('publishingActs')
    .values({
      id,
      siteId: act.publication.siteId,
      publicationId: act.publication.id,
      editionId: act.editionId,
      act: act.act,
      reason: act.reason ?? null,
      clearanceId: act.clearanceId ?? null,
      meets: [...(act.meets ?? [])],
      actor: actorName(ctx.actor),
      actorId: actorId(ctx.actor),
      actedAt: ctx.clock.now(),
      publicAt: act.publicAt,
    })
    .execute()
  return id
}

export interface PublishingActRow {
  act: PublishingAct
  actor: string
  actedAt: Date
  publicAt: Date
  reason: string | null
  opinion: string | null
  number: number | null
}

export async function listPublishingActs(db: Database, publicationId: string): Promise<PublishingActRow[]> {
  const rows = await db
    .selectFrom('publishingActs as a')
    .leftJoin('clearances as c', 'c.id', 'a.clearanceId')
    .leftJoin('editions as e', 'e.id', 'a.editionId')
    .select(['a.act', 'a.actor', 'a.actedAt', 'a.publicAt', 'a.reason', 'c.opinion', 'e.number'])
    .where('a.publicationId', '=', publicationId)
    .orderBy('a.actedAt', 'desc')
    .limit(500)
    .execute()
  return rows.map(row => ({ ...row, act: row.act as PublishingAct }))
}
