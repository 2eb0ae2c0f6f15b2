import type { Module } from '#platform/module'
import { checkAudit } from './commands/check-audit.command.ts'
import { routes as auditPage } from './desk/audit.page.tsx'
import { routes as exportPage } from './desk/audit-export.page.ts'
import { checkTrail } from './jobs/check-audit-trail.job.ts'
import { mayReadAudit } from './policy.ts'

export const audit: Module = {
  name: 'audit',
  deskRoutes: [...auditPage, ...exportPage],
  menu: [{ group: 'administration', label: '审计', href: '/audit', order: 95, may: mayReadAudit }],
  jobs: [checkTrail],
  commands: [checkAudit],
}
