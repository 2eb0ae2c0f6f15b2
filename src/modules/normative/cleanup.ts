import type { PlainDate } from '#lib/beijing-time'

/** 清理: what the making organ decides about each document in force (R-NOR-13). */
export const cleanupDecisions = {
  keep: '继续有效',
  amend: '修改',
  repeal: '废止',
  lapse: '宣布失效',
} as const
export type CleanupDecision = keyof typeof cleanupDecisions
export const decisionNames = Object.keys(cleanupDecisions) as CleanupDecision[]

export interface CleanupScope {
  organIds: string[]
  signedFrom: PlainDate | null
  signedTo: PlainDate | null
}

export const cleanupStates = {
  open: '清理中',
  'in-review': '结果待审查',
  published: '已公布',
  cancelled: '已取消',
} as const
export type CleanupState = keyof typeof cleanupStates

export interface Cleanup {
  id: string
  siteId: string
  organId: string
  name: string
  basis: string
  scope: CleanupScope
  startedOn: PlainDate
  dueOn: PlainDate
  effectiveOn: PlainDate | null
  publicationId: string | null
  closedAt: Date | null
  cancelledReason: string | null
  createdBy: string
  createdAt: Date
}

export const cleanupState = (
  round: Pick<Cleanup, 'publicationId' | 'closedAt' | 'cancelledReason'>,
): CleanupState =>
  round.cancelledReason !== null
    ? 'cancelled'
    : round.closedAt
      ? 'published'
      : round.publicationId
        ? 'in-review'
        : 'open'

export interface CleanupItem {
  publicationId: string
  position: number
  organId: string
  organName: string
  title: string
  docNo: string | null
  signedOn: PlainDate | null
  validUntil: PlainDate | null
  decision: CleanupDecision | null
  reason: string
  decidedBy: string | null
  decidedAt: Date | null
  confirmedBy: string | null
  confirmedAt: Date | null
}

export interface Progress {
  total: number
  decided: number
  confirmed: number
  byDecision: Record<CleanupDecision, number>
}
