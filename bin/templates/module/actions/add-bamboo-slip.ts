import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { getOrgan, mustStand } from '#modules/organisations'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { recordHallTag } from '../bamboo-slip.ts'
import { mayAdd } from '../policy.ts'
import { insertBambooSlip } from '../queries.ts'

const day = (name: string) => z.string().refine(isPlainDate, `${name}要写成 2026-11-23 这样的日期。`)

export const addBambooSlipInput = z
  .object({
    organId: z.uuid('请选择机构。'),
    title: z.string().trim().min(1, '请填写标题。').max(200, '标题最多200个字，请缩短。'),
    opensOn: day('开始日期'),
    closesOn: z.preprocess(blankAsNull, day('结束日期').nullable()).default(null),
    formKey: z.preprocess(blankAsNull, z.uuid().nullable()).default(null),
  })
  .refine(({ opensOn, closesOn }) => closesOn === null || opensOn <= closesOn, {
    path: ['closesOn'],
    error: '结束日期早于开始日期，请核对这两个日期。',
  })
export type AddBambooSlip = z.output<typeof addBambooSlipInput>

/** Adds one in the name of an organ; the same form sent twice adds one. */
export async function addBambooSlip(ctx: Context, input: AddBambooSlip): Promise<void> {
  permit(mayAdd(ctx.actor, input.organId), 'record-hall.may-not-add')
  await inTransaction(ctx.db, async db => {
    mustStand(await getOrgan(db, input.organId), ctx.clock.today())
    const id = uuidv7()
    const by = { createdBy: actorName(ctx.actor), createdAt: ctx.clock.now() }
    if (!(await insertBambooSlip(db, { id, ...input, ...by }))) return
    await recordAct(db, ctx, {
      act: 'record-hall.add-bamboo-slip',
      sentence: `新增竹简“${input.title}”`,
      object: { kind: 'bamboo-slip', id, label: input.title },
    })
    await announceChange(db, [recordHallTag])
  })
}
