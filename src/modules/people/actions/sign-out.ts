import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Incoming } from '#platform/http/route'
import { loginHeaders, loginOver } from '../login.ts'
import { endSessions } from '../session-queries.ts'

/** Ends the session of this browser; without one there is nothing to do. */
export async function signOut(ctx: Context, incoming: Pick<Incoming, 'ip' | 'cookies'>): Promise<void> {
  const login = await loginOver(ctx.db)
  const found = await login.api.getSession({
    headers: loginHeaders(incoming.cookies),
    query: { disableRefresh: true },
  })
  if (!found || found.session.endedAt) return
  await inTransaction(ctx.db, async db => {
    const ended = await endSessions(db, found.user.id, 'logout', ctx.clock.now(), { only: found.session.id })
    if (ended === 0) return
    await recordAct(
      db,
      { ...ctx, ip: incoming.ip },
      {
        act: 'people.sign-out',
        sentence: `“${found.user.name}”退出登录`,
        object: { kind: 'staff', id: found.user.id, label: found.user.name },
      },
    )
  })
}
