import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { dateInBeijing } from '#lib/beijing-time'
import { conflict, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { countDuties } from '../count-queries.ts'
import { dutiesTag } from '../duty.ts'
import { findDuty, insertActs } from '../duty-queries.ts'
import { mayWaive } from '../policy.ts'

export const waiveDutyInput = z.object({
  id: z.uuid(),
  reason: z
    .string()
    .trim()
    .min(5, '请写明免除的理由（至少 5 个字）：公众会看到。')
    .max(300, '理由最多 300 字。'),
})

/** Ends a duty without the thing being done, for a reason that everybody can read. */
export async function waiveDuty(ctx: Context, input: z.output<typeof waiveDutyInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const duty = await findDuty(db, input.id, { lock: true })
    if (!duty) throw notFound('duties.unknown', '没有这项义务。请从列表中重新选择。')
    permit(mayWaive(ctx.actor, duty.organId), 'duties.may-not-waive')
    if (duty.metAt) throw conflict('duties.met', '这项义务已经完成，不需要免除。')
    if (duty.waivedAt) throw conflict('duties.waived', `这项义务已由${duty.waivedBy}免除。`)
    await waive(db, ctx, sql`id = ${duty.id}`, input.reason)
    await recordAct(db, ctx, {
      act: 'duties.waived',
      sentence: `免除义务“${duty.title}”，理由：${input.reason}`,
      object: { kind: 'duty', id: duty.id, label: duty.title },
    })
    await announceChange(db, [dutiesTag(duty.siteId)])
  })
}

const notPublic = '（已经停止公开的内容）'

/**
 * What has left the public needs no deed, and its title is told no more: open duties about it end, within the caller's
 * transaction; he announces `dutiesTag`.
 */
export async function dropSubject(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  subject: { kind: string; id: string },
  reason: string,
): Promise<void> {
  const about = sql`subject_kind = ${subject.kind} and subject_id = ${subject.id}`
  await waive(db, ctx, about, reason)
  await sql`update duties set subject_label = ${notPublic} where ${about}`.execute(db)
  await sql`update duties set met_fact = jsonb_set(met_fact, '{label}', to_jsonb(${notPublic}::text))
    where met_fact ->> 'id' = ${subject.id}`.execute(db)
}

async function waive(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  which: RawBuilder<unknown>,
  reason: string,
): Promise<void> {
  const now = ctx.clock.now()
  const by = actorName(ctx.actor)
  const { rows } = await sql<{
    id: string
    siteId: string
    organId: string
    domain: string
    dueOn: string | null
  }>`
    update duties set waived_at = ${now}, waived_by = ${by}, waived_reason = ${reason}
    where ${which} and met_at is null and waived_at is null
    returning id, site_id, organ_id, domain, due_on`.execute(db)
  if (rows.length === 0) return
  await countDuties(
    db,
    dateInBeijing(now).slice(0, 7),
    rows.map(row => ({ ...row, how: 'waived' as const })),
  )
  await insertActs(
    db,
    rows.map(({ id, dueOn }) => ({
      id: uuidv7(),
      dutyId: id,
      act: 'waived' as const,
      reason,
      dueBefore: dueOn,
      dueAfter: dueOn,
      actedBy: by,
      actedById: actorId(ctx.actor),
      actedAt: now,
    })),
  )
}
