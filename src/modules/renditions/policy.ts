import { type Actor, holds } from '#platform/actor'

/** Those who look after the site see which files could not be made, and have them made again. */
export const mayKeepRenditions = (actor: Actor) =>
  holds(actor, ['openness-office', 'general-office', 'system-administrator'])
