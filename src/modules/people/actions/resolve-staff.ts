import { findOrgan, listOrgansBelow } from '#modules/organisations'
import type { Post, Staff } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { Cookie } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { deputySentence } from '../deputy.ts'
import { loginHeaders, loginOver, sessionCookie } from '../login.ts'
import { getLoginRules } from '../login-queries.ts'
import { needsSecondFactor, passwordIsDue, sessionState } from '../login-rules.ts'
import { type HeldPost, listHeldPosts } from '../post-queries.ts'
import { touchSession } from '../session-queries.ts'
import { reachesDown } from '../staff.ts'
import { findStaff } from '../staff-queries.ts'

export interface SignedIn {
  staff: Staff
  sessionId: string
  /** Nothing but `/account/password` and `/logout` is open until the password is changed. */
  mustChangePassword: boolean
  /** Nothing but `/account/second-factor` and `/logout` is open until a second factor is enrolled. */
  mustEnrol: boolean
  cookies?: Cookie[]
}

/**
 * Who sends this request: read from the database each time, so that a lock, a lost role or an ended session counts at once.
 * `expiredStaffId`: the session is over; by time, and then whose it was, so that a form that came late can be kept; null, when
 * it was ended by somebody. Null: nobody is logged in.
 */
export async function resolveStaff(
  ctx: Pick<Context, 'db' | 'clock'>,
  incoming: Pick<Incoming, 'cookies'>,
): Promise<SignedIn | { expiredStaffId: string | null } | null> {
  if (!incoming.cookies[sessionCookie]) return null
  const login = await loginOver(ctx.db)
  const found = await login.api.getSession({
    headers: loginHeaders({ [sessionCookie]: incoming.cookies[sessionCookie] }),
    query: { disableRefresh: true },
  })
  if (!found) return null
  const { startedAt, lastSeenAt, endedAt, id: sessionId } = found.session
  const [rules, account, held] = await Promise.all([
    getLoginRules(ctx.db),
    findStaff(ctx.db, found.user.id),
    listHeldPosts(ctx.db, found.user.id, ctx.clock.today()),
  ])
  if (!startedAt || !lastSeenAt || account?.state !== 'active') return { expiredStaffId: null }

  const now = ctx.clock.now()
  const state = sessionState({ startedAt, lastSeenAt, endedAt: endedAt ?? null }, rules, now)
  if (state !== 'live') return { expiredStaffId: state === 'expired' ? account.id : null }
  if (now.getTime() - lastSeenAt.getTime() >= 60_000) await touchSession(ctx.db, sessionId, now)

  return {
    staff: {
      kind: 'staff',
      id: account.id,
      name: account.name,
      organId: account.organId,
      posts: await withReach(ctx.db, held),
    },
    sessionId,
    mustChangePassword: passwordIsDue(account, rules, now),
    mustEnrol:
      !account.twoFactorEnabled &&
      needsSecondFactor(
        rules,
        held.map(each => each.post.role),
      ),
  }
}

/** The person as an actor, for who acts without a session: tests, and jobs that act for somebody. */
export async function staffActor(ctx: Pick<Context, 'db' | 'clock'>, staffId: string): Promise<Staff | null> {
  const account = await findStaff(ctx.db, staffId)
  if (account?.state !== 'active') return null
  const held = await listHeldPosts(ctx.db, staffId, ctx.clock.today())
  const { id, name, organId } = account
  return { kind: 'staff', id, name, organId, posts: await withReach(ctx.db, held) }
}

async function withReach(db: Database, held: readonly HeldPost[]): Promise<Post[]> {
  const below = new Map<string, string[]>()
  for (const { post } of held) {
    if (!reachesDown(post.role) || below.has(post.organId)) continue
    below.set(post.organId, await organsUnder(db, post.organId))
  }
  return held.map(({ post, deputyFor }) => ({
    role: post.role,
    organId: post.organId,
    reach: (reachesDown(post.role) && below.get(post.organId)) || [post.organId],
    ...(deputyFor === null
      ? {}
      : { deputyFor: deputySentence(deputyFor.name, post.role, deputyFor.untilOn) }),
  }))
}

/** A government's own office acts for its government: what it looks after is everything below that government. */
async function organsUnder(db: Database, organId: string): Promise<string[]> {
  const organ = await findOrgan(db, organId)
  return listOrgansBelow(db, organ?.type === 'office' && organ.parentId ? organ.parentId : organId)
}
