import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { invalid } from '#lib/errors'
import { reopenDuties } from '#modules/duties'
import type { Context } from '#platform/context'
import { listDues } from '../owing-queries.ts'
import { listReports } from '../reports/report-queries.ts'
import { acceptedOf } from '../reports/standing.ts'
import { tellOf } from '../reports/tell.ts'
import { dutiesOfTask, partOf } from '../task-duties.ts'
import { moveDue, onTask, reasonInput } from './change-task.ts'
import { owingOrganIds, type SeenTask } from './lock-plan.ts'

export const reopenTaskInput = z.object({
  /** Who has to take it up again. */
  organIds: z.preprocess(
    value => (typeof value === 'string' ? [value] : value),
    z.array(z.uuid()).min(1, '请选择由哪些单位重新推进。'),
  ),
  /** Another day for the deadlines that are open again; empty: the day they had. */
  dueOn: z
    .string()
    .trim()
    .default('')
    .refine(text => text === '' || isPlainDate(text), '日期请写成 2026-12-31 的样子，也可以空着。'),
  reason: reasonInput,
})

/**
 * 重新推进: what was accepted as done does not hold. The duties that the units met with it are open again; their reports stay on
 * record, but no longer say how the task stands.
 */
export const reopenTask = (
  ctx: Context,
  seen: SeenTask,
  { organIds, dueOn, reason }: z.output<typeof reopenTaskInput>,
): Promise<void> =>
  onTask(ctx, seen, 'reopen', reason, async (db, { task, plan, units }) => {
    const owing = owingOrganIds(units)
    if (organIds.some(id => !owing.includes(id)))
      throw invalid('ledger.not-owing', '所选的单位里有不承担这项任务的。请重新选择。')
    const [reports, duties, dues] = await Promise.all([
      listReports(db, { taskIds: [task.id] }),
      dutiesOfTask(db, plan, task.id),
      listDues(db, [task.id]),
    ])
    // What was done in a period that has passed stays done
    const whole = new Set(acceptedOf(reports).flatMap(report => (report.period === '' ? report.id : [])))
    const met = duties.filter(
      duty => organIds.includes(duty.organId) && duty.metAt !== null && whole.has(duty.metFact?.id ?? ''),
    )
    await reopenDuties(db, ctx, { ids: met.map(duty => duty.id) }, reason)
    if (dueOn !== '') {
      const positions = new Set(met.map(duty => partOf(duty).position))
      const days = dues.filter(
        due => due.dueOn !== null && due.endedOn === null && positions.has(due.position),
      )
      for (const due of days.filter(one => one.dueOn !== dueOn))
        await moveDue(db, ctx, { task, plan, position: due.position, dueOn }, reason)
      if (days.length === 0) await moveDue(db, ctx, { task, plan, dueOn }, reason)
    }
    await tellOf(
      db,
      ctx,
      task,
      organIds.map(organId => ({
        key: `reopen:${task.id}:${task.revision}`,
        organId,
        title: '任务需要重新推进',
        sentence: reason,
      })),
    )
    return {
      task: { doneAt: null, doneBy: null, returnedAt: null },
      before: { doneOn: task.doneAt, doneBy: task.doneBy },
      after: { organIds, ...(dueOn === '' ? {} : { dueOn }) },
    }
  })
