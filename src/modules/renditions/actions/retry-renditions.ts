import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayKeepRenditions } from '../policy.ts'
import { forgetTries } from '../queries.ts'

/** Has the job try again at once what could not be made. @returns how many. */
export function retryRenditions(ctx: Context): Promise<number> {
  permit(mayKeepRenditions(ctx.actor), 'renditions.may-not-retry')
  return inTransaction(ctx.db, async db => {
    const count = await forgetTries(db)
    if (count > 0)
      await recordAct(db, ctx, {
        act: 'renditions.retried',
        sentence: `要求重新制作 ${count} 个没有做成的下载文件`,
      })
    return count
  })
}
