import { type Actor, holds } from '#platform/actor'

/** Who looks after the content of the site sees what higher governments published. */
export const mayReadReposts = (actor: Actor, siteOrganId?: string) =>
  holds(actor, ['drafter', 'department-head', 'openness-office', 'general-office', 'leader'], siteOrganId)

/** A repost begins as a draft: whoever may draft for the organ of the site. */
export const mayRepost = (actor: Actor, siteOrganId?: string) =>
  holds(actor, ['drafter', 'department-head', 'openness-office', 'general-office'], siteOrganId)

/** Not to repost waives a duty, which only the openness office may. */
export const mayDeclineRepost = (actor: Actor, siteOrganId?: string) =>
  holds(actor, 'openness-office', siteOrganId)

/** Whom we watch, and which words make something important, is decided by the openness office. */
export const mayKeepFeeds = (actor: Actor, siteOrganId?: string) =>
  holds(actor, 'openness-office', siteOrganId)
