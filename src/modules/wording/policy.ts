import { type Actor, holds } from '#platform/actor'

/** Those who look after the sites and their columns see which words are looked for. */
export const mayReadWords = (actor: Actor) =>
  holds(actor, ['openness-office', 'general-office', 'system-administrator'])

/** The lists hold for all sites of the house. */
export const mayKeepWords = (actor: Actor) => holds(actor, 'openness-office')
