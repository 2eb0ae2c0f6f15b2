import { verifyPassword } from 'better-auth/crypto'
import { recordAct } from '#modules/audit'
import type { Staff } from '#platform/actor'
import type { Context } from '#platform/context'
import { nameSubject } from '../lock-out.ts'
import { clearFailures, findPasswordHash, takeAttempt } from '../login-queries.ts'
import { getStaff } from '../staff-queries.ts'
import { lockedMessage } from './sign-in.ts'

/**
 * Asks for the password again before an act on the own account. It counts like a login: a session that was left open must not
 * become a way to guess. Gives back what is wrong, else null.
 */
export async function checkOwnPassword(
  ctx: Context & { actor: Staff },
  password: string,
): Promise<string | null> {
  const staff = await getStaff(ctx.db, ctx.actor.id)
  const subject = nameSubject(staff.username)
  const lockedUntil = await takeAttempt(ctx.db, 'name', subject, ctx.clock.now())
  if (lockedUntil) return lockedMessage(lockedUntil)
  const hash = await findPasswordHash(ctx.db, staff.id)
  if (hash !== null && (await verifyPassword({ hash, password }))) {
    await clearFailures(ctx.db, subject)
    return null
  }
  await recordAct(ctx.db, ctx, {
    act: 'people.check-own-password',
    sentence: '修改自己的账号时，登录密码没有填对',
    outcome: 'refused',
    object: { kind: 'staff', id: staff.id, label: staff.name },
  })
  return '登录密码不对。请重新填写。'
}
