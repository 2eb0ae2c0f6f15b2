import { sql } from 'kysely'
import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { KeptFile } from '../plan.ts'
import type { Overtaken, RecordedAct, Report, ReportedState } from './report.ts'

/** What shows it: a publication of the library, or a file that was handed in. */
export interface Evidence {
  reportId: string
  position: number
  publicationId: string | null
  file: KeptFile | null
}

/** Reports with what became of them, the newest first. */
export async function listReports(
  db: Database,
  which: { taskIds: readonly string[] } | { id: string },
): Promise<Report[]> {
  let query = db
    .selectFrom('ledgerReports as r')
    .innerJoin('organNames as o', 'o.id', 'r.organId')
    .selectAll('r')
    .select(['o.shortName as organName', 'o.key as organKey'])
  query =
    'id' in which
      ? query.where('r.id', '=', which.id)
      : query.where('r.taskId', '=', sql<string>`any(${[...which.taskIds]}::uuid[])`)
  const rows = await query
    .orderBy('r.reportedAt', 'desc')
    .orderBy('r.number', 'desc')
    .orderBy('r.id')
    .execute()
  if (rows.length === 0) return []
  const acts = await db
    .selectFrom('ledgerReportActs')
    .select(['reportId', 'act', 'words', 'actedBy', 'actedAt'])
    .where('reportId', '=', sql<string>`any(${rows.map(row => row.id)}::uuid[])`)
    .orderBy('actedAt')
    .orderBy('id')
    .execute()
  const byReport = Map.groupBy(acts, act => act.reportId)
  const reopenings = await listReopenings(db, [...new Set(rows.map(row => row.taskId))])
  return rows.map(row => {
    const own = (byReport.get(row.id) ?? []).map(({ reportId: _, ...act }) => ({
      ...act,
      act: act.act as RecordedAct,
    }))
    const accepted = own.find(act => act.act === 'accepted')?.actedAt
    const again = reopenings.findLast(one => one.taskId === row.taskId && one.organIds.includes(row.organId))
    return {
      ...row,
      organName: row.organName ?? '',
      organKey: row.organKey ?? '',
      state: row.state as ReportedState,
      acts: own,
      overtaken: again && accepted && again.at >= accepted ? { at: again.at, reason: again.reason } : null,
    }
  })
}

/** When tasks were taken up again, and for which organs; the oldest first. */
async function listReopenings(
  db: Database,
  taskIds: readonly string[],
): Promise<(Overtaken & { taskId: string; organIds: string[] })[]> {
  const { rows } = await sql<Overtaken & { taskId: string; organIds: string[] }>`
    select task_id, acted_at as at, coalesce(reason, '') as reason, "after" -> 'organIds' as organ_ids from ledger_acts
    where task_id = any(${[...taskIds]}::uuid[]) and act = 'reopen' order by acted_at, id`.execute(db)
  return rows
}

export async function findReport(db: Database, id: string): Promise<Report | null> {
  return (await listReports(db, { id }))[0] ?? null
}

export async function listEvidence(db: Database, reportIds: readonly string[]): Promise<Evidence[]> {
  if (reportIds.length === 0) return []
  const rows = await db
    .selectFrom('ledgerEvidence')
    .selectAll()
    .where('reportId', 'in', [...reportIds])
    .orderBy('reportId')
    .orderBy('position')
    .execute()
  return rows.map(row => ({ ...row, file: row.file as KeptFile | null }))
}

/** @returns false when somebody else was faster: the report has ended already, or is approved. */
export async function insertReportAct(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  reportId: string,
  act: RecordedAct,
  words: string,
): Promise<boolean> {
  const row = await db
    .insertInto('ledgerReportActs')
    .values({
      id: uuidv7(),
      reportId,
      act,
      words,
      actedBy: actorName(ctx.actor),
      actedById: actorId(ctx.actor),
      actedAt: ctx.clock.now(),
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What is still being written. */
export interface DraftContent {
  period: string
  state: string
  share: string
  stage: string
  words: string
  reason: string
  publications: string[]
  files: KeptFile[]
}
export interface ReportDraft {
  content: DraftContent
  revision: number
  savedBy: string
  savedAt: Date
}

export async function findReportDraft(
  db: Database,
  taskId: string,
  organId: string,
): Promise<ReportDraft | null> {
  const row = await db
    .selectFrom('ledgerReportDrafts')
    .select(['content', 'revision', 'savedBy', 'savedAt'])
    .where('taskId', '=', taskId)
    .where('organId', '=', organId)
    .executeTakeFirst()
  return row ? { ...row, content: row.content as unknown as DraftContent } : null
}

export async function wantsHeadCheck(db: Database, organId: string): Promise<boolean> {
  const row = await db
    .selectFrom('ledgerHeadChecks')
    .select('wanted')
    .where('organId', '=', organId)
    .executeTakeFirst()
  return row?.wanted ?? false
}

/** Reports that wait for the office, by the plan, the oldest first. */
export async function listWaiting(
  db: Database,
  organIds: readonly string[],
): Promise<
  {
    reportId: string
    taskId: string
    planTitle: string
    taskTitle: string
    organName: string
    reportedAt: Date
    withHead: boolean
  }[]
> {
  if (organIds.length === 0) return []
  const { rows } = await sql<{
    reportId: string
    taskId: string
    planTitle: string
    taskTitle: string
    organName: string
    reportedAt: Date
    withHead: boolean
  }>`
    select r.id as report_id, r.task_id, p.title as plan_title, coalesce(nullif(t.title, ''), left(t.text, 60)) as task_title,
      o.short_name as organ_name, r.reported_at,
      r.needs_head and not exists (select 1 from ledger_report_acts a where a.report_id = r.id and a.act = 'approved') as with_head
    from ledger_reports r join ledger_tasks t on t.id = r.task_id join ledger_plans p on p.id = t.plan_id
      join organ_names o on o.id = r.organ_id
    where not exists (select 1 from ledger_report_acts a where a.report_id = r.id and a.act <> 'approved')
      and (p.organ_id = any(${[...organIds]}::uuid[]) or r.organ_id = any(${[...organIds]}::uuid[]))
    order by r.reported_at, r.id limit 300`.execute(db)
  return rows
}
