import { type Actor, holds, type Role } from '#platform/actor'

const keepers: readonly Role[] = ['drafter', 'openness-office']

/** Those who write for an organ add for it. Without an organ: whether to offer the page at all. */
export const mayAdd = (actor: Actor, organId?: string) => holds(actor, keepers, organId)
