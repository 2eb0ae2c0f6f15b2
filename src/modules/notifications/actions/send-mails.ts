import { recipientsByIds } from '#modules/people'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type PostOffice, Undelivered } from '#platform/mail/post-office'
import { type Mail, nextTry } from '../mail.ts'
import { markSent, markUnsent, takeNext } from '../mail-queries.ts'

/** Long enough for a thousand mails; the next round goes on. */
const longestRound = 10 * 60_000

type Result = 'sent' | 'refused' | 'server' | 'nothing'

/**
 * Sends what is to be sent, one after the other. A mail is held while it is handed over and marked in the same transaction:
 * when the process dies in between it is sent once more, with the same Message-ID, and no other is.
 */
export async function sendMails(
  ctx: Context,
  office: PostOffice,
): Promise<{ sent: number; refused: number }> {
  const began = ctx.clock.now().getTime()
  const counts = { sent: 0, refused: 0 }
  for (;;) {
    const result = await ctx.db.transaction().execute(db => sendNext(db, ctx, office))
    if (result === 'nothing') return counts
    counts[result === 'sent' ? 'sent' : 'refused']++
    // A server that is not there would refuse all the others as well, and each would have lost a try
    if (result === 'server' || ctx.clock.now().getTime() - began > longestRound) return counts
  }
}

async function sendNext(db: Database, ctx: Context, office: PostOffice): Promise<Result> {
  const mail = await takeNext(db, ctx.clock.now())
  if (!mail) return 'nothing'
  const refused = await handOver(db, office, mail)
  const at = ctx.clock.now()
  if (!refused) {
    await markSent(db, mail.id, at)
    return 'sent'
  }
  const nextTryAt = refused.how === 'never' ? null : nextTry(mail.tries + 1, at)
  await markUnsent(db, mail.id, { nextTryAt, said: refused.message, at })
  return refused.how === 'server' ? 'server' : 'refused'
}

/** Where the mail goes is looked up now: an address that was corrected counts for the next try. */
async function handOver(db: Database, office: PostOffice, mail: Mail): Promise<Undelivered | null> {
  const to = (await recipientsByIds(db, [mail.staffId])).get(mail.staffId)?.mailAddress
  if (!to) return new Undelivered('never', '收件人没有填写邮箱，或者已经离岗、账号已锁定。')
  const { messageId, subject, bodyText: text, bodyHtml: html } = mail
  try {
    await office.send({ messageId, to, subject, text, html })
    return null
  } catch (error) {
    if (error instanceof Undelivered) return error
    throw error
  }
}
