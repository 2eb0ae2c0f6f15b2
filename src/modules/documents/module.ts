import type { Module } from '#platform/module'
import type { FileStorage } from '#platform/storage/storage'
import { routes as document } from './desk/document.page.tsx'
import { routes as documentList } from './desk/documents.page.tsx'
import { routes as newDocument } from './desk/new-document.page.tsx'
import { routes as numbers } from './desk/numbers.page.tsx'
import { routes as received } from './desk/received.page.tsx'
import { routes as settings } from './desk/settings.page.tsx'
import { countMine } from './list-queries.ts'
import { mayKeepNumbers, mayReadDocuments } from './policy.ts'

export const documents: Module = {
  name: 'documents',
  deskRoutes: [...documentList, ...newDocument, ...received, ...numbers, ...settings],
  menu: [
    {
      group: 'publishing',
      label: '公文办理',
      href: '/documents',
      order: 5,
      may: mayReadDocuments,
      waiting: async ctx => ({ count: await countMine(ctx.db, ctx.actor), late: false }),
    },
    {
      group: 'administration',
      label: '文号管理',
      href: '/document-numbers',
      order: 30,
      may: actor => mayKeepNumbers(actor),
    },
    {
      group: 'administration',
      label: '公文办理设置',
      href: '/document-settings',
      order: 31,
      may: actor => mayKeepNumbers(actor),
    },
  ],
}

/** The pages that take and send files need the storage, which only `app` has. */
export const documentsDesk = (storage: FileStorage): Module => ({
  name: 'documents desk',
  deskRoutes: document(storage),
})
