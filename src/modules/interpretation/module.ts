import type { Module } from '#platform/module'
import { routes as deskPlan } from './desk/plan.page.tsx'
import { routes as deskPlans } from './desk/plans.page.tsx'
import { routes as deskRating } from './desk/rating.page.tsx'
import { routes as deskRatings } from './desk/ratings.page.tsx'
import { routes as deskSelection } from './desk/selection.page.tsx'
import { routes as deskSelections } from './desk/selections.page.tsx'
import { forgetReadersOfYesterday } from './jobs/forget-readers.job.ts'
import { mayReadPlans, mayReadRatings } from './policy.ts'
import { routes as interpretations } from './public/interpretations.page.tsx'
import { routes as leaders } from './public/leaders.page.tsx'
import { routes as rating } from './public/rating.page.tsx'
import { routes as selections } from './public/selections.page.tsx'
import { record } from './record.ts'

/** Interpretations stand behind the policies' door. */
export const interpretation: Module = {
  name: 'interpretation',
  publicRoutes: [...interpretations, ...leaders, ...selections, ...rating],
  deskRoutes: [...deskPlans, ...deskPlan, ...deskRatings, ...deskRating, ...deskSelections, ...deskSelection],
  menu: [
    { group: 'publishing', label: '解读方案', href: '/interpretation-plans', order: 12, may: mayReadPlans },
    {
      group: 'publishing',
      label: '解读评价',
      href: '/interpretation-ratings',
      order: 46,
      may: mayReadRatings,
    },
    { group: 'publishing', label: '优秀解读评选', href: '/selections', order: 47, may: mayReadRatings },
  ],
  jobs: [forgetReadersOfYesterday],
  record,
}
