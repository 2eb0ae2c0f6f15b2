import type { Module } from '#platform/module'
import { logCommand } from './commands/log.command.ts'
import { routes as autosave } from './desk/autosave.page.ts'
import { routes as column } from './desk/column.page.tsx'
import { routes as columns } from './desk/columns.page.tsx'
import { routes as erase } from './desk/erase.page.tsx'
import { routes as heldAttachments } from './desk/held-attachments.page.tsx'
import { routes as mask } from './desk/mask.page.tsx'
import { routes as myWork } from './desk/my-work.page.tsx'
import { routes as publication } from './desk/publication.page.tsx'
import { routes as publicationsPage } from './desk/publications.page.tsx'
import { routes as publicationsExport } from './desk/publications-export.page.ts'
import { routes as review } from './desk/review.page.tsx'
import { routes as revisions } from './desk/revisions.page.tsx'
import { routes as sections } from './desk/sections.page.tsx'
import { routes as takeDown } from './desk/take-down.page.tsx'
import { fillLogJob } from './jobs/fill-log.job.ts'
import { lookThroughStock } from './jobs/look-through-stock.job.ts'
import { renewEntriesJob } from './jobs/renew-entries.job.ts'
import { settleOpenings } from './jobs/settle-openings.job.ts'
import { mayRead, mayReadColumns, mayRelease } from './policy.ts'
import { routes as log } from './public/log.page.tsx'
import { record } from './record.ts'

/** The two pages that take files need the storage, which only `app` has: `editorRoutes` of the door. */
export const publications: Module = {
  name: 'publications',
  record,
  publicRoutes: log,
  deskRoutes: [
    ...myWork,
    ...publicationsPage,
    ...publicationsExport,
    ...publication,
    ...review,
    ...mask,
    ...autosave,
    ...revisions,
    ...sections,
    ...takeDown,
    ...erase,
    ...heldAttachments,
    ...columns,
    ...column,
  ],
  menu: [
    { group: 'own', label: '我的工作', href: '/', order: 0, may: () => true },
    { group: 'publishing', label: '发布物', href: '/publications', order: 10, may: mayRead },
    {
      group: 'publishing',
      label: '待核查附件',
      href: '/held-attachments',
      order: 21,
      may: actor => mayRelease(actor),
    },
    { group: 'site', label: '栏目', href: '/columns', order: 50, may: mayReadColumns },
  ],
  jobs: [settleOpenings, renewEntriesJob, fillLogJob, lookThroughStock],
  commands: [logCommand],
}
