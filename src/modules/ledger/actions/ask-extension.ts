import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { insertAct } from '../act-queries.ts'
import { taskActs } from '../acts.ts'
import { listDues } from '../owing-queries.ts'
import { loadWork } from '../reports/load-work.ts'
import { tellOf } from '../reports/tell.ts'
import { taskName } from '../task.ts'
import { mayReportFor } from './hand-in-report.ts'

export const askExtensionInput = z.object({
  taskId: z.uuid(),
  organId: z.uuid('请选择申请单位。'),
  position: z.coerce.number().int('请选择要延长的期限。'),
  askedFor: z.string().refine(isPlainDate, '请填写存在的日期，例如 2026-12-31。'),
  reason: z
    .string()
    .trim()
    .min(5, '请写明申请延期的理由（至少 5 个字）：同意以后公众会看到。')
    .max(500, '理由最多 500 字。'),
})
export type AskExtension = z.output<typeof askExtensionInput>

/** 申请延期: a unit asks for another day for one deadline of its task. @returns id of the question. */
export async function askExtension(ctx: Context, input: AskExtension): Promise<string> {
  permit(mayReportFor(ctx.actor, input.organId), 'ledger.may-not-ask-extension')
  return inTransaction(ctx.db, async db => {
    const work = await loadWork(db, input.taskId, { lock: true })
    if (!taskActs['ask-extension'].in.includes(work.state))
      throw conflict('ledger.not-open', '这项任务已经完成、取消或者结账，不需要延期。')
    if (!work.owing.includes(input.organId))
      throw invalid('ledger.not-your-task', '这项任务的牵头、责任单位里没有所选的单位。')
    const due = (await listDues(db, [input.taskId])).find(one => one.position === input.position)
    if (!due?.dueOn || due.endedOn)
      throw invalid('ledger.no-such-due', '没有这个期限，或者它按周期计算，不能延期。')
    if (input.askedFor <= due.dueOn)
      throw invalid('ledger.not-later', `延期的日期要晚于现在的期限 ${due.dueOn}。`)
    const id = uuidv7(ctx.clock.now().getTime())
    const made = await db
      .insertInto('ledgerExtensions')
      .values({
        id,
        taskId: input.taskId,
        organId: input.organId,
        duePosition: input.position,
        dueBefore: due.dueOn,
        askedFor: input.askedFor,
        reason: input.reason,
        askedBy: actorName(ctx.actor),
        askedById: actorId(ctx.actor),
        askedAt: ctx.clock.now(),
      })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) throw conflict('ledger.extension-waits', '这个期限已经有一次延期申请在等待决定。')
    await insertAct(db, ctx, {
      planId: work.plan.id,
      taskId: work.task.id,
      act: 'ask-extension',
      organId: input.organId,
      reason: `申请由 ${due.dueOn} 延至 ${input.askedFor}：${input.reason}`,
    })
    await tellOf(db, ctx, work.task, [
      {
        key: `extension:${id}`,
        organId: work.plan.organId,
        title: '延期申请待决定',
        sentence: `申请由 ${due.dueOn} 延至 ${input.askedFor}：${input.reason}`,
      },
    ])
    await recordAct(db, ctx, {
      act: 'ledger.extension-asked',
      sentence: `申请任务“${taskName(work.task)}”延期至 ${input.askedFor}`,
      object: { kind: 'ledger-task', id: work.task.id, label: taskName(work.task) },
    })
    return id
  })
}
