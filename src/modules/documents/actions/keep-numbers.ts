import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayKeepNumbers } from '../policy.ts'

export const familyInput = z.object({
  organId: z.uuid('请选择机构。'),
  code: z
    .string()
    .trim()
    .regex(/^[一-龥]{2,12}$/, '机关代字是 2 至 12 个汉字，例如“云政发”（S-GWG-22）。'),
  about: z.string().trim().max(100).default(''),
})

/** A family of numbers of an organ (R-LET-01). */
export async function addFamily(ctx: Context, input: z.output<typeof familyInput>): Promise<void> {
  permit(mayKeepNumbers(ctx.actor, input.organId), 'documents.may-not-keep-numbers')
  await inTransaction(ctx.db, async db => {
    const done = await db
      .insertInto('letterCodes')
      .values({
        ...input,
        id: uuidv7(),
        changedBy: actorName(ctx.actor),
        changedAt: ctx.clock.now(),
      })
      .onConflict(clash => clash.column('code').doNothing())
      .executeTakeFirst()
    if (done.numInsertedOrUpdatedRows !== 1n)
      throw conflict('documents.family-taken', `机关代字“${input.code}”已经登记过了。`)
    await recordAct(db, ctx, {
      act: 'documents.family-added',
      sentence: `登记机关代字“${input.code}”`,
      object: { kind: 'organ', id: input.organId, label: input.code },
    })
  })
}

export const gapInput = z.object({
  letterCodeId: z.uuid(),
  year: z.coerce.number().int().min(1980).max(2100),
  serial: z.coerce.number().int().min(1).max(99999),
  reason: z.string().trim().min(4, '请说明这个号为什么没有文件。').max(200),
})

/** Why nothing has this number; it will never be given (R-LET-02). */
export async function explainGap(ctx: Context, input: z.output<typeof gapInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const family = await db
      .selectFrom('letterCodes')
      .select(['organId', 'code'])
      .where('id', '=', input.letterCodeId)
      .executeTakeFirst()
    if (!family) throw notFound('documents.unknown-family', '没有这个机关代字。')
    permit(mayKeepNumbers(ctx.actor, family.organId), 'documents.may-not-keep-numbers')
    const { reason, ...numbered } = input
    const docNo = `${family.code}〔${input.year}〕${input.serial}号`
    const done = await db
      .insertInto('letterNumbers')
      .values({
        ...numbered,
        docNo,
        gapReason: reason,
        givenBy: actorName(ctx.actor),
        givenById: actorId(ctx.actor),
        givenAt: ctx.clock.now(),
      })
      .onConflict(clash => clash.doNothing())
      .executeTakeFirst()
    if (done.numInsertedOrUpdatedRows !== 1n)
      throw conflict('documents.number-taken', `${docNo}已经有文件使用，或者已经说明过。`)
    await recordAct(db, ctx, {
      act: 'documents.gap-explained',
      sentence: `说明空号 ${docNo}：${reason}`,
      object: { kind: 'organ', id: family.organId, label: docNo },
    })
  })
}
