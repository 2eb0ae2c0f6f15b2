import type { Module } from '#platform/module'
import { type Reach, usualReach } from './actions/look.ts'
import { feedRoutes } from './desk/feed.page.tsx'
import { routes as feedsDesk } from './desk/feeds.page.tsx'
import { repostRoutes } from './desk/repost.page.tsx'
import { routes as repostsDesk } from './desk/reposts.page.tsx'
import { readFeeds } from './jobs/read-feeds.job.ts'
import { settleRepostDrafts } from './jobs/settle-drafts.job.ts'
import { mayReadReposts } from './policy.ts'

/** @param reach how other sites are asked; a test speaks to its own machine */
export const repostsWith = (reach: Reach): Module => ({
  name: 'reposts',
  deskRoutes: [...repostsDesk, ...feedsDesk, ...feedRoutes(reach), ...repostRoutes(reach)],
  menu: [{ group: 'publishing', label: '转载', href: '/reposts', order: 35, may: mayReadReposts }],
  jobs: [readFeeds, settleRepostDrafts],
})

export const reposts = repostsWith(usualReach)
