import { type Actor, holds } from '#platform/actor'

/** Whoever works with publications sees what must be published. */
export const mayReadCatalogue = (actor: Actor) =>
  holds(actor, ['drafter', 'department-head', 'openness-office', 'general-office', 'leader'])

/** What must be published, and what is not, is decided by the openness office of the government (条例 Art. 4, 22). */
export const mayEditCatalogue = (actor: Actor, siteOrganId?: string) =>
  holds(actor, 'openness-office', siteOrganId)

/** Who owes it says what happened and what was published under an item; so may the openness office. */
export const mayRecordUnder = (actor: Actor, organId?: string) =>
  holds(actor, ['drafter', 'department-head', 'openness-office'], organId)
