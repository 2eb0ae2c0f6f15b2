import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { nameSubject } from '../lock-out.ts'
import { clearCodeFailures, clearFailures } from '../login-queries.ts'
import { mayGiveRights, mayLock } from '../policy.ts'
import { listPosts } from '../post-queries.ts'
import { endSessions } from '../session-queries.ts'
import { changeStaff, lockStaffRow } from '../staff-queries.ts'
import { mustNotBeLastAdministrator } from './must-not-be-last-administrator.ts'

export const lockStaffInput = z.object({
  reason: z.string().trim().min(1, '请写明锁定的原因，以后查得到。').max(200, '原因最多200个字。'),
})

/** Locks an account: it is out at once, everywhere. */
export async function lockStaff(
  ctx: Context,
  staffId: string,
  { reason }: z.output<typeof lockStaffInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, staffId)
    permit(mayLock(ctx.actor, staff), 'people.may-not-lock')
    if (staff.state !== 'active')
      throw conflict('people.not-active', `${staff.name}的账号不在使用中，不用锁定。`)
    const posts = await listPosts(db, staffId, ctx.clock.today())
    const held = posts.map(post => post.role)
    await mustNotBeLastAdministrator(db, staff, held, ctx.clock.today())
    await changeStaff(db, staffId, { state: 'locked', stateReason: reason }, ctx.clock.now())
    await endSessions(db, staffId, 'state', ctx.clock.now())
    await recordAct(db, ctx, {
      act: 'people.lock-staff',
      sentence: `锁定“${staff.name}”的账号：${reason}`,
      object: { kind: 'staff', id: staffId, label: staff.name },
    })
  })
}

/** Takes back a lock, whether set by an administrator or by too many failed logins. */
export async function unlockStaff(ctx: Context, staffId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, staffId)
    permit(mayGiveRights(ctx.actor, staff.organId), 'people.may-not-unlock')
    if (staff.state === 'left') throw conflict('people.has-left', `${staff.name}已经离岗，账号不能再启用。`)
    await changeStaff(db, staffId, { state: 'active', stateReason: null }, ctx.clock.now())
    await clearFailures(db, nameSubject(staff.username))
    await clearCodeFailures(db, staffId)
    await recordAct(db, ctx, {
      act: 'people.unlock-staff',
      sentence: `解锁“${staff.name}”的账号`,
      object: { kind: 'staff', id: staffId, label: staff.name },
    })
  })
}
