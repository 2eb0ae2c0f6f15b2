import type { Module } from '#platform/module'
import { boardOpens } from './board-queries.ts'
import { deadlineCommand } from './commands/deadline.command.ts'
import { routes as calendar } from './desk/calendar.page.tsx'
import { routes as dutyList } from './desk/duties.page.tsx'
import { routes as duty } from './desk/duty.page.tsx'
import { routes as newNotice } from './desk/new-notice.page.tsx'
import { routes as periodic } from './desk/periodic.page.tsx'
import { routes as supervision } from './desk/supervision.page.tsx'
import { forgetEmptyDays } from './jobs/forget-empty-days.job.ts'
import { openPeriodic } from './jobs/open-periodic.job.ts'
import { dutyReach, mayReadCalendar, mayUrge } from './policy.ts'
import { routes as board } from './public/board.page.tsx'
import { routes as boardData } from './public/board-data.route.ts'
import { routes as deadline } from './public/deadline.page.tsx'
import { routes as obligation } from './public/obligation.page.tsx'

export const duties: Module = {
  name: 'duties',
  publicRoutes: [...boardData, ...board, ...obligation, ...deadline],
  deskRoutes: [...dutyList, ...duty, ...supervision, ...periodic, ...calendar, ...newNotice],
  menu: [
    {
      group: 'duties',
      label: '公开义务',
      href: '/duties',
      order: 5,
      may: actor => dutyReach(actor).length > 0,
    },
    { group: 'duties', label: '督办', href: '/supervision', order: 6, may: actor => mayUrge(actor) },
    { group: 'duties', label: '定期义务', href: '/periodic-duties', order: 7, may: mayReadCalendar },
    { group: 'administration', label: '工作日历', href: '/calendar', order: 60, may: mayReadCalendar },
  ],
  jobs: [openPeriodic, forgetEmptyDays],
  commands: [deadlineCommand],
  doors: [
    {
      key: 'supervision',
      label: '数据与监督',
      section: '公开义务看板',
      href: '/obligations',
      order: 60,
      opens: ctx => boardOpens(ctx.db, ctx.site.id),
    },
  ],
}
