import type { Module } from '#platform/module'
import { routes as column } from './desk/column.page.tsx'
import { routes as columns } from './desk/columns.page.tsx'
import { routes as myWork } from './desk/my-work.page.tsx'
import { routes as publication } from './desk/publication.page.tsx'
import { routes as publicationsPage } from './desk/publications.page.tsx'
import { routes as publicationsExport } from './desk/publications-export.page.ts'
import { routes as review } from './desk/review.page.tsx'
import { routes as takeDown } from './desk/take-down.page.tsx'
import { settleOpenings } from './jobs/settle-openings.job.ts'
import { mayRead, mayReadColumns } from './policy.ts'

/** The two pages that take files need the storage, which only `app` has: `editorRoutes` of the door. */
export const publications: Module = {
  name: 'publications',
  deskRoutes: [
    ...myWork,
    ...publicationsPage,
    ...publicationsExport,
    ...publication,
    ...review,
    ...takeDown,
    ...columns,
    ...column,
  ],
  menu: [
    { label: '我的工作', href: '/', order: 0, may: () => true },
    { label: '发布物', href: '/publications', order: 10, may: mayRead },
    { label: '栏目', href: '/columns', order: 50, may: mayReadColumns },
  ],
  jobs: [settleOpenings],
}
