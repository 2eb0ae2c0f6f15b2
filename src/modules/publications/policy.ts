import { type Actor, actorId, holds, type Role } from '#platform/actor'

/** Who may do what with a publication, as sentences. `organId` is the organ that owns it. */
const editors: readonly Role[] = ['drafter', 'department-head', 'openness-office', 'general-office']
const reviewers: readonly Role[] = ['secrecy-reviewer', 'openness-office']

/** The organs in which the actor holds one of the roles. */
const reach = (actor: Actor, roles: readonly Role[]): string[] =>
  actor.kind === 'staff'
    ? [...new Set(actor.posts.filter(post => roles.includes(post.role)).flatMap(post => post.reach))]
    : []
export const draftReach = (actor: Actor) => reach(actor, editors)
export const reviewReach = (actor: Actor) => reach(actor, reviewers)

/** Everybody who works with content sees the desk's lists; administrators do not. */
export const mayRead = (actor: Actor) =>
  holds(actor, [...editors, ...reviewers, 'legality-reviewer', 'signer', 'leader'])

export const mayDraft = (actor: Actor, organId?: string) => holds(actor, editors, organId)

/** Who reviews at all, somewhere: the door of the page; which item, is asked by `mayReview`. */
export const isReviewer = (actor: Actor) => holds(actor, reviewers)

/** Nobody clears what he himself wrote last (R-EXC-13). */
export const mayReview = (actor: Actor, item: { organId: string; editedById: string | null }) =>
  holds(actor, reviewers, item.organId) && (actor.kind !== 'staff' || actorId(actor) !== item.editedById)

export const mayWithdraw = (actor: Actor, organId?: string) =>
  holds(actor, ['openness-office', 'department-head'], organId)

/** Whoever places content in columns, or looks after them, sees them. */
export const mayReadColumns = (actor: Actor) => mayRead(actor) || mayManageColumns(actor)

/** Columns belong to the site, and so to its organ's openness office. */
export const mayManageColumns = (actor: Actor, siteOrganId?: string) =>
  holds(actor, ['openness-office', 'system-administrator'], siteOrganId)

/** Whoever may let an edition of the organ out may also open the attachments that came with an import. */
export const mayRelease = (actor: Actor, organId?: string) => holds(actor, reviewers, organId)

/** Who asks that personal data leave what was published, and who, another person, confirms it. */
export const mayErase = (actor: Actor, organId?: string) => holds(actor, 'openness-office', organId)
export const mayConfirmErasure = (actor: Actor, organId?: string) =>
  holds(actor, ['openness-office', 'secrecy-reviewer', 'department-head'], organId)
