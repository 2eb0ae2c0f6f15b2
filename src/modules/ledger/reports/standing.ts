import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import type { ProgressState } from '../progress/progress-table.ts'
import { type Report, reachedOfficeAt, reportState } from './report.ts'

interface Unit {
  role: 'lead' | 'responsible' | 'supporting'
  organId: string | null
  organName: string | null
  untilOn: PlainDate | null
}

/** Accepted reports, the oldest first by the moment they reached the office. */
export const acceptedOf = (reports: readonly Report[]): Report[] =>
  reports
    .filter(report => reportState(report) === 'accepted')
    .sort((a, b) => reachedOfficeAt(a).getTime() - reachedOfficeAt(b).getTime() || a.number - b.number)

/** The last accepted report of each organ that still holds, on the task as a whole, else on its last period. */
export function latestOf(reports: readonly Report[]): Map<string, Report> {
  const latest = new Map<string, Report>()
  for (const report of acceptedOf(reports)) if (!report.overtaken) latest.set(report.organId, report)
  return latest
}

const owes = (unit: Unit) => unit.untilOn === null && unit.organId !== null && unit.role !== 'supporting'

/** Who says that the task as a whole is done: the lead units; where nobody leads, all that are responsible. */
function concluding(units: readonly Unit[]): Unit[] {
  const owing = units.filter(owes)
  const leads = owing.filter(unit => unit.role === 'lead')
  return leads.length > 0 ? leads : owing
}

const isDone = (report: Report | undefined) => report?.state === 'done' && report.period === ''

/** Responsible units whose own part is not accepted as done: before them the lead unit cannot conclude. */
export function unfinishedOthers(
  units: readonly Unit[],
  reports: readonly Report[],
  organId: string,
): string[] {
  if (!units.some(unit => owes(unit) && unit.role === 'lead' && unit.organId === organId)) return []
  const latest = latestOf(reports)
  return units
    .filter(unit => owes(unit) && unit.role === 'responsible' && unit.organId !== organId)
    .filter(unit => !isDone(latest.get(unit.organId ?? '')))
    .map(unit => unit.organName ?? '')
}

/** Whether with these accepted reports the task as a whole is done: all who conclude say so. */
export function isConcluded(units: readonly Unit[], reports: readonly Report[]): boolean {
  const latest = latestOf(reports)
  const who = concluding(units)
  return who.length > 0 && who.every(unit => isDone(latest.get(unit.organId ?? '')))
}

export interface Standing {
  state: ProgressState
  share: number | null
  /** 完成情况: what those who conclude last said; others stand behind in the reports. */
  words: string
  doneOn: PlainDate | null
}

/** What the public is told of a task: only what the office accepted. `printed` is what the plan itself said of progress. */
export function standingOf(
  task: { droppedAt: Date | null; doneAt: Date | null; printed: string },
  units: readonly Unit[],
  reports: readonly Report[],
): Standing {
  const latest = latestOf(reports)
  const spoken = concluding(units).flatMap(unit => latest.get(unit.organId ?? '') ?? [])
  const voices = spoken.length > 0 ? spoken : [...latest.values()].slice(-1)
  const words =
    voices.length > 1
      ? voices.map(report => `${report.organName}：${report.words}`).join('；')
      : (voices[0]?.words ?? task.printed)
  const shares = voices.flatMap(report => (report.share === null ? [] : [report.share]))
  // A joint task is as far as its slowest part
  const share = shares.length === voices.length && shares.length > 0 ? Math.min(...shares) : null
  if (task.droppedAt) return { state: 'cancelled', share: null, words, doneOn: null }
  if (task.doneAt) {
    const last = voices.map(reachedOfficeAt).sort((a, b) => b.getTime() - a.getTime())[0]
    return { state: 'done', share: 100, words, doneOn: dateInBeijing(last ?? task.doneAt) }
  }
  const again = reopened(reports)
  if (again && voices.every(isDone)) return { state: 'running', share: null, words: again, doneOn: null }
  if (voices.length === 0)
    return { state: words ? 'running' : 'not-reported', share: null, words, doneOn: null }
  const states = voices.map(report => report.state)
  const state = states.includes('cannot')
    ? 'cannot'
    : states.includes('partly')
      ? 'partly'
      : ('running' as const)
  return { state, share, words, doneOn: null }
}

/** What is told of a task that was taken up again until somebody reports anew. */
function reopened(reports: readonly Report[]): string | null {
  const last = acceptedOf(reports).findLast(report => report.overtaken)?.overtaken
  return last ? `${dateInBeijing(last.at)}起重新推进：${last.reason}` : null
}
