import { countPublic } from '#modules/publications'
import type { Module } from '#platform/module'
import { policyKinds } from './kinds.ts'
import { routes as policyLibrary } from './public/policy-library.page.tsx'

export const policies: Module = {
  name: 'policies',
  publicRoutes: [...policyLibrary],
  doors: [
    {
      key: 'policies',
      label: '政策',
      href: '/policies',
      order: 30,
      opens: async ctx =>
        (await countPublic(ctx.db, ctx.clock.now(), { siteId: ctx.site.id, kinds: policyKinds })) > 0,
    },
  ],
}
