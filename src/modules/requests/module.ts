import type { Module } from '#platform/module'
import { routes as applicant } from './desk/applicant.page.tsx'
import { routes as newRequest } from './desk/new-request.page.tsx'
import { routes as requestPage } from './desk/request.page.tsx'
import { routes as queue } from './desk/requests.page.tsx'
import { forgetOldTries } from './jobs/forget-tries.job.ts'
import { countWaiting } from './list-queries.ts'
import { mayReadRequests, reachOf } from './policy.ts'
import { routes as apply } from './public/apply.page.tsx'
import { routes as intro } from './public/requests.page.tsx'
import { routes as track } from './public/track.page.tsx'

export const requests: Module = {
  name: 'requests',
  publicRoutes: [...intro, ...apply, ...track],
  deskRoutes: [...queue, ...newRequest, ...requestPage, ...applicant],
  jobs: [forgetOldTries],
  menu: [
    {
      group: 'duties',
      label: '依申请公开',
      href: '/requests',
      order: 8,
      may: mayReadRequests,
      waiting: ctx => countWaiting(ctx.db, reachOf(ctx.actor), ctx.clock.today()),
    },
  ],
}
