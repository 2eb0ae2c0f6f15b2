import { dateInBeijing } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import { listDues, listTaskUnits, owingUnits } from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { listTasks } from '../queries.ts'
import { reachedOfficeAt, reportState } from '../reports/report.ts'
import { listReports } from '../reports/report-queries.ts'
import { latestOf, standingOf } from '../reports/standing.ts'
import { taskName } from '../task.ts'
import { dutiesOfTasks, partOf } from '../task-duties.ts'
import type { SummaryTask } from './quarter-summary.ts'

/** The facts of a plan from which summaries and on-time figures are counted. */
export async function gatherSummary(db: Database, plan: Plan): Promise<SummaryTask[]> {
  const tasks = (await listTasks(db, plan.id)).filter(task => task.confirmedAt !== null)
  const ids = tasks.map(task => task.id)
  const [units, dues, reports, duties] = await Promise.all([
    listTaskUnits(db, ids),
    listDues(db, ids),
    ids.length > 0 ? listReports(db, { taskIds: ids }) : [],
    dutiesOfTasks(db, plan, ids),
  ])
  const of = <Row extends { taskId: string }>(rows: readonly Row[]) => Map.groupBy(rows, row => row.taskId)
  const [unitsOf, duesOf, reportsOf] = [of(units), of(dues), of(reports)]
  const dutiesOf = Map.groupBy(duties, duty => duty.subjectId)
  return tasks.map(task => {
    const own = reportsOf.get(task.id) ?? []
    const now = unitsOf.get(task.id) ?? []
    const standing = standingOf(
      { droppedAt: task.droppedAt, doneAt: task.doneAt, printed: task.progress },
      now,
      own,
    )
    const days = (duesOf.get(task.id) ?? []).flatMap(due => (due.endedOn === null ? (due.dueOn ?? []) : []))
    return {
      key: task.publicId,
      name: taskName(task),
      units: [...new Set(owingUnits(now).map(unit => unit.organName ?? unit.printed))],
      state: standing.state,
      doneOn: standing.doneOn,
      dueOn: days.sort().at(-1) ?? null,
      reason: [...latestOf(own).values()]
        .map(report => report.reason)
        .filter(Boolean)
        .join('；'),
      reportedOn: own
        .filter(report => reportState(report) !== 'withdrawn')
        .map(report => dateInBeijing(reachedOfficeAt(report))),
      obligations: (dutiesOf.get(task.id) ?? [])
        .filter(duty => partOf(duty).part === 'due' && duty.waivedAt === null && duty.dueOn !== null)
        .map(duty => ({
          unit: duty.organName,
          dueOn: duty.dueOn ?? '',
          metOn: duty.metAt && dateInBeijing(duty.metAt),
        })),
    }
  })
}
