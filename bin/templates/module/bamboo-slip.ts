import type { PlainDate } from '#lib/beijing-time'

export interface BambooSlip {
  id: string
  organId: string
  title: string
  opensOn: PlainDate
  /** Its last day; null: until further notice. */
  closesOn: PlainDate | null
}

export const states = { ahead: '尚未开始', open: '进行中', closed: '已结束' } as const
export type State = keyof typeof states

/** Open from its first day to its last, both included. */
export function stateOn(days: Pick<BambooSlip, 'opensOn' | 'closesOn'>, on: PlainDate): State {
  if (on < days.opensOn) return 'ahead'
  return days.closesOn !== null && days.closesOn < on ? 'closed' : 'open'
}

/** What cached pages that show them depend on. */
export const recordHallTag = 'record-hall'
