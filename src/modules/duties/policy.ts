import { type Actor, holds } from '#platform/actor'

/** Who works with clocks sees the calendar. */
export const mayReadCalendar = (actor: Actor) =>
  holds(actor, [
    'drafter',
    'department-head',
    'openness-office',
    'case-officer',
    'general-office',
    'leader',
  ]) || mayKeepCalendar(actor)

/** A notice moves the days of everybody in its reach: the openness office or the system administrator of that organ. */
export const mayKeepCalendar = (actor: Actor, organId?: string) =>
  holds(actor, ['openness-office', 'system-administrator'], organId)

/** Whoever works for an organ sees its duties; the board shows them to everybody. */
export const dutyReach = (actor: Actor): string[] =>
  actor.kind === 'staff' ? [...new Set(actor.posts.flatMap(post => post.reach))] : []

/** Only the supervising openness office may say that something need not be done; never the one who owes it. */
export const mayWaive = (actor: Actor, organId?: string) => holds(actor, 'openness-office', organId)

/** Whoever works for the organ may say what was done; never a leader or an administrator. */
export const mayReportDone = (actor: Actor, organId?: string) =>
  holds(actor, ['drafter', 'department-head', 'openness-office', 'general-office'], organId)

export const mayUrge = (actor: Actor, organId?: string) =>
  holds(actor, ['openness-office', 'leader'], organId)
