import { z } from 'zod'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { siteForEditing } from './write-item.ts'

const days = (label: string) =>
  z.coerce
    .number(`${label}请填写数字。`)
    .int(`${label}请填写整数。`)
    .min(1, `${label}至少 1 个工作日。`)
    .max(20, `${label}最多 20 个工作日（条例第二十六条）。`)

export const choosePromptnessInput = z.object({
  siteId: z.uuid('请选择站点。'),
  promptly: days('“及时”'),
  atOnce: days('“实时”'),
})

/** Says how many working days 及时 and 实时 are here, for what begins from now on. */
export async function choosePromptness(
  ctx: Context,
  input: z.output<typeof choosePromptnessInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const site = await siteForEditing({ ...ctx, db }, input.siteId)
    const { siteId, ...chosen } = input
    const row = { ...chosen, changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() }
    await db
      .insertInto('catalogueSettings')
      .values({ siteId, ...row })
      .onConflict(known => known.column('siteId').doUpdateSet(row))
      .execute()
    await recordAct(db, ctx, {
      act: 'catalogue.promptness-chosen',
      sentence: `目录里的“及时”按 ${input.promptly} 个工作日、“实时”按 ${input.atOnce} 个工作日计算`,
      object: { kind: 'site', id: site.id, label: site.name },
    })
  })
}
