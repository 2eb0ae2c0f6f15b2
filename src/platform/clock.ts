import { dateInBeijing, type PlainDate } from '#lib/beijing-time'

/** The only source of “now”, so that a test can stand on any day. */
export interface Clock {
  now(): Date
  today(): PlainDate
}

export const systemClock: Clock = clockAt(() => new Date())

export function clockAt(now: () => Date): Clock {
  return { now, today: () => dateInBeijing(now()) }
}
