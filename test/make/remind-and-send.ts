import { setTimeout as sleep } from 'node:timers/promises'
import { system } from '#platform/actor'
import { systemClock } from '#platform/clock'
import { applicationRole, connect } from '#platform/db/database'
import { openPostOffice } from '#platform/mail/post-office'
import { notificationMail, notifications } from '../../src/modules/notifications/module.ts'
import { quietLog } from './government.ts'

/** A worker that runs the jobs of notifications, over and over, until it is killed: its database and its mail server. */
const [url = '', smtpUrl = ''] = process.argv.slice(2)
const office = openPostOffice({ smtpUrl, from: 'gk@yunxi.example' })
const outside = { office, deskUrl: () => 'https://desk.yunxi.example', digestAt: '07:30' }
const jobs = [...(notifications.jobs ?? []), ...(notificationMail(outside).jobs ?? [])]
const ctx = {
  db: connect(url, { role: applicationRole, max: 2 }).db,
  actor: system('测试'),
  clock: systemClock,
  log: quietLog,
}

for (;;) {
  for (const job of jobs) await job.run(ctx, {})
  await sleep(50)
}
