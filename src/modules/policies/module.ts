import { countPublic, mayReadPublications } from '#modules/publications'
import type { Module } from '#platform/module'
import type { FileStorage } from '#platform/storage/storage'
import { importCommand } from './commands/import.command.ts'
import { importRunRoutes } from './desk/import-run.page.tsx'
import { importUploadRoutes } from './desk/import-upload.page.tsx'
import { routes as imports } from './desk/imports.page.tsx'
import { newImportRoutes } from './desk/new-import.page.tsx'
import { goOnWithImports } from './jobs/go-on-with-imports.job.ts'
import { policyKinds } from './kinds.ts'
import { routes as policyLibrary } from './public/policy-library.page.tsx'

export const policies: Module = {
  name: 'policies',
  publicRoutes: [...policyLibrary],
  deskRoutes: [...imports],
  menu: [{ group: 'publishing', label: '历史导入', href: '/imports', order: 20, may: mayReadPublications }],
  commands: [importCommand],
  doors: [
    {
      key: 'policies',
      label: '政策',
      section: '政策文件库',
      href: '/policies',
      order: 30,
      opens: async ctx =>
        (await countPublic(ctx.db, ctx.clock.now(), { siteId: ctx.site.id, kinds: policyKinds })) > 0,
    },
  ],
}

/** The import from the desk: needs to be told where bytes lie. */
export const importDesk = (storage: FileStorage): Module => ({
  name: 'policies import',
  deskRoutes: [...newImportRoutes(storage), ...importUploadRoutes(storage), ...importRunRoutes(storage)],
  jobs: [goOnWithImports(storage)],
})
