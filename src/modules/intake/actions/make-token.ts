import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { invalid, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayKeepTokens } from '../policy.ts'
import { digestOfKey, newKey } from '../token.ts'

export const makeTokenInput = z.object({
  organId: z.uuid('请选择单位。'),
  name: z.string().trim().min(2, '请填写系统名称。').max(60, '系统名称最多 60 字。'),
  expiresOn: z.string().refine(isPlainDate, '到期日不是存在的日期。'),
})
export type MakeToken = z.output<typeof makeTokenInput>

const longestYears = 3

/** @returns the key, which is told this once. */
export async function makeToken(ctx: Context, input: MakeToken): Promise<{ id: string; key: string }> {
  permit(mayKeepTokens(ctx.actor, input.organId), 'intake.may-not-keep')
  const today = ctx.clock.today()
  if (input.expiresOn <= today) throw invalid('intake.expired', '到期日应在今天以后。')
  if (Number(input.expiresOn.slice(0, 4)) > Number(today.slice(0, 4)) + longestYears)
    throw invalid('intake.too-long', `接入密钥最长 ${longestYears} 年，到期前换发新的。`)
  const key = newKey()
  const id = uuidv7(ctx.clock.now().getTime())
  await inTransaction(ctx.db, async db => {
    await db
      .insertInto('intakeTokens')
      .values({
        id,
        organId: input.organId,
        name: input.name,
        digest: digestOfKey(key),
        ending: key.slice(-4),
        expiresOn: input.expiresOn,
        madeBy: actorName(ctx.actor),
        madeById: actorId(ctx.actor),
        madeAt: ctx.clock.now(),
      })
      .execute()
    await recordAct(db, ctx, {
      act: 'intake.make-token',
      sentence: `发放公文接入密钥“${input.name}”，到期日 ${input.expiresOn}`,
      object: { kind: 'intake-token', id, label: input.name },
    })
  })
  return { id, key }
}
