import { dateInBeijing, fromBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'
import type { WorkingCalendar } from '#lib/working-days/calendar'
import { type ClockEvents, type CountedDay, dueDay, hoursAfter, type Limit } from '#lib/working-days/clock'

/** The fields of openness under which the board shows duties. */
export const domains = {
  proactive: '主动公开',
  interpretation: '政策解读',
  requests: '依申请公开',
  participation: '决策与参与',
  response: '回应关切',
  supervision: '监督保障',
} as const
export type Domain = keyof typeof domains

/** By when: so many units from the start, or a fixed day. */
export type DutyLimit = { amount: number; unit: Limit['unit'] | 'hours' } | { fixedOn: PlainDate }

/** What happened to the clock since it was started. */
export type DutyEvents = Omit<ClockEvents, 'started' | 'why'>

export interface DutyClock {
  rule: string
  limit: DutyLimit
  startedAt: Date
  events: DutyEvents
}

export interface Reckoning {
  dueOn: PlainDate | null
  /** The instant from which it is late. */
  dueAt: Date | null
  provisional: boolean
  explanation: CountedDay[]
}

/** The due moment and the arithmetic; days are due until their end in Beijing. */
export function reckon(clock: DutyClock, calendar: WorkingCalendar): Reckoning {
  const { limit, startedAt, rule } = clock
  if ('fixedOn' in limit) {
    const day = { date: limit.fixedOn, counts: true, why: '规定的日期', rule }
    return due(limit.fixedOn, !calendar.settled(limit.fixedOn), [day])
  }
  const started = dateInBeijing(startedAt)
  const { amount, unit } = limit
  if (unit === 'hours') {
    const at = hoursAfter(startedAt, amount)
    const why = `${amount} 小时，休息日照算`
    const explanation = [
      { date: started, counts: false, why: '起算', rule },
      { date: dateInBeijing(at), counts: true, why, rule: 'R-CAL-08' },
    ]
    // Due at midnight is due on the day that ends then, as with days
    const dueOn = dateInBeijing(new Date(at.getTime() - 1))
    return { dueOn, dueAt: at, provisional: false, explanation }
  }
  const found = dueDay({ amount, unit, rule }, { started, ...clock.events }, calendar)
  if (found.due === null)
    return { dueOn: null, dueAt: null, provisional: found.provisional, explanation: found.explanation }
  return due(found.due, found.provisional, found.explanation)
}

function due(day: PlainDate, provisional: boolean, explanation: CountedDay[]): Reckoning {
  const start = fromBeijing(day)
  return { dueOn: day, dueAt: start && nextMidnight(start), provisional, explanation }
}

export const standings = {
  late: '逾期',
  today: '今天到期',
  soon: '即将到期',
  coming: '进行中',
  standing: '期限暂停',
  met: '按时完成',
  'met-late': '逾期完成',
  waived: '免除',
} as const
export type Standing = keyof typeof standings

const soonDays = 7

/** How a duty stands at an instant; derived, never stored. */
export function standingOf(
  duty: { dueAt: Date | null; dueOn: PlainDate | null; metAt: Date | null; waivedAt: Date | null },
  now: Date,
): Standing {
  if (duty.waivedAt) return 'waived'
  if (duty.metAt) return duty.dueAt && duty.metAt >= duty.dueAt ? 'met-late' : 'met'
  if (!duty.dueAt || !duty.dueOn) return 'standing'
  if (duty.dueAt <= now) return 'late'
  if (duty.dueOn === dateInBeijing(now)) return 'today'
  return duty.dueAt.getTime() - now.getTime() <= soonDays * 86_400_000 ? 'soon' : 'coming'
}

/** What shows duties of a site is made anew when one of them opens or ends. */
export const dutiesTag = (siteId: string) => `duties:${siteId}`
