import { z } from 'zod'
import { conflict } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Staff } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Cookie } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { loginCookies, loginHeaders, loginOver, refusalOf } from '../login.ts'
import { longestPassword } from '../password-rules.ts'
import { getStaff } from '../staff-queries.ts'
import { checkOwnPassword } from './check-own-password.ts'
import { mustHaveRightKey } from './must-have-right-key.ts'

type OwnContext = Context & { readonly actor: Staff }
type Cookies = Incoming['cookies']

export const confirmPasswordInput = z.object({
  password: z.string().min(1, '请填写登录密码。').max(longestPassword),
})
export const confirmCodeInput = z.object({
  code: z
    .string()
    .transform(typed => typed.normalize('NFKC').replace(/\s/g, ''))
    .refine(code => /^\d{6}$/.test(code), '请填写验证器上显示的6位数字。'),
})

/** The password was not right; in words for the form. */
export interface Wrong {
  wrong: string
}

export interface Enrolment {
  /** `otpauth://…`: what the QR code says. */
  uri: string
  backupCodes: string[]
}

/** Begins: a new secret and backup codes, which count once a code has shown that the telephone has them. */
export async function beginEnrolment(
  ctx: OwnContext,
  cookies: Cookies,
  password: string,
): Promise<Enrolment | Wrong> {
  await mustHaveRightKey(ctx.db)
  const wrong = await checkOwnPassword(ctx, password)
  if (wrong) return { wrong }
  return inTransaction(ctx.db, async db => {
    const login = await loginOver(db)
    const tried = await refusalOf(
      login.api.enableTwoFactor({ body: { password }, headers: loginHeaders(cookies) }),
    )
    if ('refused' in tried) {
      throw conflict('people.second-factor-on', '已经启用了验证器。要换手机，请先停用，再重新启用。')
    }
    if (!('totpURI' in tried.done)) throw new Error('the login library enrolled something else than TOTP')
    return { uri: tried.done.totpURI, backupCodes: tried.done.backupCodes }
  })
}

/** Confirms with a first code. The session gets a new token; null when the code is wrong. */
export async function confirmEnrolment(
  ctx: OwnContext,
  cookies: Cookies,
  code: string,
): Promise<Cookie[] | null> {
  return inTransaction(ctx.db, async db => {
    if ((await getStaff(db, ctx.actor.id)).twoFactorEnabled) {
      throw conflict('people.second-factor-on', '验证器已经启用，不用再确认。')
    }
    const login = await loginOver(db)
    const tried = await refusalOf(
      login.api.verifyTOTP({ body: { code }, headers: loginHeaders(cookies), returnHeaders: true }),
    )
    if ('refused' in tried) {
      if (tried.refused === 'INVALID_CODE') return null
      throw conflict('people.enrolment-not-begun', '还没有开始启用验证器。请从“我的账号”重新开始。')
    }
    await record(db, ctx, 'people.enrol-second-factor', '启用了验证器（双因素登录）')
    return loginCookies(tried.done.headers)
  })
}

/** New backup codes in place of the old ones. */
export async function renewBackupCodes(
  ctx: OwnContext,
  cookies: Cookies,
  password: string,
): Promise<{ codes: string[] } | Wrong> {
  const wrong = await checkOwnPassword(ctx, password)
  if (wrong) return { wrong }
  return inTransaction(ctx.db, async db => {
    const login = await loginOver(db)
    const tried = await refusalOf(
      login.api.generateBackupCodes({ body: { password }, headers: loginHeaders(cookies) }),
    )
    if ('refused' in tried) {
      throw conflict('people.second-factor-off', '还没有启用验证器，没有备用码可换。')
    }
    await record(db, ctx, 'people.renew-backup-codes', '换了一组新的备用码')
    return { codes: tried.done.backupCodes }
  })
}

/** Turns the own second factor off, to enrol another telephone or where it is not required. */
export async function stopSecondFactor(
  ctx: OwnContext,
  cookies: Cookies,
  password: string,
): Promise<{ cookies: Cookie[] } | Wrong> {
  const wrong = await checkOwnPassword(ctx, password)
  if (wrong) return { wrong }
  return inTransaction(ctx.db, async db => {
    const login = await loginOver(db)
    const tried = await login.api.disableTwoFactor({
      body: { password },
      headers: loginHeaders(cookies),
      returnHeaders: true,
    })
    await record(db, ctx, 'people.stop-second-factor', '停用了验证器（双因素登录）')
    return { cookies: loginCookies(tried.headers) }
  })
}

const record = (db: Context['db'], ctx: OwnContext, act: string, sentence: string) =>
  recordAct(db, ctx, { act, sentence, object: { kind: 'staff', id: ctx.actor.id, label: ctx.actor.name } })
