import { type Actor, holds, type Role } from '#platform/actor'

const redactors: readonly Role[] = ['case-officer', 'openness-office']

/** Whoever answers requests for the organ reads the closed original, draws boxes and has the result made. */
export const mayRedact = (actor: Actor, organId?: string) => holds(actor, redactors, organId)

/** In which organs; the list shows nothing of the others. */
export const redactingReach = (actor: Actor): string[] =>
  actor.kind === 'staff'
    ? [...new Set(actor.posts.filter(post => redactors.includes(post.role)).flatMap(post => [...post.reach]))]
    : []
