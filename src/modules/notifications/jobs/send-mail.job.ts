import { z } from 'zod'
import type { Job } from '#platform/module'
import { composeMails } from '../actions/compose-mails.ts'
import { sendMails } from '../actions/send-mails.ts'
import { forgetSent } from '../mail-queries.ts'
import type { Outside } from '../outside.ts'

const keptDays = 30

/** Every minute: what is to be mailed is written, and what is written is sent. Without a mail server nothing is done. */
export const sendMail = ({ office, deskUrl, digestAt }: Outside): Job => ({
  name: 'notifications.send-mail',
  payload: z.unknown(),
  schedule: '* * * * *',
  async run(ctx) {
    if (!office) return
    const written = await composeMails(ctx, { domain: office.domain, deskUrl: deskUrl(), digestAt })
    const { sent, refused } = await sendMails(ctx, office)
    if (refused > 0) ctx.log.warn({ refused }, 'mails were not taken')
    if (written + sent > 0) ctx.log.info({ written, sent }, 'mail')
  },
})

/** Every night. */
export const forgetMail: Job = {
  name: 'notifications.forget-mail',
  payload: z.unknown(),
  schedule: '40 3 * * *',
  run: ctx => forgetSent(ctx.db, new Date(ctx.clock.now().getTime() - keptDays * 86_400_000)),
}
