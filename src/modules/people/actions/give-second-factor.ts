import { generateRandomString, symmetricEncrypt } from 'better-auth/crypto'
import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { makeBackupCodes } from '../login.ts'
import { loginKey } from '../login-key.ts'
import { deleteSecondFactor, insertSecondFactor } from '../login-queries.ts'
import { mayGiveRights } from '../policy.ts'
import { base32 } from '../second-factor.ts'
import { endSessions } from '../session-queries.ts'
import { changeStaff, lockStaffRow } from '../staff-queries.ts'
import { mustHaveRightKey } from './must-have-right-key.ts'

/**
 * Gives a person a second factor ready for use, for the sample's printed logins: the secret to type into an authenticator,
 * and backup codes that work without one.
 */
export async function giveSecondFactor(
  ctx: Context,
  staffId: string,
): Promise<{ secret: string; backupCodes: string[] }> {
  await mustHaveRightKey(ctx.db)
  const key = await loginKey()
  const secret = generateRandomString(32)
  const backupCodes = makeBackupCodes()
  const sealed = await symmetricEncrypt({ key, data: secret })
  const sealedCodes = await symmetricEncrypt({ key, data: JSON.stringify(backupCodes) })
  await inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, staffId)
    permit(mayGiveRights(ctx.actor, staff.organId), 'people.may-not-give-second-factor')
    await deleteSecondFactor(db, staffId)
    await insertSecondFactor(db, { staffId, secret: sealed, backupCodes: sealedCodes })
    await changeStaff(db, staffId, { twoFactorEnabled: true }, ctx.clock.now())
    await recordAct(db, ctx, {
      act: 'people.give-second-factor',
      sentence: `给“${staff.name}”配好验证器`,
      object: { kind: 'staff', id: staffId, label: staff.name },
    })
  })
  return { secret: base32(secret), backupCodes }
}

/** The telephone is lost: the second factor is taken off; the next login asks for a new one where the rules do. */
export async function removeSecondFactor(ctx: Context, staffId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, staffId)
    permit(mayGiveRights(ctx.actor, staff.organId), 'people.may-not-remove-second-factor')
    await deleteSecondFactor(db, staffId)
    await changeStaff(db, staffId, { twoFactorEnabled: false }, ctx.clock.now())
    await endSessions(db, staffId, 'revoked', ctx.clock.now())
    await recordAct(db, ctx, {
      act: 'people.remove-second-factor',
      sentence: `解除“${staff.name}”的验证器，下次登录后重新绑定`,
      object: { kind: 'staff', id: staffId, label: staff.name },
    })
  })
}
