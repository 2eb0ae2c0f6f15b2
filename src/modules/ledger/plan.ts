import type { PlainDate } from '#lib/beijing-time'

/** A plan (工作要点, 任务分解表): the document whose tasks are kept as a ledger. */
export interface Plan {
  id: string
  publicId: string
  siteId: string
  /** Who keeps the ledger: checks, urges, closes. */
  organId: string
  /** Name of a ledger kind. */
  kind: string
  title: string
  issuer: string
  docNo: string | null
  signedOn: PlainDate | null
  year: number
  /** The normalised text of the document; offsets of its tasks point into it. */
  text: string
  file: KeptFile | null
  publicationId: string | null
  publishedAs: string | null
  previousId: string | null
  ownPlansDueOn: PlainDate | null
  reportDueOn: PlainDate | null
  revision: number
  createdBy: string
  createdAt: Date
  inForceAt: Date | null
  inForceBy: string | null
  closedAt: Date | null
  closedBy: string | null
  closedReason: string | null
  discardedAt: Date | null
  discardedReason: string | null
}

/** A document that was handed in; its bytes lie in the file storage under `key`. */
export interface KeptFile {
  name: string
  size: number
  sha256: string
  key: string
}

export const planStates = {
  review: '审核中',
  'in-force': '执行中',
  closed: '已结账',
  discarded: '已放弃',
} as const
export type PlanState = keyof typeof planStates

export type PlanFacts = Pick<Plan, 'inForceAt' | 'closedAt' | 'discardedAt'>

/** How a plan stands; derived, never stored. */
export function planState(plan: PlanFacts): PlanState {
  if (plan.discardedAt) return 'discarded'
  if (plan.closedAt) return 'closed'
  return plan.inForceAt ? 'in-force' : 'review'
}
