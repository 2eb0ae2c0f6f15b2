import type { Context } from '#platform/context'
import { withQuery } from '../local-path.ts'
import { getLoginRules } from '../login-queries.ts'
import { needsSecondFactor, passwordIsDue } from '../login-rules.ts'
import { listHeldPosts } from '../post-queries.ts'
import { getStaff } from '../staff-queries.ts'

type Times = Pick<Context, 'db' | 'clock'>

/** Where a person goes who has just logged in: first what the rules ask for, then where they wanted to go. */
export async function nextStep(ctx: Times, staffId: string, wanted: string): Promise<string> {
  const [rules, staff] = await Promise.all([getLoginRules(ctx.db), getStaff(ctx.db, staffId)])
  const on = (page: string) => withQuery(`${page}?first=1`, 'to', wanted)
  if (passwordIsDue(staff, rules, ctx.clock.now())) return on('/account/password')
  if (!staff.twoFactorEnabled && (await mustHaveSecondFactor(ctx, staffId)))
    return on('/account/second-factor')
  return wanted
}

/** Whether the rules leave the person a choice. */
export async function mustHaveSecondFactor(ctx: Times, staffId: string): Promise<boolean> {
  const rules = await getLoginRules(ctx.db)
  const held = await listHeldPosts(ctx.db, staffId, ctx.clock.today())
  return needsSecondFactor(
    rules,
    held.map(each => each.post.role),
  )
}
