import { z } from 'zod'
import type { Job } from '#platform/module'
import { writeReminders } from '../actions/write-reminders.ts'

/** By day, so that nobody is woken: points that have come are told, each once. */
export const remind: Job = {
  name: 'notifications.remind',
  payload: z.unknown(),
  schedule: '*/10 6-22 * * *',
  async run(ctx) {
    const told = await writeReminders(ctx)
    if (told > 0) ctx.log.info({ told }, 'reminders written')
  },
}
