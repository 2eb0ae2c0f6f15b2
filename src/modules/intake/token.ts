import { createHash, randomBytes } from 'node:crypto'
import type { PlainDate } from '#lib/beijing-time'
import type { Staff } from '#platform/actor'

export interface IntakeToken {
  id: string
  organId: string
  name: string
  /** The last characters of the key. */
  ending: string
  expiresOn: PlainDate
  madeBy: string
  madeAt: Date
  lastUsedAt: Date | null
  revokedBy: string | null
  revokedAt: Date | null
}

/** A new key: 256 bits that nobody can guess, with a beginning by which it is known in logs and mails. */
export const newKey = (): string => `mtk_${randomBytes(32).toString('base64url')}`

/** A random key needs no slow digest. */
export const digestOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')

export const whyNotUsable = (token: IntakeToken, today: PlainDate): string | null => {
  if (token.revokedAt) return '这个接入密钥已经停用。请向安全管理员领取新的。'
  return token.expiresOn < today ? `这个接入密钥已于${token.expiresOn}到期。请向安全管理员领取新的。` : null
}

/** As whom a call acts: the office of the organ, under the name of the system. */
export const callerOf = (token: IntakeToken): Staff => ({
  kind: 'staff',
  id: token.id,
  name: `办公系统（${token.name}）`,
  organId: token.organId,
  posts: [{ role: 'general-office', organId: token.organId, reach: [token.organId] }],
})
