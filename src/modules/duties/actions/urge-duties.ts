import { z } from 'zod'
import { invalid, permit } from '#lib/errors'
import { textsOf } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { findDuty, insertActs } from '../duty-queries.ts'
import { mayUrge } from '../policy.ts'
import { tellUrged, type Urged } from '../urged.ts'

export const urgeDutiesInput = z.object({
  ids: z
    .preprocess(value => textsOf({ ids: value as string | string[] }, 'ids'), z.array(z.uuid()))
    .refine(ids => ids.length > 0, '请先勾选要催办的义务。')
    .refine(ids => ids.length <= 200, '一次最多催办 200 项。'),
  words: z.string().trim().min(1, '请写明催办的意见。').max(300, '最多 300 字。'),
})

/** 催办: asks those who owe to see to it; it stands in the course of each duty. @returns how many were urged. */
export async function urgeDuties(ctx: Context, input: z.output<typeof urgeDutiesInput>): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const now = ctx.clock.now()
    const acts = []
    const urged: Urged[] = []
    for (const id of input.ids) {
      const duty = await findDuty(db, id)
      if (!duty || duty.metAt || duty.waivedAt) continue
      permit(mayUrge(ctx.actor, duty.organId), 'duties.may-not-urge')
      const actId = uuidv7()
      urged.push({ actId, duty, words: input.words })
      acts.push({
        id: actId,
        dutyId: id,
        act: 'urged' as const,
        reason: input.words,
        dueBefore: duty.dueOn,
        dueAfter: duty.dueOn,
        actedBy: actorName(ctx.actor),
        actedById: actorId(ctx.actor),
        actedAt: now,
      })
      await recordAct(db, ctx, {
        act: 'duties.urged',
        sentence: `催办“${duty.title}”（${duty.organName}）：${input.words}`,
        object: { kind: 'duty', id, label: duty.title },
      })
    }
    if (acts.length === 0) throw invalid('duties.nothing-to-urge', '勾选的义务都已经完成或者免除。')
    await insertActs(db, acts)
    await tellUrged(db, ctx, urged)
    return acts.length
  })
}
