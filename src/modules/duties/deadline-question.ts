import { z } from 'zod'
import { fromBeijing, isPlainDate, momentInBeijing, type PlainDate } from '#lib/beijing-time'
import { invalid } from '#lib/errors'
import type { WorkingCalendar } from '#lib/working-days/calendar'
import {
  type ClockEvents,
  type CountedDay,
  dayBefore,
  dueDay,
  hoursAfter,
  type Limit,
} from '#lib/working-days/clock'

const day = (what: string) =>
  z.string(`请填写${what}。`).refine(isPlainDate, `${what}不存在，请写成 2026-03-02 的样子。`)

/** What happened meanwhile; the names are those of the JSON file that the command reads. */
const deadlineEvents = z.strictObject({
  received: day('收到日期').optional(),
  correctionNotified: day('告知补正的日期').nullish(),
  corrected: day('收到补正的日期').nullish(),
  paused: z
    .array(
      z.strictObject({
        from: day('暂停开始的日期'),
        to: day('暂停结束的日期').nullish(),
        why: z.string().max(100).default('征求意见'),
      }),
    )
    .max(50)
    .default([]),
  extendedBy: z
    .int()
    .min(0, '延长的天数不能是负数。')
    .max(20, '延长最多 20 个工作日（R-REQ-23）。')
    .nullish(),
})

export const units = {
  'working-days': '工作日',
  days: '日（自然日）',
  months: '月',
  years: '年',
  hours: '小时',
} as const

export const deadlineQuestion = z.object({
  from: day('起算日期'),
  amount: z.coerce
    .number('期限应是整数。')
    .int('期限应是整数。')
    .min(0, '期限不能是负数。')
    .max(1000, '期限最多 1000。'),
  unit: z.enum(Object.keys(units) as [keyof typeof units]).default('working-days'),
  /** Counted backwards: what must lie so far before the day. */
  before: z.boolean().default(false),
  /** `20:30`; hours are counted from it. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间请写成 20:30 的样子。')
    .optional(),
  events: deadlineEvents.prefault({}),
})
export type DeadlineQuestion = z.output<typeof deadlineQuestion>

export interface DeadlineAnswer {
  /** `2026-03-02`, with hours `2026-03-02 20:30`; null while the clock stands. */
  due: string | null
  provisional: boolean
  explanation: CountedDay[]
}

/** @throws invalid with the reason in plain words when the events contradict each other. */
export function answerDeadline(question: DeadlineQuestion, calendar: WorkingCalendar): DeadlineAnswer {
  const { from, amount, unit } = question
  if (unit === 'hours') return hours(from, question.time ?? '00:00', amount)
  const limit: Limit = { amount, unit, rule: unit === 'working-days' ? 'R-CAL-05' : 'R-CAL-06' }
  if (question.before) return backwards(limit, from, calendar)
  return dueDay(limit, eventsOf(question), calendar)
}

function eventsOf({ from, events }: DeadlineQuestion): ClockEvents {
  const started = events.received ?? from
  const { correctionNotified, corrected, paused, extendedBy } = events
  inOrder(started, correctionNotified, '告知补正的日期早于收到日期，请核对。')
  inOrder(correctionNotified ?? started, corrected, '收到补正的日期早于告知补正的日期，请核对。')
  for (const pause of paused)
    inOrder(pause.from, pause.to, `暂停结束的日期 ${pause.to} 早于开始的日期，请核对。`)
  return {
    started,
    why: '收到之日',
    ...(corrected ? { restarted: [{ on: corrected, why: '收到补正', rule: 'R-REQ-13' }] } : {}),
    ...(correctionNotified && !corrected
      ? { awaiting: { since: correctionNotified, why: '已告知补正', rule: 'R-REQ-12' } }
      : {}),
    paused: paused.map(pause => ({ ...pause, to: pause.to ?? null, rule: 'R-REQ-24' })),
    ...(extendedBy ? { extended: { by: extendedBy, most: 20, why: '延长答复期限', rule: 'R-REQ-23' } } : {}),
  }
}

function inOrder(first: PlainDate, second: PlainDate | null | undefined, message: string): void {
  if (second && second < first) throw invalid('duties.events-out-of-order', message)
}

function backwards(limit: Limit, from: PlainDate, calendar: WorkingCalendar): DeadlineAnswer {
  const due = dayBefore(limit, from, calendar)
  return {
    due,
    provisional: !calendar.settled(due) || !calendar.settled(from),
    explanation: [
      { date: due, counts: true, why: '最迟这一天，遇休息日提前', rule: limit.rule },
      { date: from, counts: false, why: '当日不计', rule: limit.rule },
    ],
  }
}

function hours(from: PlainDate, time: string, amount: number): DeadlineAnswer {
  const start = fromBeijing(`${from} ${time}`)
  if (!start) throw invalid('duties.no-such-moment', '起算的时间不存在，请核对。')
  const due = momentInBeijing(hoursAfter(start, amount))
  return {
    due,
    provisional: false,
    explanation: [
      { date: from, counts: false, why: `${time} 起算`, rule: 'R-CAL-08' },
      { date: due.slice(0, 10), counts: true, why: `${amount} 小时，休息日照算`, rule: 'R-CAL-08' },
    ],
  }
}
