import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { calendarsFor } from '../calendar.ts'
import { mayKeepCalendar } from '../policy.ts'
import { listNotices, lockCalendar, withdrawNoticeRow } from '../queries.ts'
import { recalculate } from '../recalculation.ts'
import { daysOf, spanOf } from './record-notice.ts'

export const withdrawNoticeInput = z.object({
  id: z.uuid(),
  reason: z.string().trim().min(1, '请写明撤回的理由。').max(300, '理由最多 300 字。'),
})

/** Takes a notice out of the count; it stays on record with the reason. */
export async function withdrawNotice(
  ctx: Context,
  input: z.output<typeof withdrawNoticeInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    await lockCalendar(db)
    const notice = (await listNotices(db)).find(one => one.id === input.id)
    if (!notice) throw notFound('duties.no-such-notice', '没有这份放假安排。请从列表中重新选择。')
    permit(mayKeepCalendar(ctx.actor, notice.organId ?? undefined), 'duties.may-not-keep-calendar')
    if (notice.withdrawnAt)
      throw conflict('duties.notice-withdrawn', `这份放假安排已由${notice.withdrawnBy}撤回。`)
    await withdrawNoticeRow(db, notice.id, {
      withdrawnAt: ctx.clock.now(),
      withdrawnBy: actorName(ctx.actor),
      withdrawnById: actorId(ctx.actor),
      withdrawnReason: input.reason,
    })
    const days = daysOf([notice]).map(date => ({ date }))
    const span = await spanOf(db, days, notice.settles, notice.organId)
    const moved = await recalculate(db, ctx, await calendarsFor(db), span, `撤回放假安排 ${notice.number}`)
    await recordAct(db, ctx, {
      act: 'duties.notice-withdrawn',
      sentence: `撤回放假安排 ${notice.number}，${moved} 项义务的到期日随之变动，理由：${input.reason}`,
      object: { kind: 'holiday-notice', id: notice.id, label: notice.number },
    })
  })
}
