import { type Actor, actorId, holds } from '#platform/actor'
import { mayKeepLedger, mayWorkOnTasks } from '../policy.ts'

/** What a unit says of its task. */
export const reportedStates = {
  running: '推进中',
  partly: '部分完成',
  done: '已完成',
  cannot: '不能完成',
} as const
export type ReportedState = keyof typeof reportedStates

export const reportActNames = ['approve', 'send-back', 'withdraw', 'accept', 'return', 'ask'] as const
export type ReportActName = (typeof reportActNames)[number]

/** The word in the record for each act. */
export const recordedAs = {
  approve: 'approved',
  'send-back': 'sent-back',
  withdraw: 'withdrawn',
  accept: 'accepted',
  return: 'returned',
  ask: 'asked',
} as const
export type RecordedAct = (typeof recordedAs)[ReportActName]

export const reportStates = {
  'with-head': '待本单位负责人审核',
  waiting: '待政务公开办核定',
  'sent-back': '本单位负责人退改',
  withdrawn: '已撤回',
  accepted: '已核定',
  returned: '已退回',
  asked: '要求补充',
} as const
export type ReportState = keyof typeof reportStates

export interface Report {
  id: string
  taskId: string
  organId: string
  organName: string
  organKey: string
  period: string
  number: number
  state: ReportedState
  share: number | null
  stage: string
  words: string
  reason: string
  needsHead: boolean
  reportedBy: string
  reportedById: string | null
  reportedAt: Date
  acts: readonly { act: RecordedAct; words: string; actedBy: string; actedAt: Date }[]
  /** The task was taken up again for this organ after the report was accepted: it no longer says how the task stands. */
  overtaken: Overtaken | null
}

/** Since when, and why. */
export interface Overtaken {
  at: Date
  reason: string
}

/** How a report stands; derived from what happened to it, never stored. */
export function reportState(report: Pick<Report, 'needsHead' | 'acts'>): ReportState {
  const end = report.acts.find(one => one.act !== 'approved')
  if (end) return end.act as Exclude<RecordedAct, 'approved'>
  const approved = report.acts.some(one => one.act === 'approved')
  return report.needsHead && !approved ? 'with-head' : 'waiting'
}

/**
 * The moment that counts for being on time (R-ASM-08): when the report that was accepted reached the office. How long the office
 * takes to look at it is not the unit's lateness; a report that was given back does not count, the next one does.
 */
export function reachedOfficeAt(report: Pick<Report, 'needsHead' | 'reportedAt' | 'acts'>): Date {
  const approved = report.acts.find(one => one.act === 'approved')
  return report.needsHead && approved ? approved.actedAt : report.reportedAt
}

const reportParties = { unit: '报送单位', head: '报送单位负责人', keeper: '主管的政务公开办' } as const
type ReportParty = keyof typeof reportParties

const reportGuards = {
  'not-own': '不是自己报送的',
  'others-done': '牵头单位报已完成时，其他责任单位都已核定完成',
  'words-given': '写明意见',
} as const
type ReportGuard = keyof typeof reportGuards

/** Who may do what to a report, and when: party × state × act × guards. */
export const reportActs: Readonly<
  Record<
    ReportActName,
    { label: string; by: readonly ReportParty[]; in: readonly ReportState[]; guards: readonly ReportGuard[] }
  >
> = {
  approve: { label: '同意报出', by: ['head'], in: ['with-head'], guards: ['not-own'] },
  'send-back': { label: '退回修改', by: ['head'], in: ['with-head'], guards: ['not-own', 'words-given'] },
  withdraw: { label: '撤回', by: ['unit', 'head'], in: ['with-head', 'waiting'], guards: [] },
  accept: { label: '核定', by: ['keeper'], in: ['waiting'], guards: ['not-own', 'others-done'] },
  return: { label: '退回', by: ['keeper'], in: ['waiting'], guards: ['not-own', 'words-given'] },
  ask: { label: '要求补充', by: ['keeper'], in: ['waiting'], guards: ['not-own', 'words-given'] },
}

/** As what somebody may act on a report of an organ to the organ that keeps the plan. */
function reportPartiesOf(actor: Actor, where: { organId: string; keeperId: string }): ReportParty[] {
  const found: ReportParty[] = []
  if (mayWorkOnTasks(actor, where.organId)) found.push('unit')
  if (holds(actor, 'department-head', where.organId)) found.push('head')
  if (mayKeepLedger(actor, where.keeperId)) found.push('keeper')
  return found
}

/** What they may do with it now, as far as party, state and authorship say; the acts ask their other guards themselves. */
export function openReportActs(
  actor: Actor,
  report: Pick<Report, 'organId' | 'needsHead' | 'acts' | 'reportedById'>,
  keeperId: string,
): ReportActName[] {
  const parties = reportPartiesOf(actor, { organId: report.organId, keeperId })
  const state = reportState(report)
  const own = actor.kind === 'staff' && report.reportedById === actorId(actor)
  return reportActNames.filter(name => {
    const rule = reportActs[name]
    return (
      rule.in.includes(state) &&
      rule.by.some(party => parties.includes(party)) &&
      !(own && rule.guards.includes('not-own'))
    )
  })
}
