import type { Module } from '#platform/module'
import type { FileStorage } from '#platform/storage/storage'
import { apiRoutes } from './api/documents.api.ts'
import { routes as calls } from './desk/calls.page.tsx'
import { routes as tokens } from './desk/tokens.page.tsx'
import { mayReadCalls } from './policy.ts'

/** Taking documents in needs the storage, which only `app` has. */
export const intake = (storage: FileStorage): Module => ({
  name: 'intake',
  apiRoutes: apiRoutes(storage),
  deskRoutes: [...calls, ...tokens],
  menu: [
    {
      group: 'administration',
      label: '公文接入',
      href: '/intake',
      order: 32,
      may: actor => mayReadCalls(actor),
    },
  ],
})
