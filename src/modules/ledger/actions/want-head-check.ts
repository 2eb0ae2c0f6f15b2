import { z } from 'zod'
import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { getOrgan } from '#modules/organisations'
import { actorName, holds } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'

export const wantHeadCheckInput = z.object({ organId: z.uuid(), wanted: z.enum(['yes', 'no']) })

/** Whether reports of an organ pass its head before they go to the office; what was handed in before stays as it was. */
export async function wantHeadCheck(ctx: Context, input: z.output<typeof wantHeadCheckInput>): Promise<void> {
  permit(
    holds(ctx.actor, 'department-head', input.organId),
    'ledger.may-not-want-head-check',
    '这项设置由本单位负责人办理。',
  )
  await inTransaction(ctx.db, async db => {
    const organ = await getOrgan(db, input.organId)
    const facts = {
      wanted: input.wanted === 'yes',
      changedBy: actorName(ctx.actor),
      changedAt: ctx.clock.now(),
    }
    await db
      .insertInto('ledgerHeadChecks')
      .values({ organId: organ.id, ...facts })
      .onConflict(conflict => conflict.column('organId').doUpdateSet(facts))
      .execute()
    await recordAct(db, ctx, {
      act: 'ledger.head-check-set',
      sentence: `${organ.shortName}的进展报送${facts.wanted ? '先由本单位负责人审核' : '直接报政务公开办'}`,
      object: { kind: 'organ', id: organ.id, label: organ.name },
    })
  })
}
