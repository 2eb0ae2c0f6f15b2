import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { listImported } from '#modules/publications'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { maySettleDoubts } from '../policy.ts'
import { settle } from '../queries.ts'

export const settleDoubtsInput = z.object({
  publicationId: z.uuid('没有找到这份文件。请刷新页面再试。'),
  /** Left out: all that are open. */
  doubtId: z.uuid('没有找到这个疑点。请刷新页面再试。').optional(),
})
export type SettleDoubtsInput = z.output<typeof settleDoubtsInput>

/** Somebody has compared it with the original. Settled twice is settled. */
export async function settleDoubts(ctx: Context, input: SettleDoubtsInput): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const [item] = await listImported(db, ctx.clock.now(), [input.publicationId])
    if (!item) throw notFound('policies.no-such-import', '没有找到这份文件。请刷新页面再试。')
    permit(maySettleDoubts(ctx.actor, item.organId), 'policies.may-not-settle')
    const settled = await settle(db, input.publicationId, input.doubtId, {
      settledAt: ctx.clock.now(),
      settledBy: actorName(ctx.actor),
      settledById: actorId(ctx.actor),
    })
    if (settled.length === 0) return
    await recordAct(db, ctx, {
      act: 'policies.doubts-settled',
      sentence: `核对了《${item.title}》导入时的 ${settled.length} 处疑点`,
      object: { kind: 'publication', id: item.id, label: item.title },
      details: { doubts: settled },
    })
  })
}
