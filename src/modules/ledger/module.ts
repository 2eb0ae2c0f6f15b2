import type { Module } from '#platform/module'
import type { FileStorage } from '#platform/storage/storage'
import { planCommand } from './commands/plan.command.ts'
import { routes as comparison } from './desk/comparison.page.tsx'
import { routes as ledgerList } from './desk/ledger.page.tsx'
import { routes as names } from './desk/names.page.tsx'
import { routes as newPlan } from './desk/new-plan.page.tsx'
import { routes as plan } from './desk/plan.page.tsx'
import { routes as planFacts } from './desk/plan-facts.page.tsx'
import { routes as review } from './desk/review.page.tsx'
import { routes as sheet } from './desk/sheet.page.tsx'
import { routes as task } from './desk/task.page.tsx'
import { countToCheck, mayCheckReports } from './desk/waiting.page.tsx'
import { openPeriods } from './jobs/open-periods.job.ts'
import { mayReadLedger } from './policy.ts'
import { progressDeskRoutes, progressFileRoutes, progressPublicRoutes } from './progress-routes.ts'
import { record } from './record.ts'
import { hasPublicPlan } from './tasks-of-organ.ts'

export const ledger: Module = {
  name: 'ledger',
  publicRoutes: [...progressPublicRoutes],
  deskRoutes: [
    ...ledgerList,
    ...review,
    ...names,
    ...planFacts,
    ...sheet,
    ...comparison,
    ...task,
    ...progressDeskRoutes,
  ],
  menu: [
    { group: 'duties', label: '工作台账', href: '/ledger', order: 45, may: mayReadLedger },
    {
      group: 'duties',
      label: '进展核定',
      href: '/task-reports',
      order: 46,
      may: mayCheckReports,
      waiting: countToCheck,
    },
  ],
  doors: [
    {
      key: 'supervision',
      label: '数据与监督',
      section: '重点任务',
      href: '/plans',
      order: 61,
      opens: hasPublicPlan,
    },
  ],
  jobs: [openPeriods],
  loneCommands: [planCommand],
  record,
}

/** Pages that take or send files: need to be told where bytes lie. */
export const ledgerDesk = (storage: FileStorage): Module => ({
  name: 'ledger files',
  deskRoutes: [...newPlan(storage), ...plan(storage), ...progressFileRoutes(storage)],
})
