import { countPublic } from '#modules/publications'
import type { Module } from '#platform/module'
import { routes as catalogue } from './desk/catalogue.page.tsx'
import { routes as cleanup } from './desk/cleanup.page.tsx'
import { routes as cleanups } from './desk/cleanups.page.tsx'
import { routes as document } from './desk/document.page.tsx'
import { routes as register } from './desk/register.page.tsx'
import { routes as review } from './desk/review.page.tsx'
import { routes as settings } from './desk/settings.page.tsx'
import { closeCleanups, watchTerms } from './jobs/watch-terms.job.ts'
import { mayReadNormative } from './policy.ts'
import { routes as registerPages } from './public/register.page.tsx'
import { record } from './record.ts'
import { countWaiting } from './waiting.ts'

export const normative: Module = {
  name: 'normative',
  publicRoutes: [...registerPages],
  deskRoutes: [...register, ...catalogue, ...settings, ...document, ...review, ...cleanups, ...cleanup],
  doors: [
    {
      key: 'policies',
      label: '政策',
      section: '规范性文件库',
      href: '/normative',
      order: 31,
      opens: async ctx =>
        (await countPublic(ctx.db, ctx.clock.now(), {
          siteId: ctx.site.id,
          kinds: ['normative-document'],
        })) > 0,
    },
  ],
  menu: [
    {
      group: 'publishing',
      label: '规范性文件',
      href: '/normative',
      order: 14,
      may: mayReadNormative,
      waiting: countWaiting,
    },
  ],
  jobs: [watchTerms, closeCleanups],
  record,
}
