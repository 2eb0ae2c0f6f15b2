import { countPublic, mayReadPublications } from '#modules/publications'
import type { Module } from '#platform/module'
import { importCommand } from './commands/import.command.ts'
import { routes as importRun } from './desk/import-run.page.tsx'
import { routes as imports } from './desk/imports.page.tsx'
import { policyKinds } from './kinds.ts'
import { routes as policyLibrary } from './public/policy-library.page.tsx'

export const policies: Module = {
  name: 'policies',
  publicRoutes: [...policyLibrary],
  deskRoutes: [...imports, ...importRun],
  menu: [{ label: '历史导入', href: '/imports', order: 20, may: mayReadPublications }],
  commands: [importCommand],
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
