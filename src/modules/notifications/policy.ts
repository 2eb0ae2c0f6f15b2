import { type Actor, holds, type Staff } from '#platform/actor'

/** Everybody at the desk reads the own notifications and says how they come. */
export const mayReadOwn = (actor: Actor): actor is Staff => actor.kind === 'staff'

/** Who keeps the machines running sees which mails were not taken, never what is in them (S-SEC-06). */
export const mayKeepMail = (actor: Actor, organId?: string) => holds(actor, 'system-administrator', organId)

/** When an installation reminds is for those who supervise. */
export const mayChoosePoints = (actor: Actor, siteOrganId?: string) =>
  holds(actor, ['openness-office', 'system-administrator'], siteOrganId)
