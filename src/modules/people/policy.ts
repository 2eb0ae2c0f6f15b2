import { type Actor, holds, type Staff } from '#platform/actor'

/** Accounts are made and kept by the system administrator of the organ or of one above. */
export const mayKeepAccounts = (actor: Actor, organId?: string) =>
  holds(actor, 'system-administrator', organId)

/** Rights, unlocking and resets belong to the security administrator, so that nobody makes an account and its rights alone. */
export const mayGiveRights = (actor: Actor, organId?: string) =>
  holds(actor, 'security-administrator', organId)

export const mayReadPeople = (actor: Actor) => mayKeepAccounts(actor) || mayGiveRights(actor)
export const mayReadPerson = (actor: Actor, organId: string) =>
  mayKeepAccounts(actor, organId) || mayGiveRights(actor, organId)

/** Locking only takes away, so either of the two may; unlocking gives. */
export const mayLock = (actor: Actor, staff: { id: string; organId: string }) =>
  mayReadPerson(actor, staff.organId) && !(actor.kind === 'staff' && actor.id === staff.id)

/** The rules of login hold for the whole installation, so it takes a security administrator at its top. */
export const mayChangeLoginRules = (actor: Actor, rootOrganIds: readonly string[]) =>
  mayGiveRights(actor) && rootOrganIds.every(id => mayGiveRights(actor, id))

/** One's own absence, or anybody's for the security administrator. */
export const mayMakeDeputy = (actor: Actor, absent: { id: string; organId: string }) =>
  (actor.kind === 'staff' && actor.id === absent.id) || mayGiveRights(actor, absent.organId)

/** Everybody keeps the own account. */
export const mayUseDesk = (actor: Staff) => actor.kind === 'staff'

/** Organs that an administrator looks after. */
export function keptOrgans(actor: Staff): string[] {
  const kept = actor.posts.filter(
    post => post.role === 'system-administrator' || post.role === 'security-administrator',
  )
  return [...new Set(kept.flatMap(post => post.reach))]
}
