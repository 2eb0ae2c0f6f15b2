import { z } from 'zod'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { dutiesTag, meetDuties } from '#modules/duties'
import { actorName } from '#platform/actor'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertAct } from '../act-queries.ts'
import { loadWork, type Work } from '../reports/load-work.ts'
import {
  openReportActs,
  type Report,
  type ReportActName,
  type ReportState,
  reachedOfficeAt,
  recordedAs,
  reportActNames,
  reportActs,
  reportState,
  reportStates,
} from '../reports/report.ts'
import { findReport, insertReportAct } from '../reports/report-queries.ts'
import { isConcluded, unfinishedOthers } from '../reports/standing.ts'
import { tellOf } from '../reports/tell.ts'
import { taskName } from '../task.ts'
import { dutiesOfTask } from '../task-duties.ts'
import { noteWaiting } from './hand-in-report.ts'

export const actOnReportInput = z
  .object({
    reportId: z.uuid(),
    act: z.enum(reportActNames, '请选择怎样处理。'),
    words: z.string().trim().max(500, '意见最多 500 字。').default(''),
  })
  .superRefine((input, check) => {
    if (reportActs[input.act].guards.includes('words-given') && input.words.length < 2)
      check.addIssue({
        code: 'custom',
        path: ['words'],
        message: '请写明哪里不对、要补什么：报送单位会看到。',
      })
  })
export type ActOnReport = z.output<typeof actOnReportInput>

/** What becomes of a report, by its table of acts. The second of two who act at once is told what the first did. */
export async function actOnReport(ctx: Context, input: ActOnReport): Promise<{ taskId: string }> {
  return inTransaction(ctx.db, async db => {
    const { taskId } = (await findReport(db, input.reportId)) ?? noReport()
    // The lock on the task makes two who act at once stand in line
    const work = await loadWork(db, taskId, { lock: true })
    const report = work.reports.find(one => one.id === input.reportId) ?? noReport()
    checkAct(ctx, work, report, input.act)
    if (input.act === 'accept') checkOthers(work, report)
    if (!(await insertReportAct(db, ctx, report.id, recordedAs[input.act], input.words)))
      throw conflict('ledger.report-acted', '同事刚刚办理了这份报送，请重新打开看看。')
    const after = await loadWork(db, taskId)
    const done = input.act === 'accept' && report.state === 'done' && isConcluded(after.units, after.reports)
    await noteWaiting(db, ctx, taskId, {
      ...(input.act === 'accept' ? { returnedAt: null } : {}),
      ...(input.act === 'return' || input.act === 'ask' ? { returnedAt: ctx.clock.now() } : {}),
      ...(done ? { doneAt: ctx.clock.now(), doneBy: actorName(ctx.actor) } : {}),
    })
    if (input.act === 'accept' && report.state === 'done') await meetDutiesOf(db, ctx, work, report)
    await tell(db, ctx, work, report, input)
    await insertAct(db, ctx, {
      planId: work.plan.id,
      taskId,
      act: taskActOf[input.act],
      organId: report.organId,
      reason: input.words || null,
    })
    await recordAct(db, ctx, {
      act: `ledger.report-${recordedAs[input.act]}`,
      sentence: `${reportActs[input.act].label}${report.organName}对任务“${taskName(work.task)}”的报送${input.words ? `：${input.words}` : ''}`,
      object: { kind: 'ledger-task', id: taskId, label: taskName(work.task) },
    })
    return { taskId }
  })
}

/** The words for the course of the task. */
const taskActOf: Record<ReportActName, string> = {
  approve: 'head-approve',
  'send-back': 'head-send-back',
  withdraw: 'withdraw-report',
  accept: 'check',
  return: 'return',
  ask: 'ask-more',
}

/** The unit hears what became of its report; the office, that one has come. */
async function tell(
  db: Database,
  ctx: Context,
  work: Work,
  report: Report,
  input: ActOnReport,
): Promise<void> {
  if (input.act === 'withdraw') return
  const toOffice = input.act === 'approve'
  await tellOf(db, ctx, work.task, [
    {
      key: `report:${report.id}:${input.act}`,
      organId: toOffice ? work.plan.organId : report.organId,
      staffId: toOffice ? null : report.reportedById,
      title: toOffice ? '进展报送待核定' : `进展报送${reportStates[recordedAs[input.act] as ReportState]}`,
      sentence: input.words || report.words.slice(0, 200),
    },
  ])
}

function noReport(): never {
  throw notFound('ledger.no-such-report', '没有这份报送。请从任务页里重新选择。')
}

function checkAct(ctx: Context, work: Work, report: Report, act: ReportActName): void {
  const rule = reportActs[act]
  const state = reportState(report)
  if (!rule.in.includes(state))
    throw conflict(
      'ledger.report-acted',
      `这份报送现在是“${reportStates[state]}”，不能再“${rule.label}”。请重新打开看看。`,
    )
  permit(
    openReportActs(ctx.actor, report, work.plan.organId).includes(act),
    'ledger.may-not-act-on-report',
    '这一步由报送单位负责人或者主管的政务公开办办理，并且不能是报送的人自己。',
  )
}

/** A lead unit speaks for all: the parts of the others come first. */
function checkOthers(work: Work, report: Report): void {
  if (report.state !== 'done' || report.period !== '') return
  const others = unfinishedOthers(work.units, work.reports, report.organId)
  if (others.length > 0)
    throw invalid(
      'ledger.others-not-done',
      `牵头单位报了整项完成，但${others.join('、')}的部分还没有核定完成。请先核定他们的，或者退回请牵头单位报“部分完成”。`,
    )
}

/**
 * The duties that a unit has met (R-ASM-08): as of the moment its report reached the office, so that nobody is late because the
 * office took its time; the word of the fact says when it was accepted.
 */
async function meetDutiesOf(db: Database, ctx: Context, work: Work, report: Report): Promise<void> {
  const duties = await dutiesOfTask(db, work.plan, work.task.id)
  const ids = duties
    .filter(duty => duty.metAt === null && duty.waivedAt === null)
    .filter(duty => isMetBy(duty.period, report))
    .map(duty => duty.id)
  if (ids.length === 0) return
  const reached = reachedOfficeAt(report)
  await meetDuties(
    db,
    { actor: ctx.actor, clock: clockAt(() => reached) },
    { ids },
    {
      kind: 'ledger-report',
      id: report.id,
      label: `${report.organName}报送已完成，${ctx.clock.today()} 核定`,
    },
  )
  await announceChange(db, [dutiesTag(work.plan.siteId)])
}

/** `due-1 shuili`, `due-1 2026-Q4 shuili`: of the unit, and of the period where the report speaks of one. */
function isMetBy(dutyPeriod: string, report: Pick<Report, 'organKey' | 'period'>): boolean {
  const parts = dutyPeriod.split(' ')
  if (!parts[0]?.startsWith('due-') || parts.at(-1) !== report.organKey) return false
  return report.period === '' || parts.slice(1, -1).join(' ') === report.period
}
