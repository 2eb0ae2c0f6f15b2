import { type Actor, holds } from '#platform/actor'

/** Who sees topics on the desk, and prepares them: those who look after the site's content as a whole. */
export const mayEdit = (actor: Actor, siteOrganId?: string) =>
  holds(actor, ['openness-office', 'general-office'], siteOrganId)

/** Opening to the public, ending, opening again. */
export const mayOpen = (actor: Actor, siteOrganId?: string) => holds(actor, 'openness-office', siteOrganId)
