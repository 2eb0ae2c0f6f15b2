import { dateInBeijing } from '#lib/beijing-time'
import { publicByIds } from '#modules/publications'
import type { Context } from '#platform/context'
import { fieldsOf, fieldWords, type LedgerKind, ledgerKind, stateWord } from '../ledger-kind.ts'
import { type Due, isStill, listDues, listTaskUnits, type TaskUnit } from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { listTasks } from '../queries.ts'
import { type Extension, listExtensions } from '../reports/extension-queries.ts'
import { type Report, reachedOfficeAt } from '../reports/report.ts'
import { type Evidence, listEvidence, listReports } from '../reports/report-queries.ts'
import { acceptedOf, standingOf } from '../reports/standing.ts'
import { type Task, type TaskState, taskState } from '../task.ts'
import {
  type ProgressReport,
  type ProgressRow,
  type ProgressTable,
  progressStates,
} from './progress-table.ts'

/** More reports of a row than anybody reads on a page; the newest count. */
const mostReports = 40

/** The state of a plan as the public may know it: confirmed tasks and accepted reports, nothing of persons. */
export async function gatherTable(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  plan: Plan,
): Promise<ProgressTable> {
  const tasks = (await listTasks(db, plan.id)).filter(task => task.confirmedAt !== null)
  const ids = tasks.map(task => task.id)
  const [units, dues, reports, extensions] = await Promise.all([
    listTaskUnits(db, ids),
    listDues(db, ids),
    ids.length > 0 ? listReports(db, { taskIds: ids }) : [],
    listExtensions(db, ids),
  ])
  const accepted = acceptedOf(reports)
  const evidence = await listEvidence(
    db,
    accepted.map(report => report.id),
  )
  const shown = await publicByIds(
    db,
    clock.now(),
    plan.siteId,
    evidence.flatMap(one => one.publicationId ?? []),
  )
  const publicIds = new Map(shown.map(item => [item.id, item.publicId]))
  const of = <Row extends { taskId: string }>(rows: readonly Row[]) => Map.groupBy(rows, row => row.taskId)
  const [unitsOf, duesOf, reportsOf, extensionsOf] = [of(units), of(dues), of(reports), of(extensions)]
  return {
    ledger: plan.kind,
    ledgerName: ledgerKind(plan.kind).label,
    year: plan.year,
    asOf: clock.today(),
    plan: { title: plan.title, docNo: plan.docNo },
    rows: tasks.map(task =>
      rowOf(plan, task, {
        units: unitsOf.get(task.id) ?? [],
        dues: duesOf.get(task.id) ?? [],
        reports: reportsOf.get(task.id) ?? [],
        extensions: extensionsOf.get(task.id) ?? [],
        evidence,
        publicIds,
      }),
    ),
  }
}

interface Facts {
  units: readonly TaskUnit[]
  dues: readonly Due[]
  reports: readonly Report[]
  extensions: readonly Extension[]
  evidence: readonly Evidence[]
  publicIds: ReadonlyMap<string, string>
}

function rowOf(plan: Plan, task: Task, facts: Facts): ProgressRow {
  const kind = ledgerKind(plan.kind)
  const still = facts.units.filter(isStill)
  const names = (role: TaskUnit['role']) => [
    ...new Set(still.filter(unit => unit.role === role).map(unit => unit.organName ?? unit.printed)),
  ]
  const standing = standingOf(
    { droppedAt: task.droppedAt, doneAt: task.doneAt, printed: task.progress },
    facts.units,
    facts.reports,
  )
  // What the plan itself printed was not checked by anybody here, and is told as its own word
  const fromDocument = standing.words !== '' && acceptedOf(facts.reports).length === 0
  const days = facts.dues.filter(due => due.endedOn === null && due.dueOn !== null)
  const dueOn =
    days
      .map(due => due.dueOn ?? '')
      .sort()
      .at(-1) ?? null
  const granted = facts.extensions.filter(one => one.decision === 'granted')
  const last = granted.at(-1)
  const began = plan.inForceAt ? dateInBeijing(plan.inForceAt) : null
  const since =
    still
      .map(unit => unit.fromOn)
      .sort()
      .at(-1) ?? null
  return {
    key: task.publicId,
    no: task.no,
    heading: task.heading,
    content: task.title || withoutUnits(task),
    requirement: requirementOf(task),
    lead: names('lead'),
    responsible: names('responsible'),
    supporting: names('supporting'),
    organs: [...new Set(still.flatMap(unit => unit.organKey ?? []))],
    unitsSince: since !== null && began !== null && since > began ? since : null,
    due: facts.dues.filter(due => due.endedOn === null).map(due => due.text || due.dueOn || ''),
    dueOn,
    extended: last && dueOn ? { from: granted[0]?.dueBefore ?? last.dueBefore, reason: last.reason } : null,
    state: standing.state,
    word: wordOf(kind, standing.state, taskState(task, plan)),
    share: standing.share,
    progress: fromDocument ? `文件写明：${standing.words}` : standing.words,
    doneOn: standing.doneOn,
    more: fieldsOf(kind).flatMap(field => {
      const value = task.fields[field.name]
      return value ? [{ label: field.label, value: fieldWords(field, value) }] : []
    }),
    reports: acceptedOf(facts.reports)
      .slice(-mostReports)
      .map(report => reportOf(report, facts)),
  }
}

/** A text that goes on to say whose it is, （县水利局牵头）, says so in a column of its own. */
function withoutUnits({ text, lead, responsible, supporting }: Task): string {
  const units = [...lead, ...responsible, ...supporting]
  return text
    .replace(/\s*[（(][^（()）]*[）)]\s*$/, said => (units.some(unit => said.includes(unit)) ? '' : said))
    .trim()
}

/** What the content does not say already: many plans print content and requirement as one text. */
function requirementOf({ title, text, requirement }: Task): string {
  const content = title || text
  const asked = requirement || text
  const rest = asked.startsWith(content) ? asked.slice(content.length) : asked
  // What goes on in the middle of a sentence is not torn from its beginning
  return (rest === '' || /^[\s。；;，,：:]/.test(rest) ? rest : asked).replace(/^[\s。；;，,：:]+/, '').trim()
}

/** The ledger's own words where it has them: 整改中, 已建成. */
function wordOf(kind: LedgerKind, state: ProgressRow['state'], inLedger: TaskState): string {
  if (state === 'done') return stateWord(kind, 'done')
  if (state === 'running') return stateWord(kind, inLedger === 'ended' ? 'ended' : 'running')
  return progressStates[state]
}

function reportOf(report: Report, facts: Facts): ProgressReport {
  return {
    unit: report.organName,
    on: dateInBeijing(reachedOfficeAt(report)),
    period: report.period,
    state: report.state,
    share: report.share,
    stage: report.stage,
    words: report.words,
    reason: report.reason,
    evidence: facts.evidence
      .filter(one => one.reportId === report.id && one.publicationId !== null)
      .flatMap(one => facts.publicIds.get(one.publicationId ?? '') ?? []),
  }
}
