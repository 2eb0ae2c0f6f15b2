import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayKeepTokens } from '../policy.ts'
import { findToken } from '../queries.ts'

export const revokeTokenInput = z.object({ id: z.uuid('没有这个接入密钥。') })

/** From now on nothing comes in by it; what came stays. Revoked twice is revoked once. */
export async function revokeToken(ctx: Context, { id }: z.output<typeof revokeTokenInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const token = await findToken(db, { id })
    if (!token) throw notFound('intake.no-token', '没有这个接入密钥。')
    permit(mayKeepTokens(ctx.actor, token.organId), 'intake.may-not-keep')
    const { numUpdatedRows } = await db
      .updateTable('intakeTokens')
      .set({ revokedAt: ctx.clock.now(), revokedBy: actorName(ctx.actor) })
      .where('id', '=', id)
      .where('revokedAt', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    await recordAct(db, ctx, {
      act: 'intake.revoke-token',
      sentence: `停用公文接入密钥“${token.name}”`,
      object: { kind: 'intake-token', id, label: token.name },
    })
  })
}
