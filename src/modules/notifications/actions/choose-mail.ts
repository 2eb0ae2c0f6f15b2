import { z } from 'zod'
import type { Staff } from '#platform/actor'
import type { Context } from '#platform/context'
import { type MailChoice, mailChoices } from '../notification.ts'
import { saveMailChoice } from '../queries.ts'

export const chooseMailInput = z.object({
  mail: z.enum(Object.keys(mailChoices) as MailChoice[], '请选择一种。'),
})

/** Everybody says how the own notifications come by mail. A taste, not an act: it stands in no trail. */
export const chooseMail = (
  ctx: Context & { actor: Staff },
  { mail }: z.output<typeof chooseMailInput>,
): Promise<void> => saveMailChoice(ctx.db, ctx.actor.id, { mail, changedAt: ctx.clock.now() })
