import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Incoming } from '#platform/http/route'
import { addressSubject, nameSubject } from '../lock-out.ts'
import { sessionCookie } from '../login.ts'
import { clearFailures, giveAttemptBack } from '../login-queries.ts'
import { endSessionByToken, stampSession } from '../session-queries.ts'
import type { StaffAccount } from '../staff.ts'
import { changeStaff, lockStaffRow } from '../staff-queries.ts'

/**
 * Turns the session that the library made into one of ours: with our clock's times and the address, the former one of this
 * browser ended, the failures forgotten. Null, and the session ended, when the account may not log in.
 */
export async function openSession(
  ctx: Context,
  staffId: string,
  token: string,
  incoming: Pick<Incoming, 'ip' | 'headers' | 'cookies'>,
): Promise<StaffAccount | null> {
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, staffId)
    if (staff.state !== 'active') {
      await endSessionByToken(db, token, 'state', now)
      return null
    }
    const former = incoming.cookies[sessionCookie]
    if (former) await endSessionByToken(db, former.slice(0, former.lastIndexOf('.')), 'logout', now)
    await stampSession(db, token, {
      at: now,
      ip: incoming.ip,
      userAgent: String(incoming.headers['user-agent'] ?? ''),
    })
    await clearFailures(db, nameSubject(staff.username))
    await giveAttemptBack(db, addressSubject(incoming.ip))
    await changeStaff(db, staffId, { lastLoginAt: now }, now)
    const actor = {
      kind: 'staff',
      id: staff.id,
      name: staff.name,
      organId: staff.organId,
      posts: [],
    } as const
    await recordAct(
      db,
      { actor, clock: ctx.clock, ip: incoming.ip },
      {
        act: 'people.sign-in',
        sentence: '登录工作台',
        object: { kind: 'staff', id: staff.id, label: staff.name },
      },
    )
    return { ...staff, lastLoginAt: now }
  })
}
