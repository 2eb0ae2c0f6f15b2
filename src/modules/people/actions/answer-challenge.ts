import { createHash } from 'node:crypto'
import { z } from 'zod'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import { addressSubject } from '../lock-out.ts'
import { challengeCookie, loginCookies, loginHeaders, loginOver, refusalOf } from '../login.ts'
import { findChallenged, takeAttempt, takeCode } from '../login-queries.ts'
import { endSessionByToken } from '../session-queries.ts'
import { findStaff } from '../staff-queries.ts'
import { openSession } from './open-session.ts'
import { lockedMessage, type SignInResult } from './sign-in.ts'

export const answerChallengeInput = z.object({
  code: z
    .string()
    .transform(typed =>
      typed
        .normalize('NFKC')
        .replace(/[\s\-–—]/g, '')
        .toLowerCase(),
    )
    .refine(code => /^(\d{6}|[0-9a-z]{10})$/.test(code), '请填写6位验证码，或10位的备用码。'),
})

export type Answered = SignInResult | { step: 'again'; message: string }

/** Second step of a login: the code of the authenticator, or one of the backup codes. */
export async function answerChallenge(
  ctx: Context,
  { code }: z.output<typeof answerChallengeInput>,
  incoming: Pick<Incoming, 'ip' | 'headers' | 'cookies'>,
): Promise<Answered> {
  const now = ctx.clock.now()
  const challenge = incoming.cookies[challengeCookie]
  if (!challenge) return { step: 'again', message: '登录已过时，请重新填写用户名和密码。' }
  const lockedUntil = await takeAttempt(ctx.db, 'address', addressSubject(incoming.ip), now)
  if (lockedUntil) return { step: 'refused', message: lockedMessage(lockedUntil) }

  const staffId = await findChallenged(ctx.db, challenge.slice(0, challenge.lastIndexOf('.')))
  const login = await loginOver(ctx.db)
  const asked = { headers: loginHeaders({ [challengeCookie]: challenge }), returnHeaders: true } as const
  const byBackupCode = code.length > 6
  const tried = await refusalOf(
    byBackupCode
      ? login.api.verifyBackupCode({ ...asked, body: { code: `${code.slice(0, 5)}-${code.slice(5)}` } })
      : login.api.verifyTOTP({ ...asked, body: { code } }),
  )
  if ('refused' in tried) return refuse(ctx, incoming.ip, staffId, tried.refused)

  const { response, headers } = tried.done
  const { token } = response
  const id = response.user.id
  if (token === undefined) return { step: 'again', message: '登录已过时，请重新填写用户名和密码。' }
  const digest = createHash('sha256').update(`${id} ${code}`).digest('hex')
  if (!byBackupCode && !(await takeCode(ctx.db, id, digest))) {
    await endSessionByToken(ctx.db, token, 'revoked', now)
    return { step: 'again', message: '这个验证码刚刚用过。请重新登录，并等验证器显示下一个验证码。' }
  }
  const staff = await openSession(ctx, id, token, incoming)
  if (!staff) return { step: 'again', message: '账号不在使用中。请联系本单位的安全管理员。' }
  if (byBackupCode) {
    await recordAct(
      ctx.db,
      { ...ctx, ip: incoming.ip },
      {
        act: 'people.use-backup-code',
        sentence: `“${staff.name}”用掉了一个备用码`,
        object: { kind: 'staff', id, label: staff.name },
      },
    )
  }
  return { step: 'in', staff, cookies: loginCookies(headers) }
}

async function refuse(ctx: Context, ip: string, staffId: string | null, why: string): Promise<Answered> {
  const staff = staffId === null ? null : await findStaff(ctx.db, staffId)
  if (staff) {
    await recordAct(
      ctx.db,
      { ...ctx, ip },
      {
        act: 'people.answer-challenge',
        sentence: '登录的第二步没有成功：验证码不对',
        outcome: 'refused',
        object: { kind: 'staff', id: staff.id, label: staff.name },
      },
    )
  }
  if (why === 'INVALID_CODE' || why === 'INVALID_BACKUP_CODE') {
    return { step: 'refused', message: '验证码不对。请核对手机时间是否准确，再填写当前显示的6位数字。' }
  }
  if (why === 'ACCOUNT_TEMPORARILY_LOCKED') {
    return {
      step: 'again',
      message: '验证码连续输错次数太多，已锁定15分钟。请稍后重新登录，或请安全管理员解锁。',
    }
  }
  return { step: 'again', message: '登录已过时，或者输错次数太多。请重新填写用户名和密码。' }
}
