import type { Role } from '#platform/actor'
import { isAdministrator } from './separation.ts'

/** Who must have a second factor. A real installation: everybody (S-SEC-04); the sample: administrators. */
export const secondFactorRules = {
  everybody: '所有人员',
  administrators: '只要求三类管理员',
  nobody: '不要求',
} as const
export type SecondFactorRule = keyof typeof secondFactorRules

export interface LoginRules {
  secondFactor: SecondFactorRule
  idleMinutes: number
  longestHours: number
  passwordDays: number
}

export function needsSecondFactor(rules: Pick<LoginRules, 'secondFactor'>, held: readonly Role[]): boolean {
  if (rules.secondFactor === 'administrators') return held.some(isAdministrator)
  return rules.secondFactor === 'everybody'
}

/** Whether the password has to be changed before anything else can be done. */
export function passwordIsDue(
  account: { mustChangePassword: boolean; passwordChangedAt: Date },
  rules: Pick<LoginRules, 'passwordDays'>,
  now: Date,
): boolean {
  const age = now.getTime() - account.passwordChangedAt.getTime()
  return account.mustChangePassword || age >= rules.passwordDays * 24 * 3600 * 1000
}

export interface SessionTimes {
  startedAt: Date
  lastSeenAt: Date
  endedAt: Date | null
}

/** `live`; `expired` by time (a form that comes late is kept for its owner); or `ended` by somebody's act. */
export function sessionState(
  session: SessionTimes,
  rules: Pick<LoginRules, 'idleMinutes' | 'longestHours'>,
  now: Date,
): 'live' | 'expired' | 'ended' {
  if (session.endedAt !== null) return 'ended'
  const idle = now.getTime() - session.lastSeenAt.getTime() >= rules.idleMinutes * 60_000
  const long = now.getTime() - session.startedAt.getTime() >= rules.longestHours * 3_600_000
  return idle || long ? 'expired' : 'live'
}
