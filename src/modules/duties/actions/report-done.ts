import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorId } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { dutiesTag } from '../duty.ts'
import { findDuty } from '../duty-queries.ts'
import { recordWords } from '../duty-record.ts'
import { mayReportDone } from '../policy.ts'
import { meetDuties } from './meet-duties.ts'

export const reportDoneInput = z.object({
  id: z.uuid(),
  fact: z
    .string()
    .trim()
    .min(5, '请写明怎样完成的（至少 5 个字），例如会议日期、文件标题和地址：公众会看到。')
    .max(300, '最多 300 字。'),
})

/** Says that a duty was done by something the system does not see itself: a hearing, a report published elsewhere. */
export async function reportDone(ctx: Context, input: z.output<typeof reportDoneInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const duty = await findDuty(db, input.id, { lock: true })
    if (!duty) throw notFound('duties.unknown', '没有这项义务。请从列表中重新选择。')
    permit(mayReportDone(ctx.actor, duty.organId), 'duties.may-not-report')
    if (recordWords[duty.rule])
      throw conflict('duties.needs-record', '这项义务要登记日期、主持人、内容和结果，请用“登记完成情况”。')
    const met = await meetDuties(
      db,
      ctx,
      { ids: [duty.id] },
      { kind: 'statement', id: actorId(ctx.actor) ?? '', label: input.fact },
    )
    if (met.length === 0) throw conflict('duties.ended', '这项义务已经完成或者免除。')
    await recordAct(db, ctx, {
      act: 'duties.reported-done',
      sentence: `说明义务“${duty.title}”已经完成：${input.fact}`,
      object: { kind: 'duty', id: duty.id, label: duty.title },
    })
    await announceChange(db, [dutiesTag(duty.siteId)])
  })
}
