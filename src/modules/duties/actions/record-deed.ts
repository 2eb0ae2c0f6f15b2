import { z } from 'zod'
import { dateInBeijing, fromBeijing, isPlainDate, nextMidnight } from '#lib/beijing-time'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { dutiesTag } from '../duty.ts'
import { type DutyRow, findDuty } from '../duty-queries.ts'
import { listRecords, recordWords } from '../duty-record.ts'
import { mayReportDone } from '../policy.ts'
import { meetDuties } from './meet-duties.ts'

const words = (least: number, most: number, message: string) =>
  z.string().trim().min(least, message).max(most, `最多 ${most} 字。`)

export const recordDeedInput = z.object({
  id: z.uuid(),
  /** How many revisions its writer had seen; 0: none yet. */
  seen: z.coerce.number().int().min(0),
  heldOn: z.string().trim().refine(isPlainDate, '请填写存在的日期。'),
  chair: words(2, 60, '请写明职务和姓名：公众会看到。'),
  subject: words(4, 300, '请写明内容（至少 4 个字）：公众会看到。'),
  outcome: words(4, 1000, '请写明结果（至少 4 个字）：公众会看到。'),
  reason: z.preprocess(blankAsNull, words(4, 300, '请写明为什么更正（至少 4 个字）：公众会看到。').nullish()),
})

/**
 * Records what was done for a duty that comes round, or puts the record right. The first record meets the duty, on the day on which
 * it was done; the day of recording stays beside it.
 */
export async function recordDeed(ctx: Context, input: z.output<typeof recordDeedInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const duty = await findDuty(db, input.id, { lock: true })
    if (!duty) throw notFound('duties.unknown', '没有这项义务。请从列表中重新选择。')
    permit(mayReportDone(ctx.actor, duty.organId), 'duties.may-not-report')
    if (!recordWords[duty.rule]) throw conflict('duties.no-record', '这项义务不用登记，请用“说明已经完成”。')
    if (duty.waivedAt) throw conflict('duties.waived', `这项义务已由${duty.waivedBy}免除。`)
    const [latest] = await listRecords(db, duty.id)
    if ((latest?.revision ?? 0) !== input.seen)
      throw conflict('duties.recorded-meanwhile', `您打开之后，${latest?.recordedBy}登记过。请核对后再提交。`)
    checkDay(ctx, duty, input.heldOn, latest?.heldOn)
    if (latest && !input.reason) throw invalid('duties.no-reason', '请写明为什么更正：公众会看到。')
    const now = ctx.clock.now()
    const { heldOn, chair, subject, outcome } = input
    await db
      .insertInto('dutyRecords')
      .values({
        id: uuidv7(),
        dutyId: duty.id,
        revision: input.seen + 1,
        ...{ heldOn, chair, subject, outcome },
        reason: latest ? (input.reason ?? null) : null,
        recordedBy: actorName(ctx.actor),
        recordedById: actorId(ctx.actor),
        recordedAt: now,
      })
      .execute()
    if (!duty.metAt) {
      const at = endOf(heldOn, now)
      const then = { actor: ctx.actor, clock: clockAt(() => at) }
      await meetDuties(
        db,
        then,
        { ids: [duty.id] },
        { kind: 'record', id: duty.id, label: `${heldOn} ${subject}` },
      )
    }
    await recordAct(db, ctx, {
      act: latest ? 'duties.record-corrected' : 'duties.deed-recorded',
      sentence: latest
        ? `更正“${duty.title}”的登记，理由：${input.reason}`
        : `登记“${duty.title}”：${heldOn}`,
      object: { kind: 'duty', id: duty.id, label: duty.title },
    })
    await announceChange(db, [dutiesTag(duty.siteId)])
  })
}

/** The end of the day on which it was done, or now, if that day is not over. */
function endOf(day: string, now: Date): Date {
  const start = fromBeijing(day) ?? now
  return new Date(Math.min(nextMidnight(start).getTime() - 1, now.getTime()))
}

function checkDay(ctx: Context, duty: DutyRow, day: string, before: string | undefined): void {
  if (day > ctx.clock.today()) throw invalid('duties.day-ahead', '日期还没有到：做完以后再登记。')
  if (day < dateInBeijing(duty.startedAt))
    throw invalid('duties.day-before', `日期早于这项义务的起算日（${dateInBeijing(duty.startedAt)}）。`)
  const late = (date: string) => duty.dueOn !== null && date > duty.dueOn
  if (before !== undefined && late(before) !== late(day))
    throw conflict(
      'duties.day-over-due',
      '更正后的日期会改变是否按时完成，不能这样更正。请联系政务公开办核实。',
    )
}
