import { z } from 'zod'
import { momentInBeijing } from '#lib/beijing-time'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import type { Cookie } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { addressSubject, nameSubject } from '../lock-out.ts'
import { loginCookies, loginHeaders, loginOver, refusalOf } from '../login.ts'
import { giveAttemptBack, takeAttempt } from '../login-queries.ts'
import { longestPassword } from '../password-rules.ts'
import type { StaffAccount } from '../staff.ts'
import { findStaffByUsername } from '../staff-queries.ts'
import { mustHaveRightKey } from './must-have-right-key.ts'
import { openSession } from './open-session.ts'

export const signInInput = z.object({
  username: z.string().trim().min(1, '请填写用户名。').max(64, '用户名没有这么长。'),
  password: z.string().min(1, '请填写密码。').max(longestPassword, `密码最多${longestPassword}个字符。`),
})

export type SignInResult =
  | { step: 'in'; staff: StaffAccount; cookies: Cookie[] }
  | { step: 'code'; cookies: Cookie[] }
  | { step: 'refused'; message: string }

/** One answer for a wrong password, a name that does not exist, and an account that may not log in. */
const wrong = '用户名或密码不对，或者账号已停用。请核对后再试，连续输错5次会暂时锁定。'

export const lockedMessage = (until: Date) =>
  `连续输错次数太多，已暂时锁定。请在 ${momentInBeijing(until)} 之后再试，或请安全管理员解锁。`

/** First step of a login: name and password. The attempt is counted before the password is looked at. */
export async function signIn(
  ctx: Context,
  input: z.output<typeof signInInput>,
  incoming: Pick<Incoming, 'ip' | 'headers' | 'cookies'>,
): Promise<SignInResult> {
  await mustHaveRightKey(ctx.db)
  const now = ctx.clock.now()
  const address = addressSubject(incoming.ip)
  const name = nameSubject(input.username)
  const lockedUntil =
    (await takeAttempt(ctx.db, 'address', address, now)) ?? (await takeAttempt(ctx.db, 'name', name, now))
  if (lockedUntil) return { step: 'refused', message: lockedMessage(lockedUntil) }

  const login = await loginOver(ctx.db)
  const tried = await refusalOf(
    login.api.signInUsername({ body: input, headers: loginHeaders({}), returnHeaders: true }),
  )
  const staff = await findStaffByUsername(ctx.db, input.username)
  if ('refused' in tried || staff === null) return refuse(ctx, incoming.ip, staff)

  const { response, headers } = tried.done
  if (!('token' in response)) {
    if (staff.state !== 'active') return refuse(ctx, incoming.ip, staff)
    await giveAttemptBack(ctx.db, address)
    await giveAttemptBack(ctx.db, name)
    return { step: 'code', cookies: loginCookies(headers) }
  }
  const opened = await openSession(ctx, staff.id, response.token, incoming)
  if (!opened) return refuse(ctx, incoming.ip, staff)
  return { step: 'in', staff: opened, cookies: loginCookies(headers) }
}

/** What was typed for a name that does not exist is not recorded: it may be somebody's password. */
async function refuse(ctx: Context, ip: string, staff: StaffAccount | null): Promise<SignInResult> {
  await recordAct(
    ctx.db,
    { ...ctx, ip },
    {
      act: 'people.sign-in',
      sentence: staff
        ? `登录没有成功：${staff.state === 'active' ? '密码不对' : '账号不在使用中'}`
        : '登录没有成功：没有这个用户名',
      outcome: 'refused',
      ...(staff ? { object: { kind: 'staff', id: staff.id, label: staff.name } } : {}),
    },
  )
  return { step: 'refused', message: wrong }
}
