/** Where a publication stands; derived from its rows whenever it is asked. */
export const states = {
  draft: '起草中',
  'in-review': '待审查',
  scheduled: '定时发布',
  public: '已公开',
  withdrawn: '已撤下',
  redirected: '已转移',
  gone: '已删除',
  superseded: '已被取代',
  expired: '到期下线',
} as const
export type State = keyof typeof states

export interface StateFacts {
  leftHow: string | null
  /** The open draft edition, if there is one. */
  draftSubmittedAt: Date | null
  hasDraft: boolean
  /** The sealed edition that counts: its interval. */
  publicFrom: Date | null
  publicUntil: Date | null
}

export function stateOf(facts: StateFacts, now: Date): State {
  if (facts.leftHow) return facts.leftHow as State
  if (facts.publicUntil && facts.publicUntil <= now) return 'expired'
  if (facts.publicFrom && facts.publicFrom <= now) return 'public'
  if (facts.publicFrom) return 'scheduled'
  return facts.draftSubmittedAt ? 'in-review' : 'draft'
}
