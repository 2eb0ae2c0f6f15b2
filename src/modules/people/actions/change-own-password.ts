import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { z } from 'zod'
import type { FormErrors } from '#lib/forms'
import { recordAct } from '#modules/audit'
import type { Staff } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { listFormerPasswords, storePassword } from '../login-queries.ts'
import { longestPassword, passwordFault, rememberedPasswords } from '../password-rules.ts'
import { endSessions } from '../session-queries.ts'
import { changeStaff, getStaff } from '../staff-queries.ts'
import { checkOwnPassword } from './check-own-password.ts'

export const changeOwnPasswordInput = z.object({
  currentPassword: z.string().min(1, '请填写现在的密码。').max(longestPassword),
  newPassword: z.string().min(1, '请填写新密码。').max(longestPassword, `密码最多${longestPassword}个字符。`),
  repeatedPassword: z.string(),
})

/** Sets a password of one's own; other sessions end. Gives back what is wrong, field by field, else null. */
export async function changeOwnPassword(
  ctx: Context & { actor: Staff },
  sessionId: string | undefined,
  input: z.output<typeof changeOwnPasswordInput>,
): Promise<FormErrors | null> {
  const wrong = await checkOwnPassword(ctx, input.currentPassword)
  if (wrong) return { currentPassword: wrong }
  const staff = await getStaff(ctx.db, ctx.actor.id)
  const now = ctx.clock.now()
  const fault = passwordFault(input.newPassword, staff.username)
  if (fault) return { newPassword: fault }
  if (input.newPassword !== input.repeatedPassword) return { repeatedPassword: '两次填写的新密码不一样。' }
  for (const hash of await listFormerPasswords(ctx.db, staff.id, rememberedPasswords)) {
    if (await verifyPassword({ hash, password: input.newPassword })) {
      return { newPassword: `这个密码最近用过。请用一个最近${rememberedPasswords}次没有用过的。` }
    }
  }
  const hash = await hashPassword(input.newPassword)
  await inTransaction(ctx.db, async db => {
    await storePassword(db, staff.id, hash, now, rememberedPasswords)
    await changeStaff(db, staff.id, { mustChangePassword: false, passwordChangedAt: now }, now)
    await endSessions(db, staff.id, 'password', now, { except: sessionId })
    await recordAct(db, ctx, {
      act: 'people.change-own-password',
      sentence: '修改了自己的密码',
      object: { kind: 'staff', id: staff.id, label: staff.name },
    })
  })
  return null
}
