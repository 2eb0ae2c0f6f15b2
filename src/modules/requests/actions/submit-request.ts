import { sql } from 'kysely'
import { conflict, tooMany } from '#lib/errors'
import { findOrgan, listOrgansBelow } from '#modules/organisations'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import type { SubmitRequest } from '../application.ts'
import { findRequest, settingsOf } from '../queries.ts'
import type { Request } from '../request.ts'
import { codeOfForm, formDigest } from '../secrets.ts'
import { countTries, noteTry } from '../tries.ts'
import { registerRequest } from './register-request.ts'

export { type SubmitRequest, submitRequestInput } from '../application.ts'

/** Minutes within which a submission can be taken back on the site (S-ACC-06). */
export const undoMinutes = 10

/** A request as it is first shown: the code is told this once. */
export interface Registered {
  request: Request
  code: string
}

/**
 * An application through the site (R-REQ-09). The same form sent again, however often and at once, is one request with one number,
 * and shows the same code.
 */
export async function submitRequest(
  ctx: Pick<Context, 'db' | 'actor' | 'clock'>,
  where: { siteId: string; siteOrganId: string; ip: string },
  input: SubmitRequest,
): Promise<Registered> {
  const request = await inTransaction(ctx.db, async db => {
    const sent = await sentBefore(db, where.siteId, input.formKey)
    if (sent) return sent
    const { sentAnHour } = await settingsOf(db, where.siteId)
    if ((await countTries(db, ctx.clock.now(), 'sent', where.ip, 60)) >= sentAnHour)
      throw tooMany(
        'requests.too-many-sent',
        '同一个网络地址在一小时内提交的申请太多了。请过一会儿再提交，或者到窗口、用信函提出，一样有效。',
      )
    await mustTakeRequests(db, input.organId, where.siteOrganId)
    const now = ctx.clock.now()
    const made = await registerRequest(
      db,
      ctx,
      {
        siteId: where.siteId,
        channel: 'internet',
        arrivedOn: ctx.clock.today(),
        receivedOn: null,
        undoUntil: new Date(now.getTime() + undoMinutes * 60_000),
      },
      input,
    )
    // Last: who sends at the same time from the same address waits for this line only until the end
    await noteTry(db, now, 'sent', where.ip, 60)
    return made
  })
  return { request, code: await codeOfForm(input.formKey) }
}

/** What was sent with this form key; holds its lock until the transaction ends, so that only one of those sent at once goes on. */
export async function sentBefore(db: Database, siteId: string, formKey: string): Promise<Request | null> {
  const digest = formDigest(formKey)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`requests ${siteId} ${digest}`}, 0))`.execute(db)
  return findRequest(db, { siteId, formDigest: digest })
}

async function mustTakeRequests(db: Database, organId: string, siteOrganId: string): Promise<void> {
  const organ = await findOrgan(db, organId)
  const here = await listOrgansBelow(db, siteOrganId)
  if (!organ || organ.abolishedOn || !here.includes(organId))
    throw conflict('requests.no-such-organ', '这个机关不在本站受理申请，也许已经撤销。请重新选择受理的机关。')
}
