import { z } from 'zod'
import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { sendAgain } from '../mail-queries.ts'
import { mayKeepMail } from '../policy.ts'

export const sendMailsAgainInput = z.object({
  /** Left out: all that were given up. */
  id: z.uuid().optional(),
})

/** Mails that were given up are tried again. @returns how many. */
export async function sendMailsAgain(
  ctx: Context,
  organIds: readonly string[],
  input: z.output<typeof sendMailsAgainInput>,
): Promise<number> {
  permit(
    organIds.length > 0 && organIds.every(id => mayKeepMail(ctx.actor, id)),
    'notifications.may-not-keep-mail',
  )
  return inTransaction(ctx.db, async db => {
    const again = await sendAgain(db, ctx.clock.now(), { organIds, id: input.id })
    if (again > 0)
      await recordAct(db, ctx, {
        act: 'notifications.sent-again',
        sentence: `重新发送没有发出的邮件 ${again} 封`,
        ...(input.id ? { object: { kind: 'mail', id: input.id, label: '邮件' } } : {}),
      })
    return again
  })
}
