import { type Actor, holds } from '#platform/actor'

/** Keys are rights: the security administrator gives and takes them. */
export const mayKeepTokens = (actor: Actor, organId?: string) =>
  holds(actor, 'security-administrator', organId)

/** What came in, and why something did not. */
export const mayReadCalls = (actor: Actor, organId?: string) =>
  holds(actor, ['general-office', 'openness-office', 'security-administrator'], organId)
