import { z } from 'zod'
import { conflict, invalid, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { publicationIdsOf, publicByIds } from '#modules/publications'
import { type Actor, actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { insertAct } from '../act-queries.ts'
import { taskActs } from '../acts.ts'
import { mayKeepLedger, mayWorkOnTasks } from '../policy.ts'
import { loadWork, type Work } from '../reports/load-work.ts'
import { periodPattern } from '../reports/period.ts'
import { reportedStates, reportState } from '../reports/report.ts'
import { listReports, wantsHeadCheck } from '../reports/report-queries.ts'
import { tellOf } from '../reports/tell.ts'
import { taskName } from '../task.ts'

const keptFile = z.object({ name: z.string(), size: z.number(), sha256: z.string(), key: z.string() })

/** Links to publications of the library: addresses or short ids, one a line. */
const publicationLines = z
  .preprocess(value => (typeof value === 'string' ? value.split(/[\s,，]+/) : value), z.array(z.string()))
  .transform(lines => [
    ...new Set(
      lines
        .map(
          line =>
            line
              .replace(/[?#].*$/, '')
              .split('/')
              .filter(Boolean)
              .at(-1) ?? '',
        )
        .filter(Boolean),
    ),
  ])
  .pipe(z.array(z.string()).max(20, '一次报送最多附 20 件公开内容。'))

export const handInReportInput = z
  .object({
    taskId: z.uuid(),
    organId: z.uuid('请选择报送单位。'),
    period: z.string().trim().regex(periodPattern, '请从列出的周期里选择。').default(''),
    state: z.enum(Object.keys(reportedStates) as [keyof typeof reportedStates], '请选择进展状态。'),
    share: z.preprocess(
      value => (value === '' || value === null ? undefined : value),
      z.coerce
        .number('完成比例请写 0 到 100 的整数。')
        .int('完成比例请写 0 到 100 的整数。')
        .min(0, '完成比例请写 0 到 100 的整数。')
        .max(100, '完成比例请写 0 到 100 的整数。')
        .optional(),
    ),
    stage: z.string().trim().max(60, '所到阶段最多 60 字。').default(''),
    words: z
      .string()
      .trim()
      .min(5, '请写明做了什么、做到哪一步（至少 5 个字）：核定之后公众会看到。')
      .max(2000, '完成情况最多 2000 字。'),
    reason: z.string().trim().max(500, '原因最多 500 字。').default(''),
    publications: publicationLines.default([]),
    files: z.array(keptFile).max(20, '一次报送最多附 20 个文件。').default([]),
  })
  .superRefine((report, check) => {
    const tell = (field: string, message: string) =>
      check.addIssue({ code: 'custom', path: [field], message })
    if ((report.state === 'cannot' || report.state === 'partly') && report.reason === '')
      tell('reason', '部分完成或者不能完成的，请写明原因。')
    if (report.state === 'done' && report.share !== undefined && report.share !== 100)
      tell('share', '报“已完成”的，完成比例应是 100；还没有到 100 的，请选“推进中”或者“部分完成”。')
  })
export type HandInReport = z.output<typeof handInReportInput>

/** Who reports in the name of an organ. */
export const mayReportFor = (actor: Actor, organId: string) =>
  mayWorkOnTasks(actor, organId) || mayKeepLedger(actor, organId)

/** 报送进展: what a unit says of its task, with what shows it. It stays as it was said. @returns id of the report. */
export async function handInReport(ctx: Context, input: HandInReport): Promise<string> {
  permit(mayReportFor(ctx.actor, input.organId), 'ledger.may-not-report')
  return inTransaction(ctx.db, async db => {
    const work = await loadWork(db, input.taskId, { lock: true })
    checkMayReport(work, input)
    const publicationIds = await publicEvidence(db, ctx, work.plan.siteId, input.publications)
    const needsHead = await wantsHeadCheck(db, input.organId)
    const own = work.reports.filter(report => report.organId === input.organId)
    const id = uuidv7(ctx.clock.now().getTime())
    await db
      .insertInto('ledgerReports')
      .values({
        id,
        taskId: input.taskId,
        organId: input.organId,
        period: input.period,
        number: Math.max(0, ...own.map(report => report.number)) + 1,
        state: input.state,
        share: input.state === 'done' ? 100 : (input.share ?? null),
        stage: input.stage,
        words: input.words,
        reason: input.reason,
        needsHead,
        reportedBy: actorName(ctx.actor),
        reportedById: actorId(ctx.actor),
        reportedAt: ctx.clock.now(),
      })
      .execute()
    const evidence = [
      ...publicationIds.map(publicationId => ({ publicationId, file: null })),
      ...input.files.map(file => ({ publicationId: null, file: JSON.stringify(file) })),
    ]
    if (evidence.length > 0)
      await db
        .insertInto('ledgerEvidence')
        .values(evidence.map((one, index) => ({ reportId: id, position: index + 1, ...one })))
        .execute()
    await db
      .deleteFrom('ledgerReportDrafts')
      .where('taskId', '=', input.taskId)
      .where('organId', '=', input.organId)
      .execute()
    await insertAct(db, ctx, {
      planId: work.plan.id,
      taskId: work.task.id,
      act: 'report',
      organId: input.organId,
      reason: input.words.slice(0, 200),
    })
    await noteWaiting(db, ctx, work.task.id)
    await tellOf(db, ctx, work.task, [
      {
        key: `report:${id}`,
        organId: needsHead ? input.organId : work.plan.organId,
        title: needsHead ? '进展报送待本单位审核' : '进展报送待核定',
        sentence: input.words.slice(0, 200),
      },
    ])
    await recordAct(db, ctx, {
      act: 'ledger.reported',
      sentence: `报送任务“${taskName(work.task)}”的进展：${reportedStates[input.state]}`,
      object: { kind: 'ledger-task', id: work.task.id, label: taskName(work.task) },
    })
    return id
  })
}

function checkMayReport(work: Work, input: HandInReport): void {
  if (!taskActs.report.in.includes(work.state))
    throw conflict(
      'ledger.not-open',
      '这项任务现在不能报送进展：它还没有列入台账，或者已经完成、取消、结账。',
    )
  if (!work.units.some(unit => unit.organId === input.organId))
    throw invalid('ledger.not-your-task', '这项任务的责任单位里没有所选的单位。')
  const open = work.reports.find(
    report => report.organId === input.organId && ['with-head', 'waiting'].includes(reportState(report)),
  )
  if (open)
    throw conflict(
      'ledger.report-waits',
      `${open.reportedBy}已经为本单位报送过，正在等待核定。要改，请先撤回那一次。您填写的内容没有丢。`,
    )
}

/** Only what everybody can read shows something to the public. */
async function publicEvidence(
  db: Database,
  ctx: Context,
  siteId: string,
  publicIds: readonly string[],
): Promise<string[]> {
  const ids = await publicationIdsOf(db, publicIds)
  const found = await publicByIds(db, ctx.clock.now(), siteId, [...ids.values()])
  const missing = publicIds.filter(id => !found.some(item => item.publicId === id))
  if (missing.length > 0)
    throw invalid(
      'ledger.evidence-not-public',
      `这些不是本站已经公开的内容：${missing.join('、')}。请粘贴公开页面的地址，或者把材料作为文件上传。`,
    )
  return found.map(item => item.id)
}

/** The task says since when a report waits for the office; nobody waits when none does. */
export async function noteWaiting(
  db: Database,
  ctx: Context,
  taskId: string,
  facts: { returnedAt?: Date | null; doneAt?: Date; doneBy?: string } = {},
): Promise<void> {
  const waiting = (await listReports(db, { taskIds: [taskId] })).filter(
    report => reportState(report) === 'waiting',
  )
  const first = waiting.map(report => report.reportedAt).sort((a, b) => a.getTime() - b.getTime())[0]
  await db
    .updateTable('ledgerTasks')
    .set(values => ({
      ...facts,
      reportedAt: first ?? null,
      changedBy: actorName(ctx.actor),
      changedAt: ctx.clock.now(),
      revision: values('revision', '+', 1),
    }))
    .where('id', '=', taskId)
    .execute()
}
