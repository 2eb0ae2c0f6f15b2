import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { insertAct } from '../act-queries.ts'
import { mayOnTask } from '../acts.ts'
import { findExtension } from '../reports/extension-queries.ts'
import { loadWork } from '../reports/load-work.ts'
import { tellOf } from '../reports/tell.ts'
import { taskName } from '../task.ts'
import { moveDue } from './change-task.ts'

export const decideExtensionInput = z
  .object({
    extensionId: z.uuid(),
    decision: z.enum(['granted', 'refused'], '请选择同意或者不同意。'),
    words: z.string().trim().max(500, '意见最多 500 字。').default(''),
  })
  .superRefine((input, check) => {
    if (input.decision === 'refused' && input.words.length < 2)
      check.addIssue({
        code: 'custom',
        path: ['words'],
        message: '不同意延期的，请写明理由：申请单位会看到。',
      })
  })
export type DecideExtension = z.output<typeof decideExtensionInput>

/** The office decides: what is granted moves the deadline and the duties that hang on it. */
export async function decideExtension(ctx: Context, input: DecideExtension): Promise<{ taskId: string }> {
  return inTransaction(ctx.db, async db => {
    const asked = await findExtension(db, input.extensionId)
    if (!asked) throw notFound('ledger.no-such-extension', '没有这次延期申请。请从任务页里重新选择。')
    const work = await loadWork(db, asked.taskId, { lock: true })
    const act = input.decision === 'granted' ? 'grant-extension' : 'refuse-extension'
    permit(
      mayOnTask(ctx.actor, act, work.state, { organId: work.plan.organId, owing: work.owing }) &&
        (ctx.actor.kind !== 'staff' || asked.askedById !== actorId(ctx.actor)),
      'ledger.may-not-decide-extension',
      '延期由主管的政务公开办决定，并且不能是申请的人自己；任务完成或者取消以后不再决定。',
    )
    const decided = await db
      .updateTable('ledgerExtensions')
      .set({
        decision: input.decision,
        decidedWords: input.words,
        decidedBy: actorName(ctx.actor),
        decidedById: actorId(ctx.actor),
        decidedAt: ctx.clock.now(),
      })
      .where('id', '=', asked.id)
      .where('decision', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!decided) throw conflict('ledger.extension-decided', '同事刚刚已经对这次申请作出决定。')
    if (input.decision === 'granted')
      await moveDue(
        db,
        ctx,
        { task: work.task, plan: work.plan, position: asked.duePosition, dueOn: asked.askedFor },
        `同意延期：${asked.reason}`,
      )
    await insertAct(db, ctx, {
      planId: work.plan.id,
      taskId: work.task.id,
      act,
      organId: asked.organId,
      reason: `${asked.dueBefore} → ${asked.askedFor}${input.words ? `：${input.words}` : ''}`,
    })
    await tellOf(db, ctx, work.task, [
      {
        key: `extension:${asked.id}:${input.decision}`,
        organId: asked.organId,
        staffId: asked.askedById,
        title: input.decision === 'granted' ? '延期已同意' : '延期没有同意',
        sentence: `${asked.dueBefore} → ${asked.askedFor}${input.words ? `：${input.words}` : ''}`,
      },
    ])
    await recordAct(db, ctx, {
      act: `ledger.extension-${input.decision}`,
      sentence: `${input.decision === 'granted' ? '同意' : '不同意'}任务“${taskName(work.task)}”延期至 ${asked.askedFor}`,
      object: { kind: 'ledger-task', id: work.task.id, label: taskName(work.task) },
    })
    return { taskId: work.task.id }
  })
}
