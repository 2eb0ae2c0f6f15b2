import { z } from 'zod'
import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { getOrgan } from '#modules/organisations'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { states } from '../document.ts'
import { mayKeepNumbers } from '../policy.ts'

/** The steps that an organ may do without (R-EXC-13 is a default); the others are law. */
export const skippable = ['head-review', 'office-check'] as const

export const settingsInput = z.object({
  organId: z.uuid('请选择机构。'),
  /** The steps that the organ has; the others of `skippable` are left out. */
  steps: z
    .preprocess(
      value => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
      z.array(z.enum(skippable, '没有这一步，请重新勾选。')),
    )
    .default([]),
  reassessMonths: z.coerce
    .number('请填写数字。')
    .int('请填写整数。')
    .min(1, '最短 1 个月。')
    .max(60, '最长 60 个月。'),
})

/** What an organ has decided about its own procedure; documents on their way take their next step by it. */
export async function saveSettings(ctx: Context, input: z.output<typeof settingsInput>): Promise<void> {
  permit(mayKeepNumbers(ctx.actor, input.organId), 'documents.may-not-set')
  await inTransaction(ctx.db, async db => {
    const organ = await getOrgan(db, input.organId)
    const skips = skippable.filter(step => !input.steps.includes(step))
    const settings = {
      skips,
      reassessMonths: input.reassessMonths,
      changedBy: actorName(ctx.actor),
      changedAt: ctx.clock.now(),
    }
    await db
      .insertInto('documentSettings')
      .values({ organId: organ.id, ...settings })
      .onConflict(on => on.column('organId').doUpdateSet(settings))
      .execute()
    const without = skips.length > 0 ? `没有${skips.map(step => states[step]).join('、')}` : '步骤齐全'
    await recordAct(db, ctx, {
      act: 'documents.settings-saved',
      sentence: `设置${organ.shortName}公文办理：${without}，不公开的 ${input.reassessMonths} 个月后重新评估`,
      object: { kind: 'organ', id: organ.id, label: organ.name },
    })
  })
}
