import { mayReadPublications } from '#modules/publications'
import { type Actor, actorId, holds } from '#platform/actor'

/** Who may do what about normative documents, as sentences. `organId` is the organ that makes the document. */
export const mayReadNormative = (actor: Actor) => mayReadPublications(actor)

/** Whoever drafts for an organ answers what a draft is, and hands it in. */
export const mayPrepare = (actor: Actor, organId?: string) =>
  holds(
    actor,
    ['drafter', 'department-head', 'legality-reviewer', 'openness-office', 'general-office'],
    organId,
  )

/** What the answers leave open, the legality officer of the organ decides, or that of the reviewing body. */
export const mayDecideDefinition = (actor: Actor, organIds: readonly string[]) =>
  organIds.some(organId => holds(actor, 'legality-reviewer', organId))

/** The written opinion of the reviewing organ; nobody clears what he himself handed in. */
export const mayGiveOpinion = (actor: Actor, review: { organId: string; askedById: string | null }) =>
  holds(actor, 'legality-reviewer', review.organId) &&
  (actor.kind !== 'staff' || actorId(actor) !== review.askedById)

/** 三统一: the office of the government keeps the register. */
export const mayRegister = (actor: Actor, governmentId?: string) =>
  holds(actor, ['general-office', 'openness-office'], governmentId)

/** The making organ files its document and says what becomes of it when its term ends. */
export const mayFile = (actor: Actor, organId?: string) =>
  holds(actor, ['drafter', 'department-head', 'openness-office', 'general-office'], organId)
export const mayRenew = (actor: Actor, organId?: string) =>
  holds(actor, ['department-head', 'openness-office', 'general-office'], organId)

/** The office that runs a clean-up, confirms and publishes it. */
export const mayRunCleanup = (actor: Actor, organId?: string) =>
  holds(actor, ['general-office', 'openness-office', 'legality-reviewer'], organId)

/** The making organ decides on its documents; so may the office for it. */
export const mayDecideItem = (actor: Actor, organId?: string, officeId?: string) =>
  holds(actor, ['drafter', 'department-head', 'legality-reviewer'], organId) || mayRunCleanup(actor, officeId)

export const maySetNormative = (actor: Actor, governmentId?: string) =>
  holds(actor, ['general-office', 'openness-office'], governmentId)
