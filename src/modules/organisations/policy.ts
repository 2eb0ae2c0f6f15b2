import { type Actor, holds, type Post } from '#platform/actor'

/** Who may change organs and sites. Everybody on the desk may read them. Each act asks again for its own organ. */

/** Where an organ stands: itself and the ids of all organs above. `null` for what has no organ above it yet. */
export interface Place {
  id: string
  above: readonly string[]
}

/** A new organ is put under one that the system administrator looks after; a new root, by one who looks after a root. */
export function mayCreateOrgan(actor: Actor, parentId: string | null, roots: readonly string[]): boolean {
  return parentId === null
    ? holds(actor, 'system-administrator') && (actor.kind === 'system' || reaches(actor, roots))
    : holds(actor, 'system-administrator', parentId)
}

export function mayEditOrgan(actor: Actor, organId: string): boolean {
  return holds(actor, 'system-administrator', organId)
}

/** Both the old home and the new one must be the administrator's. */
export function mayMoveOrgan(
  actor: Actor,
  organId: string,
  parentId: string | null,
  roots: readonly string[],
): boolean {
  return mayEditOrgan(actor, organId) && mayCreateOrgan(actor, parentId, roots)
}

/** It ends one organ and burdens another: both must be the administrator's. */
export function mayRestructure(actor: Actor, organId: string, successorId: string | null): boolean {
  return mayEditOrgan(actor, organId) && (successorId === null || mayEditOrgan(actor, successorId))
}

/** The openness office of the organ or of one above it writes what the organ says of itself. */
export function mayEditProfile(actor: Actor, organ: Place): boolean {
  return (
    holds(actor, 'openness-office', organ.id) ||
    postsOf(actor).some(post => post.role === 'openness-office' && organ.above.includes(post.organId))
  )
}

export function mayEditSite(actor: Actor, organId: string): boolean {
  return holds(actor, 'system-administrator', organId)
}

/** Whether to offer the pages at all; the acts ask for the organ. */
export const mayAdminister = (actor: Actor): boolean => holds(actor, 'system-administrator')
export const mayWriteProfiles = (actor: Actor): boolean => holds(actor, 'openness-office')
export const mayRead = (actor: Actor): boolean => actor.kind !== 'visitor'

function reaches(actor: Actor, organIds: readonly string[]): boolean {
  return organIds.some(id => holds(actor, 'system-administrator', id))
}

function postsOf(actor: Actor): readonly Post[] {
  return actor.kind === 'staff' ? actor.posts : []
}
