import { hashPassword } from 'better-auth/crypto'
import { conflict, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { nameSubject } from '../lock-out.ts'
import { clearFailures, storePassword } from '../login-queries.ts'
import { oneTimePassword, rememberedPasswords } from '../password-rules.ts'
import { mayGiveRights } from '../policy.ts'
import { endSessions } from '../session-queries.ts'
import { changeStaff, lockStaffRow } from '../staff-queries.ts'

/** Sets a random password that is shown once and must be changed at the next login; every session ends. */
export async function resetPassword(
  ctx: Context,
  staffId: string,
): Promise<{ username: string; password: string }> {
  const password = oneTimePassword()
  const hash = await hashPassword(password)
  return inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, staffId)
    permit(mayGiveRights(ctx.actor, staff.organId), 'people.may-not-reset-password')
    if (staff.state === 'left') throw conflict('people.has-left', `${staff.name}已经离岗，不能重置密码。`)
    const now = ctx.clock.now()
    await storePassword(db, staffId, hash, now, rememberedPasswords)
    await changeStaff(db, staffId, { mustChangePassword: true, passwordChangedAt: now }, now)
    await endSessions(db, staffId, 'password', now)
    await clearFailures(db, nameSubject(staff.username))
    await recordAct(db, ctx, {
      act: 'people.reset-password',
      sentence: `重置“${staff.name}”的密码`,
      object: { kind: 'staff', id: staffId, label: staff.name },
    })
    return { username: staff.username, password }
  })
}
