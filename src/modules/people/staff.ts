import { z } from 'zod'
import type { PlainDate } from '#lib/beijing-time'
import { blankAsNull } from '#lib/forms'
import type { Role } from '#platform/actor'

export const staffStates = { active: '在用', locked: '已锁定', left: '已离岗' } as const
export type StaffState = keyof typeof staffStates

/** An account of the desk. */
export interface StaffAccount {
  id: string
  username: string
  name: string
  organId: string
  /** Where reminders go; null: they are read on the desk only. */
  mailAddress: string | null
  state: StaffState
  stateReason: string | null
  leftOn: PlainDate | null
  mustChangePassword: boolean
  passwordChangedAt: Date
  twoFactorEnabled: boolean
  lastLoginAt: Date | null
  createdAt: Date
}

/** A role in an organ, as it is kept. */
export interface StaffPost {
  id: string
  staffId: string
  role: Role
  organId: string
  fromOn: PlainDate
  untilOn: PlainDate | null
  endedAt: Date | null
}

/** Whether the post is held on that day; both days included. */
export function heldOn(post: Pick<StaffPost, 'fromOn' | 'untilOn' | 'endedAt'>, on: PlainDate): boolean {
  return post.endedAt === null && post.fromOn <= on && (post.untilOn === null || on <= post.untilOn)
}

/** Roles whose holder also acts for all organs below the own one. */
const reachingDown: readonly Role[] = [
  'general-office',
  'openness-office',
  'signer',
  'leader',
  'system-administrator',
  'security-administrator',
  'audit-administrator',
]
export const reachesDown = (role: Role): boolean => reachingDown.includes(role)

/** Usernames are typed on every keyboard and read aloud over the phone. */
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{2,31}$/, '用户名用3至32个小写字母、数字、点、横线或下划线，以字母开头。')

export const personName = z
  .string()
  .trim()
  .min(1, '请填写姓名。')
  .max(50, '姓名最多50个字。')
  .regex(/^[\p{L}\p{M}·•.\s-]+$/u, '姓名只能有文字、间隔号和空格。')

/** One address, nothing around it; blank means none. */
export const mailAddress = z.preprocess(
  value => blankAsNull(typeof value === 'string' ? value.trim() : value),
  z
    .email('请填写一个完整的邮箱地址，例如 shenxiaolan@yunxi.example；不用邮箱就留空。')
    .max(254, '邮箱地址太长了。')
    .nullable(),
)
