import type { DeskRoute, PublicRoute } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { routes as planFilings } from './desk/plan-filings.page.tsx'
import { routes as planProgress } from './desk/plan-progress.page.tsx'
import { routes as planReport } from './desk/plan-report.page.tsx'
import { routes as planSummary } from './desk/plan-summary.page.tsx'
import { routes as report } from './desk/report.page.tsx'
import { routes as waiting } from './desk/waiting.page.tsx'
import { routes as workActs } from './desk/work-acts.page.tsx'
import { routes as planTable } from './public/plan-table.route.ts'
import { routes as planTask } from './public/plan-task.page.tsx'
import { routes as planTasks } from './public/plan-tasks.page.tsx'
import { routes as plans } from './public/plans.page.tsx'

/** What the public sees of plans beside the page of each, which is that of its publication. */
export const progressPublicRoutes: readonly PublicRoute[] = [
  ...plans,
  ...planTable,
  ...planTasks,
  ...planTask,
]

/** Reporting, checking, publishing, summing up. */
export const progressDeskRoutes: readonly DeskRoute[] = [...waiting, ...planProgress, ...planSummary]

/** Those that take or send files. */
export const progressFileRoutes = (storage: FileStorage): DeskRoute[] => [
  ...report(storage),
  ...planReport(storage),
  ...planFilings(storage),
  ...workActs(storage),
]
