import type { Module } from '#platform/module'
import { routes as health } from './desk/health.page.tsx'
import { routes as healthExport } from './desk/health-export.page.ts'
import { checkSites } from './jobs/check-sites.job.ts'
import { recheckWords } from './jobs/recheck-words.job.ts'
import { mayReadHealth } from './policy.ts'

/** @param publicPaths the routes of all modules, by which a link to a page without publications is known to lead somewhere */
export const siteHealthWith = (publicPaths: () => readonly string[]): Module => ({
  name: 'site-health',
  deskRoutes: [...health, ...healthExport],
  menu: [
    { group: 'site', label: '网站健康', href: '/site-health', order: 55, may: actor => mayReadHealth(actor) },
  ],
  jobs: [checkSites(publicPaths), recheckWords],
})
