import type { PlainDate } from '#lib/beijing-time'
import type { WorkingCalendar } from '#lib/working-days/calendar'
import { type ClockEvents, type DueDay, dueDay, type Limit, type Pause } from '#lib/working-days/clock'
import type { Channel } from './request.ts'

/** Periods that the 条例 and 109号 fix. */
const wd = (amount: number, rule: string): Limit => ({ amount, unit: 'working-days', rule })
export const limits = {
  answer: wd(20, 'R-REQ-22'),
  correctionNotice: wd(7, 'R-REQ-12'),
  thirdParty: wd(15, 'R-REQ-18'),
  coMaker: wd(15, 'R-REQ-20'),
  payment: wd(20, 'R-FEE-07'),
} as const
/** An extension is at most as long again, and comes once (R-REQ-23). */
export const extensionMost = 20

/** Which day is 收到申请之日, by the way it came (条例 Art. 31). */
export const receiptRules: Readonly<
  Record<Channel, { needsConfirmation: boolean; rule: string; words: string }>
> = {
  counter: { needsConfirmation: false, rule: 'R-REQ-06', words: '当面提交的，以提交之日为收到申请之日' },
  oral: {
    needsConfirmation: false,
    rule: 'R-REQ-06',
    words: '当面口头提出、由工作人员代填的，以提出之日为收到申请之日',
  },
  'registered-mail': {
    needsConfirmation: false,
    rule: 'R-REQ-07',
    words: '以需要签收的邮寄方式提交的，以行政机关签收之日为收到申请之日',
  },
  'ordinary-mail': {
    needsConfirmation: true,
    rule: 'R-REQ-08',
    words:
      '以平常信函等无需签收的方式提交的，工作机构应当在收到信函的当日与申请人确认，确认之日为收到申请之日',
  },
  internet: {
    needsConfirmation: true,
    rule: 'R-REQ-09',
    words: '通过互联网渠道提交的，以双方确认之日为收到申请之日',
  },
  fax: {
    needsConfirmation: true,
    rule: 'R-REQ-09',
    words: '通过工作机构的传真提交的，以双方确认之日为收到申请之日',
  },
}

/** Whom the office asks, and what silence means (R-REQ-19, 20: opposite for third party and co-maker). */
export const consultees = {
  'third-party': {
    label: '第三方',
    limit: limits.thirdParty,
    silence: '第三方逾期未提出意见的，由本机关依照条例决定是否公开',
    silentMeans: 'office-decides',
    why: '征求第三方意见',
    article: '条例第三十二条、第三十三条第三款',
  },
  'co-maker': {
    label: '共同制作机关',
    limit: limits.coMaker,
    silence: '共同制作机关逾期未提出意见的，视为同意公开',
    silentMeans: 'consent',
    why: '征求共同制作机关意见',
    article: '条例第三十四条、第三十三条第三款',
  },
  'other-organ': {
    label: '其他机关',
    limit: null,
    silence: '其他机关没有答复的，由本机关依照条例决定',
    silentMeans: 'office-decides',
    why: '征求其他机关意见',
    article: '条例第三十三条第三款',
  },
} as const
export type Consultee = keyof typeof consultees
export const consulteeNames = Object.keys(consultees) as [Consultee, ...Consultee[]]

/** Somebody was asked; `receivedOn`: when the letter reached them, from which their own period runs. */
export interface Consultation {
  consultee: Consultee
  sentOn: PlainDate
  receivedOn: PlainDate | null
  /** The reply came, or silence was recorded. */
  endedOn: PlainDate | null
}

/** All that bears on the clock of one request. */
export interface ClockFacts {
  receivedOn: PlainDate
  correctionAskedOn: PlainDate | null
  correctedOn: PlainDate | null
  consultations: readonly Consultation[]
  feeNotifiedOn: PlainDate | null
  paidOn: PlainDate | null
  extendedBy: number
}

/** The last day on which who was asked can still answer; null while it is not known when the letter reached them. */
export function consultationEnds(asked: Consultation, calendar: WorkingCalendar): PlainDate | null {
  const { limit } = consultees[asked.consultee]
  if (!limit || asked.receivedOn === null) return null
  return dueDay(limit, { started: asked.receivedOn }, calendar).due
}

/**
 * Not counted: working days after the letter was sent, up to the day of the reply or the end of the period of whoever was asked,
 * whichever is earlier (R-REQ-24, 25). The clock does not wait for a silence to be written down.
 */
function pauseOf(asked: Consultation, calendar: WorkingCalendar): Pause {
  const ends = consultationEnds(asked, calendar)
  const { endedOn, sentOn } = asked
  const to = endedOn !== null && ends !== null ? (endedOn < ends ? endedOn : ends) : (endedOn ?? ends)
  return { from: sentOn, to, why: consultees[asked.consultee].why, rule: 'R-REQ-24' }
}

/** What happened to the clock, for the duty and for the arithmetic. */
export function clockEvents(
  facts: ClockFacts,
  calendar: WorkingCalendar,
): Omit<ClockEvents, 'started' | 'why'> {
  const { correctionAskedOn, correctedOn, feeNotifiedOn, paidOn, extendedBy } = facts
  const restarted = [
    ...(correctedOn ? [{ on: correctedOn, why: '收到补正的申请', rule: 'R-REQ-13' }] : []),
    ...(paidOn ? [{ on: paidOn, why: '申请人完成缴费', rule: 'R-FEE-08' }] : []),
  ]
  const awaiting =
    feeNotifiedOn && !paidOn
      ? { since: feeNotifiedOn, why: '已通知缴费', rule: 'R-FEE-08' }
      : correctionAskedOn && !correctedOn
        ? { since: correctionAskedOn, why: '已告知补正', rule: 'R-REQ-13' }
        : undefined
  return {
    ...(restarted.length > 0 && { restarted }),
    ...(awaiting && { awaiting }),
    ...(facts.consultations.length > 0 && {
      paused: facts.consultations.map(asked => pauseOf(asked, calendar)),
    }),
    ...(extendedBy > 0 && {
      extended: { by: extendedBy, most: extensionMost, why: '延长答复', rule: 'R-REQ-23' },
    }),
  }
}

/** The day by which the answer is due, with its arithmetic (条例 Art. 33). */
export const answerDue = (facts: ClockFacts, calendar: WorkingCalendar): DueDay =>
  dueDay(
    limits.answer,
    { started: facts.receivedOn, why: '收到申请', ...clockEvents(facts, calendar) },
    calendar,
  )

/**
 * The day that an applicant may expect before the office has confirmed: as though it confirmed within its period (R-REQ-11).
 * Always provisional.
 */
export function expectedDue(
  submittedOn: PlainDate,
  confirmWithin: number,
  calendar: WorkingCalendar,
): DueDay {
  const confirmed =
    dueDay(wd(confirmWithin, 'R-REQ-11'), { started: submittedOn }, calendar).due ?? submittedOn
  const due = dueDay(limits.answer, { started: confirmed, why: '预计双方确认收到' }, calendar)
  return { ...due, provisional: true }
}

/** The last day for the one notice of correction (R-REQ-12). */
export const lastDayOfCorrectionNotice = (receivedOn: PlainDate, calendar: WorkingCalendar): PlainDate =>
  dueDay(limits.correctionNotice, { started: receivedOn }, calendar).due ?? receivedOn

/** The last day of a period that an applicant was given, in working days after the notice reached them. */
export const periodEnds = (
  from: PlainDate,
  days: number,
  rule: string,
  calendar: WorkingCalendar,
): PlainDate => dueDay(wd(days, rule), { started: from }, calendar).due ?? from
