import { createHash } from 'node:crypto'
import { z } from 'zod'
import { dateInBeijing, fromBeijing } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { listOrgans, listSites, type Organ, sitesByKey } from '#modules/organisations'
import { publicationIdsOf, publicByIds } from '#modules/publications'
import type { Database } from '#platform/db/database'
import {
  lineAs,
  type NumberedLine,
  type Outgoing,
  putRows,
  RecordFault,
  type RecordLine,
  type RecordPart,
} from '#platform/record'
import { listDues, listTaskUnits } from './owing-queries.ts'
import type { Plan } from './plan.ts'
import { type ProgressRow, type ProgressTable, tableOf } from './progress/progress-table.ts'
import { findPlan, listTasks } from './queries.ts'
import { type Report, reachedOfficeAt } from './reports/report.ts'
import { listReports } from './reports/report-queries.ts'
import { acceptedOf } from './reports/standing.ts'
import type { Task } from './task.ts'

/** Plans whose progress readers can see, with the tasks and reports of that table: what waits inside stays inside. */
export const record: readonly RecordPart[] = [
  {
    order: 100,
    file: 'plans.jsonl',
    about: '工作台账，一行一份进展已经公开的计划，连同公开的任务和核定过的报送。',
    fields: {
      key: '计划代码',
      site: '站点代码',
      organ: '主管单位代码',
      kind: '台账种类',
      publication: '公开进展的发布物，表的历次版本在 publications.jsonl 里',
      tasks: '任务，按先后；key 是网址 /plans/{id}/tasks/{key} 的一部分',
      'tasks.units': '责任单位和起止日期',
      'tasks.dues': '期限',
      'tasks.reports': '核定过的报送',
    },
    async *write(out) {
      const [organs, sites] = [await listOrgans(out.db), await listSites(out.db)]
      for (const plan of await publishedPlans(out)) {
        const [item] = await publicByIds(out.db, out.now, plan.siteId, [plan.publishedAs ?? ''])
        const table = item && tableOf(item.fields)
        if (!item || !table) continue
        yield [
          {
            uuid: plan.id,
            key: plan.publicId,
            site: sites.find(site => site.id === plan.siteId)?.key,
            organ: organs.find(organ => organ.id === plan.organId)?.key,
            publication: item.publicId,
            kind: plan.kind,
            title: plan.title,
            issuer: plan.issuer,
            docNo: plan.docNo,
            signedOn: plan.signedOn,
            year: plan.year,
            reportDueOn: plan.reportDueOn,
            inForceAt: plan.inForceAt,
            closedAt: plan.closedAt,
            closedReason: plan.closedReason,
            tasks: await taskLines(out.db, plan, table, organs),
          },
        ]
      }
    },
    async read({ db }, batches) {
      const [sites, organs] = [await sitesByKey(db), await listOrgans(db)]
      const byKey = new Map(organs.map(organ => [organ.key, organ.id]))
      for await (const batch of batches) for (const one of batch) await readPlan(db, sites, byKey, one)
    },
  },
]

async function publishedPlans(out: Outgoing): Promise<Plan[]> {
  let query = out.db.selectFrom('ledgerPlans').select('id').where('publishedAs', 'is not', null)
  if (out.siteId !== null) query = query.where('siteId', '=', out.siteId)
  const rows = await query.orderBy('id').execute()
  const plans = await Promise.all(rows.map(row => findPlan(out.db, { id: row.id })))
  return plans.filter(plan => plan !== null)
}

async function taskLines(
  db: Database,
  plan: Plan,
  table: ProgressTable,
  organs: readonly Organ[],
): Promise<RecordLine[]> {
  const tasks = await listTasks(db, plan.id)
  const ids = tasks.map(task => task.id)
  const [units, dues, reports] = await Promise.all([
    listTaskUnits(db, ids),
    listDues(db, ids),
    ids.length > 0 ? listReports(db, { taskIds: ids }) : [],
  ])
  const keyOf = (id: string | null) => organs.find(organ => organ.id === id)?.key ?? null
  return table.rows.flatMap((row): RecordLine[] => {
    const task = tasks.find(one => one.publicId === row.key)
    if (!task) return []
    return [
      {
        uuid: task.id,
        key: row.key,
        position: task.position,
        ...saidBy(row, task),
        units: units
          .filter(unit => unit.taskId === task.id)
          .map(({ id, role, position, printed, organId, fromOn, untilOn, reason }) => {
            return { uuid: id, role, position, printed, organ: keyOf(organId), fromOn, untilOn, reason }
          }),
        dues: dues
          .filter(due => due.taskId === task.id)
          .map(({ id, position, text, dueOn, every, endedOn }) => {
            return { uuid: id, position, text, dueOn, every, endedOn }
          }),
        reports: acceptedOf(reports.filter(report => report.taskId === task.id)).flatMap(report =>
          reportLine(report, row),
        ),
      },
    ]
  })
}

/** The words of the public table; the rest of the task is the office's own. */
const saidBy = (row: ProgressRow, task: Task) => ({
  no: row.no,
  heading: row.heading,
  title: row.content,
  text: row.requirement || row.content,
  requirement: row.requirement,
  due: task.due,
  doneOn: row.state === 'done' ? row.doneOn : null,
  cancelled: row.state === 'cancelled',
  progress: row.reports.length === 0 ? row.progress : '',
})

/** Only what stands in the table that readers see; whoever wrote it is not told. */
function reportLine(report: Report, row: ProgressRow): RecordLine[] {
  const on = dateInBeijing(reachedOfficeAt(report))
  const shown = row.reports.find(
    one => one.on === on && one.unit === report.organName && one.words === report.words,
  )
  if (!shown) return []
  const { id, organKey, period, number, state, share, stage, words, reason } = report
  return [
    {
      uuid: id,
      organ: organKey,
      period,
      number,
      state,
      share,
      stage,
      words,
      reason,
      reportedAt: reachedOfficeAt(report),
      evidence: shown.evidence,
    },
  ]
}

const day = z.string().nullable()
const planLine = z.looseObject({
  uuid: z.uuid(),
  key: z.string(),
  site: z.string(),
  organ: z.string(),
  publication: z.string(),
  inForceAt: z.string(),
  closedAt: day,
  closedReason: day,
  tasks: z.array(
    z.looseObject({
      uuid: z.uuid(),
      key: z.string(),
      text: z.string(),
      doneOn: day,
      cancelled: z.boolean(),
      units: z.array(z.looseObject({ uuid: z.uuid(), organ: z.string().nullable() })),
      dues: z.array(z.looseObject({ uuid: z.uuid() })),
      reports: z.array(
        z.looseObject({
          uuid: z.uuid(),
          organ: z.string(),
          reportedAt: z.string(),
          evidence: z.array(z.string()),
        }),
      ),
    }),
  ),
})
type PlanLine = z.output<typeof planLine>

async function readPlan(
  db: Database,
  sites: Awaited<ReturnType<typeof sitesByKey>>,
  organs: ReadonlyMap<string, string>,
  one: NumberedLine,
): Promise<void> {
  const { number: line } = one
  const { uuid: id, key, site: siteKey, organ, publication, tasks, ...facts } = lineAs(planLine, one)
  const site = sites.get(siteKey)
  const organId = organs.get(organ)
  const publishedAs = (await publicationIdsOf(db, [publication])).get(publication)
  if (!site) throw new RecordFault(line, `站点“${siteKey}”不在 sites.jsonl 里。`)
  if (!organId) throw new RecordFault(line, `单位“${organ}”不在 organs.jsonl 里。`)
  if (!publishedAs) throw new RecordFault(line, `${publication} 不在 publications.jsonl 里。`)
  // The document itself is no part of the record: what of it is public stands in the tasks
  const text = tasks.map(task => task.text).join('\n')
  const by = site.name
  const row = {
    ...facts,
    id,
    publicId: key,
    siteId: site.id,
    organId,
    publishedAs,
    text,
    textSha256: createHash('sha256').update(`${key}\n${text}`).digest('hex'),
    createdBy: by,
    createdAt: facts.inForceAt,
    inForceBy: by,
    closedBy: facts.closedAt === null ? null : by,
  }
  await putRows(db, 'ledgerPlans', [{ line, row }])
  for (const task of tasks) await readTask(db, organs, { line, planId: id, by, at: facts.inForceAt }, task)
}

async function readTask(
  db: Database,
  organs: ReadonlyMap<string, string>,
  plan: { line: number; planId: string; by: string; at: string },
  task: PlanLine['tasks'][number],
): Promise<void> {
  const { line, planId, by, at } = plan
  const { uuid: taskId, key, units, dues, reports, doneOn, cancelled, ...facts } = task
  const rows = (list: readonly RecordLine[]) => list.map(row => ({ line, row }))
  const organOf = (organ: string | null) => {
    const organId = organ === null ? null : organs.get(organ)
    if (organId === undefined) throw new RecordFault(line, `单位“${organ}”不在 organs.jsonl 里。`)
    return organId
  }
  await putRows(db, 'ledgerTasks', [
    {
      line,
      row: {
        ...facts,
        id: taskId,
        publicId: key,
        planId,
        origin: 'added',
        changedBy: by,
        changedAt: at,
        confirmedAt: at,
        confirmedBy: by,
        doneAt: doneOn === null ? null : (fromBeijing(doneOn)?.toISOString() ?? null),
        doneBy: doneOn === null ? null : by,
        droppedAt: cancelled ? at : null,
        droppedBy: cancelled ? by : null,
        droppedReason: cancelled ? '已取消' : null,
      },
    },
  ])
  await putRows(
    db,
    'ledgerTaskUnits',
    rows(units.map(({ uuid, organ, ...unit }) => ({ ...unit, id: uuid, taskId, organId: organOf(organ) }))),
  )
  await putRows(db, 'ledgerDues', rows(dues.map(({ uuid, ...due }) => ({ ...due, id: uuid, taskId }))))
  await putRows(
    db,
    'ledgerReports',
    rows(
      reports.map(({ uuid, organ, evidence: _, ...report }) => ({
        ...report,
        id: uuid,
        taskId,
        organId: organOf(organ),
        needsHead: false,
        reportedBy: by,
      })),
    ),
  )
  await putRows(
    db,
    'ledgerReportActs',
    rows(
      reports.map(({ uuid, reportedAt }) => ({
        id: uuidv7(),
        reportId: uuid,
        act: 'accepted',
        words: '',
        actedBy: by,
        actedAt: reportedAt,
      })),
    ),
  )
  const publications = await publicationIdsOf(
    db,
    reports.flatMap(report => report.evidence),
  )
  await putRows(
    db,
    'ledgerEvidence',
    rows(
      reports.flatMap(report =>
        report.evidence.flatMap((publicId, index) => {
          const publicationId = publications.get(publicId)
          return publicationId ? [{ reportId: report.uuid, position: index + 1, publicationId }] : []
        }),
      ),
    ),
  )
}
