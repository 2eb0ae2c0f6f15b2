import { type Actor, actorId, holds, type Role } from '#platform/actor'

const planners: readonly Role[] = ['drafter', 'department-head', 'openness-office', 'general-office']

/** Whoever drafts, reviews or signs policies sees the plans for interpreting them. */
export const mayReadPlans = (actor: Actor) =>
  holds(actor, [...planners, 'signer', 'leader', 'legality-reviewer'])

/** Who drafts interprets (R-INT-03): the organ of the policy plans. */
export const mayPlan = (actor: Actor, organId?: string) => holds(actor, planners, organId)

/** Approved together with the document (R-INT-01), never by the one who wrote the plan last. */
export const mayApprovePlan = (
  actor: Actor,
  plan: { organId: string; changedById: string | null } | undefined = undefined,
) =>
  holds(actor, ['department-head', 'signer', 'leader'], plan?.organId) &&
  (plan === undefined || actor.kind !== 'staff' || actorId(actor) !== plan.changedById)

/** What readers say of interpretations is for those who write and answer for them. */
export const mayReadRatings = (actor: Actor) => holds(actor, [...planners, 'leader'])

/** From how many ratings on readers see figures is set by the site's openness office. */
export const mayKeepRatings = (actor: Actor, siteOrganId?: string) =>
  holds(actor, 'openness-office', siteOrganId)

/** An organ puts up its own interpretations, the openness office any of those it looks after (I4). */
export const mayNominate = (actor: Actor, organId?: string) =>
  holds(actor, ['department-head', 'openness-office'], organId)

/** Opens a round, sets weights, publishes the result. */
export const mayRunSelection = (actor: Actor, siteOrganId?: string) =>
  holds(actor, 'openness-office', siteOrganId)

/** The jury: leaders and heads, never about an interpretation of their own organ. */
export const mayJudge = (actor: Actor, organId?: string) =>
  holds(actor, ['leader', 'department-head', 'general-office', 'openness-office']) &&
  (organId === undefined || actor.kind !== 'staff' || actor.organId !== organId)
