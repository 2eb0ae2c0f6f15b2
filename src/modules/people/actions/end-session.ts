import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayGiveRights } from '../policy.ts'
import { endSessions } from '../session-queries.ts'
import { getStaff } from '../staff-queries.ts'

/** Ends one session of a person, or all but the one named: one's own, or anybody's for the security administrator. */
export async function endSession(
  ctx: Context,
  staffId: string,
  which: { only: string } | { except: string | undefined },
): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const staff = await getStaff(db, staffId)
    const own = ctx.actor.kind === 'staff' && ctx.actor.id === staffId
    permit(own || mayGiveRights(ctx.actor, staff.organId), 'people.may-not-end-session')
    const ended = await endSessions(db, staffId, 'revoked', ctx.clock.now(), which)
    if (ended > 0) {
      await recordAct(db, ctx, {
        act: 'people.end-session',
        sentence: own ? `结束了自己的${ended}个登录` : `结束了“${staff.name}”的${ended}个登录`,
        object: { kind: 'staff', id: staffId, label: staff.name },
      })
    }
    return ended
  })
}
