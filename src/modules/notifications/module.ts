import type { Module } from '#platform/module'
import { routes as mails } from './desk/mails.page.tsx'
import { routes as list } from './desk/notifications.page.tsx'
import { routes as points } from './desk/points.page.tsx'
import { routes as settings } from './desk/settings.page.tsx'
import { remind } from './jobs/remind.job.ts'
import { forgetMail, sendMail } from './jobs/send-mail.job.ts'
import type { Outside } from './outside.ts'
import { mayKeepMail, mayReadOwn } from './policy.ts'
import { countUnread } from './queries.ts'

export const notifications: Module = {
  name: 'notifications',
  menu: [
    {
      group: 'own',
      label: '通知',
      href: '/notifications',
      order: 2,
      may: mayReadOwn,
      waiting: ctx => countUnread(ctx.db, ctx.actor.id),
    },
    { group: 'administration', label: '发信', href: '/mails', order: 88, may: actor => mayKeepMail(actor) },
  ],
  jobs: [remind, forgetMail],
}

/** What goes out to the world, and the pages that say whether it does. */
export const notificationMail = (outside: Outside): Module => ({
  name: 'notification mail',
  deskRoutes: [...list(outside), ...settings(outside), ...mails(outside), ...points],
  jobs: [sendMail(outside)],
})
