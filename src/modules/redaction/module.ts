import type { Module } from '#platform/module'
import { routes as closed } from './desk/page-picture.route.ts'
import { routes as one } from './desk/redaction.page.tsx'
import { routes as list } from './desk/redactions.page.tsx'
import { workJob } from './jobs/work.job.ts'
import { mayRedact } from './policy.ts'

export const redaction: Module = {
  name: 'redaction',
  deskRoutes: [...list, ...one, ...closed],
  menu: [
    {
      group: 'publishing',
      label: '文件遮盖',
      href: '/redactions',
      order: 24,
      may: actor => mayRedact(actor),
    },
  ],
  jobs: [workJob],
}
