import { z } from 'zod'
import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { listOrgans } from '#modules/organisations'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { changeLoginRules } from '../login-queries.ts'
import { type SecondFactorRule, secondFactorRules } from '../login-rules.ts'
import { mayChangeLoginRules } from '../policy.ts'

const minutes = (least: number, most: number, unit: string) =>
  z.coerce
    .number(`请填写数字。`)
    .int('请填写整数。')
    .min(least, `最少${least}${unit}。`)
    .max(most, `最多${most}${unit}。`)

export const changeLoginRulesInput = z.object({
  secondFactor: z.enum(
    Object.keys(secondFactorRules) as [SecondFactorRule, ...SecondFactorRule[]],
    '请选择谁必须使用验证器。',
  ),
  idleMinutes: minutes(5, 240, '分钟'),
  longestHours: minutes(1, 24, '小时'),
  passwordDays: minutes(1, 365, '天'),
})

/** Refuses whoever is not at the top: the rules hold for the whole installation. */
export async function permitLoginRules(ctx: Context): Promise<void> {
  const organs = await listOrgans(ctx.db)
  const roots = organs.filter(organ => organ.parentId === null).map(organ => organ.id)
  permit(
    mayChangeLoginRules(ctx.actor, roots),
    'people.may-not-change-login-rules',
    '登录安全设置对整个平台生效，只有最上级机构的安全管理员能修改。',
  )
}

/** Changes how strict the login is, for everybody from the next request on. */
export async function setLoginRules(
  ctx: Context,
  rules: Partial<z.output<typeof changeLoginRulesInput>>,
): Promise<void> {
  await permitLoginRules(ctx)
  await inTransaction(ctx.db, async db => {
    await changeLoginRules(db, rules, actorName(ctx.actor), ctx.clock.now())
    await recordAct(db, ctx, {
      act: 'people.change-login-rules',
      sentence: '修改登录安全设置',
      object: { kind: 'login-rules', id: 'login-rules', label: '登录安全设置' },
      details: rules,
    })
  })
}

/** `init` asks everybody for a second factor, the sample only administrators. */
export const requireSecondFactor = (
  ctx: Context,
  secondFactor: SecondFactorRule = 'everybody',
): Promise<void> => setLoginRules(ctx, { secondFactor })
