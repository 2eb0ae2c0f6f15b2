import { type Actor, holds } from '#platform/actor'

/** The trail is read by the audit administrator alone: who gives rights does not judge their use (S-SEC-06). */
export const mayReadAudit = (actor: Actor) => holds(actor, 'audit-administrator')
