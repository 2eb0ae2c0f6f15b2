import { type Actor, holds, type Role } from '#platform/actor'

const editors: readonly Role[] = ['drafter', 'department-head', 'openness-office', 'general-office']
const reviewers: readonly Role[] = ['secrecy-reviewer', 'openness-office']

/** Whoever writes or reviews for the organ decides about what was found; the reviewer sees every decision. */
export const mayDecideFindings = (actor: Actor, organId?: string) =>
  holds(actor, [...editors, ...reviewers], organId)

/** A word that is blocked stays only when a reviewer says so. */
export const mayKeepWord = (actor: Actor, organId?: string) => holds(actor, reviewers, organId)

/** The text before masking is closed to everybody but those who answer for secrecy and openness. */
export const mayReadOriginal = (actor: Actor, organId?: string) => holds(actor, reviewers, organId)

/** In which organs they decide; the page shows nothing of the others. */
export const decidingReach = (actor: Actor): string[] =>
  actor.kind === 'staff'
    ? [
        ...new Set(
          actor.posts
            .filter(post => [...editors, ...reviewers].includes(post.role))
            .flatMap(post => [...post.reach]),
        ),
      ]
    : []
