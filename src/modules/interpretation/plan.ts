import type { PublicationState } from '#modules/publications'

/** Where an interpretation goes out (R-INT-02: on the site and in media). */
export const channels = {
  site: '政府网站',
  press: '报刊',
  broadcast: '广播电视',
  wechat: '政务微信、微博',
  hall: '办事大厅、村（社区）公开栏',
  conference: '新闻发布会',
  meeting: '宣讲会、入户宣讲',
} as const
export type Channel = keyof typeof channels

export const planStates = {
  exempt: '不作解读',
  none: '还没有方案',
  planned: '有方案',
  ready: '材料已备好',
  public: '已公开',
} as const
export type PlanState = keyof typeof planStates

/** What is planned for one policy. */
export interface Plan {
  id: string
  publicationId: string
  siteId: string
  organId: string
  draftedBy: string
  interpreters: string[]
  leaderSpeaks: boolean
  forms: string[]
  channels: string[]
  publicOn: string | null
  note: string
  approvedBy: string | null
  approvedAt: Date | null
  revision: number
  changedBy: string
  changedById: string | null
  changedAt: Date
}

/** How far the interpretation of a policy has come; derived, never stored (R-INT-01, R-INT-07). */
export function planStateOf(facts: {
  exempt: string | null
  hasPlan: boolean
  materials: readonly { state: PublicationState }[]
}): PlanState {
  const some = (...states: PublicationState[]) => facts.materials.some(one => states.includes(one.state))
  if (some('public')) return 'public'
  if (facts.exempt) return 'exempt'
  if (some('in-review', 'scheduled')) return 'ready'
  return facts.hasPlan ? 'planned' : 'none'
}

/** Why a document is said to need no interpretation (R-INT-07); null when it is to have one. */
export function exemptionOf(fields: Record<string, unknown>): string | null {
  const { interpretationExempt: reason, interpretationExemptNote: note } = fields
  if (typeof reason !== 'string' || reason === '') return null
  return typeof note === 'string' && note !== '' ? `${reason}：${note}` : reason
}
