import { inChinese, type PlainDate } from '#lib/beijing-time'
import { type Role, roles } from '#platform/actor'

/** Somebody stands in for somebody who is away, in some of that person's posts. */
export interface Deputy {
  id: string
  absentId: string
  deputyId: string
  postIds: string[]
  fromOn: PlainDate
  untilOn: PlainDate
  reason: string
  madeBy: string
  endedAt: Date | null
}

/** Whether the deputy acts on that day; both days included. */
export function standsIn(deputy: Pick<Deputy, 'fromOn' | 'untilOn' | 'endedAt'>, on: PlainDate): boolean {
  return deputy.endedAt === null && deputy.fromOn <= on && on <= deputy.untilOn
}

/** What the deputy reads on every page: `代李敏行使签发人职责，至2026年12月1日`. */
export function deputySentence(absentName: string, role: Role, untilOn: PlainDate): string {
  return `代${absentName}行使${roles[role]}职责，至${inChinese(untilOn)}`
}
