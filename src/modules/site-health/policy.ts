import { type Actor, holds } from '#platform/actor'

/** Those who look after the site and its columns see how it stands. */
export const mayReadHealth = (actor: Actor, siteOrganId?: string) =>
  holds(actor, ['openness-office', 'general-office', 'system-administrator'], siteOrganId)

/** Saying why a fault stays for now, and whether other sites are asked. */
export const mayKeepHealth = (actor: Actor, siteOrganId?: string) =>
  holds(actor, 'openness-office', siteOrganId)
