import { type Actor, holds } from '#platform/actor'

/** Who may do what with imports, as sentences. */

/** A run writes for many organs at once: it is the openness office's, or a command's of whoever keeps the server. */
export const mayImport = (actor: Actor) => holds(actor, 'openness-office')

/** Whoever may correct the document may say that a doubt about it is settled. */
export const maySettleDoubts = (actor: Actor, organId?: string) =>
  holds(actor, ['drafter', 'department-head', 'openness-office', 'general-office'], organId)
